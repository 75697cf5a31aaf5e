public import JSON
public import Moments

/// A comment on an issue.
public struct JiraComment: Hashable, Sendable {
    public let id: String
    /// The account that wrote it.
    public let author: String?
    public let text: String
    public let created: Moment?
    /// Whether customers of a service desk do not see it.
    public let isInternal: Bool
    /// Whether only a role or a group of theirs may read it.
    public let isRestricted: Bool
    /// The message of ours that it holds; nil where it holds none, or the system keeps that to itself.
    public let message: String?

    /// The property under which a comment of ours keeps the identity of its message.
    public static let property = "meridian"
    /// The property by which the platform's interface knows what customers do not see.
    public static let publicity = "sd.public.comment"

    /// - Returns: nil for what is no comment.
    public init?(reading json: JSON) {
        guard let id = json["id"]?.string else { return nil }
        let properties = json["properties"]?.array ?? []
        func value(_ key: String) -> JSON? { properties.first { $0["key"]?.string == key }?["value"] }
        self.id = id
        author = Self.account(json["author"])
        text = JiraText.text(of: json["body"])
        created = json["created"]?.string.flatMap(Moment.init(jira:))
        isInternal = json["jsdPublic"] == false || value(Self.publicity)?["internal"] == true
        isRestricted = json["visibility"]?.object != nil
        message = value(Self.property)?["message"]?.string
    }

    /// By what an account is known: the editions have different names for it.
    public static func account(_ user: JSON?) -> String? {
        ["accountId", "key", "name"].lazy.compactMap { user?[$0]?.string }.first
    }
}
