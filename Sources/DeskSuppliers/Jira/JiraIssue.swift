public import Desk
public import Foundation
public import JSON
public import Moments

/// An issue of Jira, as far as it concerns an exchange.
public struct JiraIssue: Hashable, Sendable {
    /// What it is known by as long as it lives; its key changes when it moves to another project.
    public let id: String
    public let key: String
    public let status: String?
    /// `new`, `indeterminate` or `done`; another word where nobody has sorted the status.
    public let category: String?
    /// What came of it, in their word.
    public let resolution: String?
    public let priority: String?
    public let labels: [String]
    public let description: String
    /// What is attached to it, the oldest first; empty where that was not asked.
    public let files: [File]
    public let updated: Moment?
    /// Which of its changes put it into its status; nil where that was not asked, or it has never had another.
    public let statusChange: String?

    /// What is asked of each issue of a list.
    public static let fields = ["status", "resolution", "priority", "labels", "updated"]

    /// - Returns: nil for what is no issue.
    public init?(reading json: JSON) {
        guard let id = json["id"]?.string else { return nil }
        let fields = json["fields"] ?? .null
        self.id = id
        key = json["key"]?.string ?? id
        status = fields["status"]?["name"]?.string
        category = fields["status"]?["statusCategory"]?["key"]?.string
        resolution = fields["resolution"]?["name"]?.string
        priority = fields["priority"]?["name"]?.string
        labels = fields["labels"]?.array?.compactMap(\.string) ?? []
        description = JiraText.text(of: fields["description"])
        files = (fields["attachment"]?.array ?? []).compactMap { File(reading: $0) }.sorted(by: File.isOlder)
        updated = fields["updated"]?.string.flatMap(Moment.init(jira:))
        // The cloud puts the newest first, the others the oldest.
        statusChange = json["changelog"]?["histories"]?.array?
            .filter { $0["items"]?.array?.contains { $0["field"] == "status" } == true }
            .compactMap { $0["id"]?.string }.max { ($0.count, $0) < ($1.count, $1) }
    }
}

extension JiraIssue {
    /// Whether it was opened before another one: ids are numbers that grow.
    public static func isOlder(_ one: JiraIssue, _ other: JiraIssue) -> Bool {
        (one.id.count, one.id) < (other.id.count, other.id)
    }

    /// Under which words its state is looked up where its status is not mapped. A resolution says more than a category.
    public var broader: [String] { [resolution, category.map(Supplier.Jira.category)].compactMap(\.self) }

    /// How far it is; nil where nobody has mapped any of its words.
    public func state(in mapping: Supplier.Mapping) -> SupplierState? {
        ([status].compactMap(\.self) + broader).lazy.compactMap(mapping.state).first
    }

    /// Whether nothing can be asked of it any more but to open it again.
    public func isOver(in mapping: Supplier.Mapping) -> Bool {
        if category == "done" { return true }
        return [.resolved, .rejected, .withdrawn].contains(state(in: mapping))
    }

    /// The exchange that its labels name.
    ///
    /// - Parameter label: the one that all issues of ours have.
    public func exchange(under label: String) -> UUID? {
        labels.lazy.filter { $0.hasPrefix(label + "-") }
            .compactMap { UUID(uuidString: String($0.dropFirst(label.count + 1))) }.first
    }
}

extension Moment {
    /// Reads a time as Jira writes it: the offset has no colon.
    init?(jira text: String) {
        let digits = text.suffix(4)
        guard text.dropLast(4).last.map({ "+-".contains($0) }) ?? false, digits.allSatisfy(\.isNumber) else {
            self.init(rfc3339: text)
            return
        }
        self.init(rfc3339: "\(text.dropLast(2)):\(digits.suffix(2))")
    }
}
