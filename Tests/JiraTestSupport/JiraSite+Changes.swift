import HTTP
import JSON
import Moments
import Runtime
import Synchronization

/// What requests change.
extension JiraSite {
    func create(_ body: JSON) -> Response {
        guard let fields = body["fields"], fields["project"]?["key"]?.string == traits.project else {
            return refusal(400, "valid project is required", field: "project")
        }
        guard fields["issuetype"]?["name"]?.string != nil else {
            return refusal(400, "Specify an issue type", field: "issuetype")
        }
        if let refusal = refusal(of: fields["description"], as: "description") { return refusal }
        let issue = open(fields["summary"], fields["description"]) { issue in
            issue.labels = fields["labels"]?.array?.compactMap(\.string) ?? []
            issue.priority = fields["priority"]?["name"]?.string
        }
        guard let issue else { return refusal(400, "You must specify a summary of the issue.", field: "summary") }
        return Response(.created, json: JSON.object(["id": issue.id.json, "key": issue.key.json]).bytes())
    }

    /// What a customer asks for by the service desk: plain text, and nothing of what is for agents.
    func take(_ body: JSON) -> Response {
        guard body["serviceDeskId"]?.string != nil, body["requestTypeId"]?.string != nil else {
            return refusal(400, "The service desk or the request type is missing.")
        }
        let values = body["requestFieldValues"] ?? .null
        let description = values["description"]?.string.map { traits.isCloud ? Self.document($0) : $0.json }
        guard let issue = open(values["summary"], description) else { return refusal(400, "summary is required") }
        return Response(.created, json: JSON.object(["issueId": issue.id.json, "issueKey": issue.key.json]).bytes())
    }

    private func open(_ summary: JSON?, _ description: JSON?, _ body: (inout Issue) -> Void = { _ in }) -> Issue? {
        guard let summary = summary?.string, !summary.isEmpty, summary.count < 256, !summary.contains("\n") else {
            return nil
        }
        let now = clock.now
        return content.withLock { content in
            let id = content.next()
            var issue = Issue(
                id: id, key: "\(traits.project)-\(content.issues.count + 1)", summary: summary,
                description: description ?? .null, created: now, updated: now)
            body(&issue)
            content.issues.append(issue)
            return issue
        }
    }

    func edit(_ issue: Issue, _ body: JSON) -> Response {
        let added = body["update"]?["labels"]?.array?.compactMap { $0["add"]?.string } ?? []
        change(issue.id) { issue in
            issue.labels += added.filter { !issue.labels.contains($0) }
            issue.priority = body["fields"]?["priority"]?["name"]?.string ?? issue.priority
        }
        return Response(.noContent)
    }

    func comment(on issue: Issue, _ body: JSON) -> Response {
        if let refusal = refusal(of: body["body"], as: "comment") { return refusal }
        let comment = add(body["body"] ?? .null, by: Self.account, body["properties"]?.array ?? [], to: issue.id)
        return Response(.created, json: json(comment, withProperties: false).bytes())
    }

    func add(_ body: JSON, by author: String, _ properties: [JSON], to id: String) -> Comment {
        let comment = Comment(
            id: content.withLock { $0.next() }, author: author, body: body, properties: properties, created: clock.now)
        change(id) { $0.comments.append(comment) }
        return comment
    }

    func delete(_ comment: String, of issue: Issue) -> Response {
        change(issue.id) { $0.comments.removeAll { $0.id == comment } }
        return Response(.noContent)
    }

    /// One of each `globalId` is kept.
    func link(_ issue: Issue, _ body: JSON) -> Response {
        guard let name = body["globalId"]?.string, name.count < 256, body["object"]?["url"]?.string != nil else {
            return refusal(400, "The link is not complete.", field: "globalId")
        }
        change(issue.id) { $0.links[name] = body }
        return Response(issue.links[name] == nil ? .created : .ok, json: JSON.object(["id": "1"]).bytes())
    }

    func go(_ issue: Issue, _ body: JSON) -> Response {
        guard let way = transitions(of: issue).first(where: { $0.id == body["transition"]?["id"]?.string }) else {
            return refusal(400, "It is not on the appropriate screen, or unknown.", field: "transition")
        }
        let resolution = body["fields"]?["resolution"]?["name"]?.string
        if way.to.category == "done", !traits.resolutions.isEmpty, !traits.resolutions.contains(resolution ?? "") {
            return refusal(400, "Resolution is required.", field: "resolution")
        }
        put(issue.id, into: way.to, resolution)
        return Response(.noContent)
    }

    func put(_ id: String, into status: Status, _ resolution: String?) {
        let change = content.withLock { $0.next() }
        self.change(id) { issue in
            issue.history.append(
                .object([
                    "id": change.json,
                    "items": JSON.array([JSON.object(["field": "status", "toString": status.name.json])]),
                ]))
            issue.status = status
            issue.resolution = status.category == "done" ? resolution ?? "Done" : nil
        }
    }

    func change(_ id: String, _ body: (inout Issue) -> Void) {
        let now = clock.now
        content.withLock { content in
            guard let place = content.issues.firstIndex(where: { $0.id == id }) else { return }
            body(&content.issues[place])
            content.issues[place].updated = now
        }
    }

    /// The cloud takes documents, in which no text is empty; others take plain texts.
    private func refusal(of text: JSON?, as field: String) -> Response? {
        guard let text, traits.isCloud else {
            return text?.string == nil ? refusal(400, "Operation value must be a string", field: field) : nil
        }
        let isDocument = text["type"] == "doc" && text["version"] == 1 && text["content"]?.array != nil
        return isDocument && !Self.hasEmptyText(text) ? nil : refusal(400, "INVALID_INPUT", field: field)
    }

    private static func hasEmptyText(_ node: JSON) -> Bool {
        if node["type"] == "text", node["text"]?.string?.isEmpty ?? true { return true }
        return node["content"]?.array?.contains(where: hasEmptyText) ?? false
    }

    static func document(_ text: String) -> JSON {
        let paragraphs = text.split(separator: "\n").map { line in
            JSON.object(["type": "paragraph", "content": [JSON.object(["type": "text", "text": String(line).json])]])
        }
        return .object(["type": "doc", "version": 1, "content": JSON.array(paragraphs)])
    }
}
