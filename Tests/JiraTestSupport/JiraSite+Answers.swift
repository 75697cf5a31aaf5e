public import HTTP
public import JSON
import Runtime
import Secrets
import Synchronization

/// How the site answers.
extension JiraSite {
    private var authorization: String {
        traits.isCloud
            ? "Basic \(Base64.encode(Array("\(traits.email):\(traits.token)".utf8)))" : "Bearer \(traits.token)"
    }

    public func work(_ request: Request, _ body: JSON) -> Response {
        guard request.fields[.authorization] == authorization else {
            return refusal(401, "Client must be authenticated to access this resource.")
        }
        let path = request.path.split(separator: "/").map(String.init)
        if path.starts(with: ["rest", "servicedeskapi"]) {
            guard traits.hasServiceDesk, request.method == .post, path.last == "request" else { return refusal(404) }
            return take(body)
        }
        if !traits.isCloud, path.count == 4, path.starts(with: ["secure", "attachment"]) {
            return file(request, path[2])
        }
        guard path.starts(with: ["rest", "api", traits.isCloud ? "3" : "2"]) else { return refusal(404) }
        let rest = Array(path.dropFirst(3))
        switch (request.method, rest.first, rest.count) {
        case (.get, "myself", 1): return Response(.ok, json: JSON.object([authorName: Self.account.json]).bytes())
        case (.post, "search", _): return search(body, isEnhanced: rest.last == "jql")
        case (.post, "issue", 1): return create(body)
        case (_, "issue", 2...): return issue(request, rest, body)
        case (.get, "attachment", 3) where traits.isCloud && rest[1] == "content": return file(request, rest[2])
        default: return refusal(404)
        }
    }

    private func issue(_ request: Request, _ rest: [String], _ body: JSON) -> Response {
        guard let issue = issues.first(where: { $0.id == rest[1] || $0.key == rest[1] }) else {
            return refusal(404, "Issue does not exist or you do not have permission to see it.")
        }
        switch (request.method, rest.dropFirst(2).first, rest.count) {
        case (.get, nil, _):
            let fields = request.query["fields"].map { Set($0.split(separator: ",").map(String.init)) }
            let json = self.json(issue, fields: fields, withHistory: request.query["expand"] == "changelog")
            return Response(.ok, json: json.bytes())
        case (.put, nil, _): return edit(issue, body)
        case (.get, "comment", 3): return comments(of: issue, request.query)
        case (.post, "comment", 3): return comment(on: issue, body)
        case (.delete, "comment", 4): return delete(rest[3], of: issue)
        case (.post, "attachments", 3): return attach(request, to: issue)
        case (.post, "remotelink", 3): return link(issue, body)
        case (.get, "transitions", 3): return Response(.ok, json: ways(from: issue).bytes())
        case (.post, "transitions", 3):
            let meanwhile = content.withLock { content in
                defer { content.move = nil }
                return content.move
            }
            if let meanwhile { move(issue.key, to: meanwhile) }
            return go(issues.first { $0.id == issue.id } ?? issue, body)
        default: return refusal(405)
        }
    }

    private func comments(of issue: Issue, _ query: Query) -> Response {
        let isNewestFirst = query["orderBy"] == "-created"
        let ordered = isNewestFirst ? issue.comments.reversed() : issue.comments
        let start = query["startAt"].flatMap { Int($0) } ?? 0
        let page = ordered.dropFirst(start).prefix(query["maxResults"].flatMap { Int($0) } ?? 50)
        let list = page.map { self.json($0, withProperties: query["expand"] == "properties") }
        let json: JSON = ["comments": JSON.array(list), "startAt": start.json, "total": issue.comments.count.json]
        return Response(.ok, json: json.bytes())
    }

    private func ways(from issue: Issue) -> JSON {
        let list = transitions(of: issue).map { way -> JSON in
            var members = JSONObject([
                ("id", way.id.json), ("name", "Go to \(way.to.name)".json), ("to", json(way.to)), ("isAvailable", true),
            ])
            if way.to.category == "done", !traits.resolutions.isEmpty {
                let allowed = traits.resolutions.map { JSON.object(["name": $0.json]) }
                members["fields"] = .object([
                    "resolution": JSON.object(["required": true, "allowedValues": JSON.array(allowed)])
                ])
            }
            return .object(members)
        }
        return .object(["transitions": JSON.array(list)])
    }

    public func refusal(_ code: Int) -> Response { refusal(code, code == 404 ? "Not found." : "Not now.") }

    func refusal(_ code: Int, _ message: String, field: String? = nil) -> Response {
        let json: JSON =
            field.map { JSON.object(["errorMessages": JSON.array([]), "errors": JSON.object([$0: message.json])]) }
            ?? JSON.object(["errorMessages": JSON.array([message.json]), "errors": JSON.object(JSONObject())])
        return Response(HTTP.Status(code), json: json.bytes())
    }
}
