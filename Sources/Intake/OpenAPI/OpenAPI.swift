import Desk
import DeskStore
import HTTP
import JSON

/// The document that tells programs what they can ask (OpenAPI 3.1). It is made from the forms that read bodies, and
/// held against the endpoints and their answers by tests.
struct OpenAPI {
    static var operations: [Operation] {
        Operation.tickets + Operation.work + Operation.ties + Operation.announcements + Operation.articles
            + Operation.people + Operation.figures + Operation.mail
            + [
                Operation(
                    .get, path, "readDocument",
                    "This document; with a token it names the codes of the organisation.", nil,
                    Operation.Answer(status: .ok, schema: .members(.anything)))
            ]
    }

    static let path = "/api/openapi.json"

    private let directory: Directory
    /// The words of the organisation, where they are not to be told.
    private let hidden: [[String]]

    /// - Parameter isTold: whether the reader may know the codes of sites, teams and the like.
    init(_ directory: Directory, tellingCodes isTold: Bool) {
        self.directory = directory
        let organisation = directory.organisation
        let (teams, suppliers) = (organisation.teams.map(\.code), organisation.suppliers.map(\.code))
        hidden =
            isTold
            ? [[]]
            : [
                organisation.sites.map(\.code), teams, suppliers, teams + suppliers, organisation.positions.map(\.code),
                organisation.categories.map(\.code), organisation.automation.macros.map(\.code), [],
            ]
    }

    var json: JSON {
        var paths = JSONObject()
        for operation in Self.operations {
            var item = paths[operation.template]?.object ?? JSONObject()
            item[operation.method.rawValue.lowercased()] = json(of: operation)
            paths[operation.template] = .object(item)
        }
        return .object([
            "openapi": "3.1.0",
            "info": JSON.object([
                "title": "Meridian", "version": "1",
                "description": "The desk for programs. Times are RFC 3339 in UTC, members in snake_case.",
            ]),
            "servers": [["url": "/"]] as JSON, "security": [["token": []]] as JSON, "paths": JSON.object(paths),
            "components": JSON.object([
                "securitySchemes": JSON.object(["token": ["type": "http", "scheme": "bearer"] as JSON]),
                "schemas": JSON.object(
                    JSONObject((Self.ticketShapes + Self.peopleShapes + Self.mailShapes).map { ($0.0, $0.1.json) })),
                "responses": JSON.object(JSONObject(Self.refusals.map { ("\($0.status.code)", $0.json) })),
                "headers": Self.headers,
            ]),
        ])
    }

    private func json(of operation: Operation) -> JSON {
        var object = JSONObject([
            ("operationId", .string(operation.name)), ("summary", .string(operation.summary)),
            ("parameters", .array(parameters(of: operation))),
        ])
        if let scope = operation.scope {
            object["description"] = .string("The token must allow \(scope.rawValue).")
        } else {
            object["security"] = [JSON.object(JSONObject()), ["token": []]]
        }
        if let body = operation.body { object["requestBody"] = json(of: body) }
        object["responses"] = responses(of: operation)
        return .object(object)
    }

    private func parameters(of operation: Operation) -> [JSON] {
        var all = operation.pathNames.map { Parameter($0, Self.pathDetails[$0] ?? $0, isRequired: true) }
            .map { $0.json(in: "path", directory, hiding: hidden) }
        all += operation.query.map { $0.json(in: "query", directory, hiding: hidden) }
        if operation.method == .post {
            let key = Parameter("Idempotency-Key", "the same key again gives the same answer and does nothing twice")
            all.append(key.json(in: "header", directory, hiding: hidden))
        }
        if operation.answer.isRanged {
            let range = Parameter("Range", "the bytes to be sent, such as bytes=0-99; see RFC 9110 section 14")
            all.append(range.json(in: "header", directory, hiding: hidden))
        }
        if operation.answer.isFollowed {
            let place = Parameter("Last-Event-ID", "the id of the last event of a stream, by whoever comes again")
            all.append(place.json(in: "header", directory, hiding: hidden))
        }
        if operation.needsVersion {
            let tag = Parameter("If-Match", "the ETag of what is changed as it was read; without it the answer is 428")
            all.append(tag.json(in: "header", directory, hiding: hidden))
        }
        return all
    }

    private static let pathDetails = [
        "ticket": "the number of a ticket, such as OSL-17", "other": "the number of the other ticket",
        "kind": "the kind of the link", "file": "the id of a file", "question": "the id of a question",
        "announcement": "the id of an announcement", "article": "the id of an article", "person": "the id of a person",
        "address": "an address of the person",
        "absence": "the id of an absence", "position": "the code of a position", "entry": "the id of an entry",
        "mail": "the id of a message that came in",
    ]

    private func json(of body: Operation.Body) -> JSON {
        func content(_ types: [String], _ schema: JSONSchema) -> JSON {
            let media = JSON.object(["schema": schema.hiding(hidden).json])
            return .object(["required": true, "content": JSON.object(JSONObject(types.map { ($0, media) }))])
        }
        switch body {
        case .json(let schema): return content(["application/json"], schema(directory))
        case .patch(let schema):
            return content(["application/merge-patch+json", "application/json"], schema(directory))
        case .file:
            return [
                "required": true,
                "content": [
                    "application/octet-stream": [:],
                    "multipart/form-data": [
                        "schema": ["type": "object", "properties": ["file": ["type": "string"]], "required": ["file"]]
                    ],
                ],
            ]
        }
    }

    private func responses(of operation: Operation) -> JSON {
        let answer = operation.answer
        var success = JSONObject([("description", .string(answer.status.phrase))])
        if answer.schema != nil || answer.type != "application/json" {
            let media = answer.schema.map { JSON.object(["schema": $0.json]) } ?? .object(JSONObject())
            var contents = JSONObject([(answer.type, media)])
            if answer.isFollowed { contents[TicketEventStream.type] = ["schema": ["type": "string"]] }
            success["content"] = .object(contents)
        }
        let fields = answer.fields + (operation.scope == nil ? [] : Self.quotaFields)
        if !fields.isEmpty { success["headers"] = Self.headers(fields) }
        let links = links(from: operation)
        if !links.isEmpty { success["links"] = .object(links) }
        var all = JSONObject([("\(answer.status.code)", .object(success))])
        if operation.isConditional { all["304"] = ["description": "It is as the client has it (If-None-Match)."] }
        if answer.isRanged {
            success["description"] = "The bytes asked for, with their place in Content-Range."
            all["206"] = .object(success)
        }
        for refusal in Self.refusals where refusal.isPossible(operation) {
            all["\(refusal.status.code)"] = ["$ref": .string("#/components/responses/\(refusal.status.code)")]
        }
        return .object(all)
    }

    /// Where one can go with what an operation has made: to all that name it in their paths.
    private func links(from operation: Operation) -> JSONObject {
        guard let made = operation.makes else { return JSONObject() }
        var links = JSONObject()
        for next in Self.operations {
            let others = next.pathNames.filter { $0 != made.name }
            guard next.pathNames.contains(made.name), Set(others).isSubset(of: operation.pathNames) else { continue }
            var values = JSONObject(others.map { ($0, .string("$request.path.\($0)")) })
            values[made.name] = .string("$response.body#\(made.pointer)")
            if next.needsVersion, operation.answer.fields.contains("ETag") {
                values["header.If-Match"] = "$response.header.ETag"
            }
            links[next.name] = .object(
                JSONObject([("operationId", .string(next.name)), ("parameters", .object(values))]))
        }
        return links
    }

    /// What every answer to a token tells of its quota.
    static let quotaFields = ["RateLimit-Policy", "RateLimit"]

    /// Header fields that come with an answer, by their names.
    static func headers(_ names: [String]) -> JSON {
        .object(JSONObject(names.map { ($0, ["$ref": .string("#/components/headers/\($0)")]) }))
    }

    private static var headers: JSON {
        func header(_ detail: String) -> JSON {
            ["description": detail.json, "schema": ["type": "string"]]
        }
        return [
            "ETag": header("the version of what was read, for If-Match and the like"),
            "Accept-Ranges": header("that parts may be asked for, in bytes"),
            "Location": header("where what was made can be read"),
            "RateLimit-Policy": header("how many requests the token allows (q) in how many seconds (w)"),
            "RateLimit": header(
                "how many of them are left (r), and after how many seconds there are more, or all of them again (t)"),
            "Retry-After": header("after how many seconds to come again"),
            "Link": header("the page behind this one, as rel=\"next\", where there is one"),
        ]
    }
}
