public import Foundation
public import JSON

extension JiraIssue {
    /// A file at an issue.
    public struct File: Hashable, Sendable {
        public let id: String
        public let name: String
        public let type: String?
        /// In bytes.
        public let size: Int?
        /// The account that attached it.
        public let author: String?

        /// - Returns: nil for what is no attachment.
        public init?(reading json: JSON) {
            guard let id = json["id"]?.string, let name = json["filename"]?.string else { return nil }
            (self.id, self.name, type) = (id, name, json["mimeType"]?.string)
            (size, author) = (json["size"]?.integer.map(Int.init), JiraComment.account(json["author"]))
        }

        /// Whether it was attached before another one: identities are numbers that grow.
        public static func isOlder(_ one: File, _ other: File) -> Bool {
            (one.id.count, one.id) < (other.id.count, other.id)
        }
    }
}

extension AttachedFile {
    /// What their people have attached to an issue, the oldest first.
    ///
    /// - Parameter account: ours: what it attached is no news.
    public static func all(of issue: JiraIssue, in exchange: UUID, except account: String?) -> [AttachedFile] {
        issue.files.filter { $0.author == nil || $0.author != account }.map { file in
            AttachedFile(
                file.id, at: issue.id, in: "jira", .id(exchange), name: file.name, type: file.type, size: file.size)
        }
    }
}
