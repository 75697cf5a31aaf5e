public import JSON
import Moments
public import SupplierTestSupport

extension JiraSite {
    /// An issue as the site keeps it.
    public struct Issue: Sendable {
        public let id: String
        public var key: String
        public var summary: String
        public var description: JSON
        public var status = Status.open
        public var resolution: String?
        public var priority: String?
        public var labels: [String] = []
        public var comments: [Comment] = []
        public var files: [(id: String, author: String, content: PlayedFile)] = []
        /// By the `globalId` of each.
        public var links: [String: JSON] = [:]
        var history: [JSON] = []
        let created: Moment
        var updated: Moment
    }

    public struct Comment: Sendable {
        public let id: String
        public let author: String
        public let body: JSON
        public let properties: [JSON]
        let created: Moment

        /// Whether customers of the service desk see it.
        public var isPublic: Bool {
            !properties.contains { $0["key"] == "sd.public.comment" && $0["value"]?["internal"] == true }
        }
    }

    static let account = "account-of-the-desk"

    func json(_ issue: Issue, fields: Set<String>?, withHistory: Bool = false) -> JSON {
        var members = JSONObject([("id", issue.id.json), ("key", issue.key.json)])
        var all = JSONObject([
            ("summary", issue.summary.json), ("description", issue.description), ("status", json(issue.status)),
            ("labels", issue.labels.json), ("created", Self.text(issue.created)), ("updated", Self.text(issue.updated)),
            ("resolution", issue.resolution.map { JSON.object(["name": $0.json]) } ?? .null),
        ])
        all["attachment"] = .array(issue.files.map(json))
        all["priority"] = issue.priority.map { JSON.object(["name": $0.json]) }
        if let fields { all = JSONObject(all.members.filter { fields.contains($0.name) }.map { ($0.name, $0.value) }) }
        if !all.isEmpty { members["fields"] = .object(all) }
        if withHistory { members["changelog"] = .object(["histories": JSON.array(issue.history.reversed())]) }
        return .object(members)
    }

    func json(_ status: Status) -> JSON {
        .object(["name": status.name.json, "statusCategory": JSON.object(["key": status.category.json])])
    }

    func json(_ comment: Comment, withProperties: Bool) -> JSON {
        var members = JSONObject([
            ("id", comment.id.json), ("author", .object([authorName: comment.author.json])), ("body", comment.body),
            ("created", Self.text(comment.created)),
        ])
        if traits.hasServiceDesk { members["jsdPublic"] = comment.isPublic.json }
        if withProperties, traits.tellsProperties { members["properties"] = .array(comment.properties) }
        return .object(members)
    }

    /// The ways from a status, each under an id that no other issue has for it.
    func transitions(of issue: Issue) -> [(id: String, to: Status)] {
        (traits.workflow[issue.status] ?? []).enumerated().map { ("\(issue.id)\($0 + 1)", $1) }
    }

    var authorName: String { traits.isCloud ? "accountId" : "name" }

    /// As Jira writes times: the offset has no colon.
    static func text(_ moment: Moment) -> JSON {
        moment.rfc3339(fractionDigits: 3).replacing("Z", with: "+0000").json
    }
}
