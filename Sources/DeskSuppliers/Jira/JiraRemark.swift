public import Desk
public import JSON
public import Moments

/// Words that the desk writes on a supplier's issue, under an identity by which they are known again.
public struct JiraRemark: Sendable {
    public let text: String
    public let identity: String
    /// When they were said; nil where that is not known.
    public let said: Moment?
    public let terms: Supplier.Jira

    public init(_ text: String, as identity: String, said: Moment?, to terms: Supplier.Jira) {
        (self.text, self.identity, self.said, self.terms) = (text, identity, said, terms)
    }

    /// How far their clock may be behind ours.
    private static let slack = Duration.seconds(300)

    /// Before when, by their clock, they cannot have been written; nil where that is not known.
    public var earliest: Moment? { said.map { $0 - Self.slack } }

    /// The comment that is asked for.
    public var json: JSON {
        var properties: [JSON] = [
            .object(["key": JiraComment.property.json, "value": JSON.object(["message": identity.json])])
        ]
        if terms.comments == .internal {
            properties.append(.object(["key": JiraComment.publicity.json, "value": JSON.object(["internal": true])]))
        }
        return .object(["body": JiraText.json(of: text, for: terms.edition), "properties": JSON.array(properties)])
    }

    /// Whether a comment of theirs is this one. A system that keeps properties to itself shows its words, and when they
    /// were written.
    public func isSaid(by comment: JiraComment) -> Bool {
        if let message = comment.message { return message == identity }
        guard comment.text.letters == text.letters else { return false }
        guard let written = comment.created, let earliest else { return true }
        return written >= earliest
    }

    /// Whether the words stand in an issue's description: then it was opened with them.
    public func isSaid(in issue: JiraIssue) -> Bool { issue.description.letters.contains(text.letters) }
}

extension String {
    /// By what texts are compared that went through another system's form of them.
    fileprivate var letters: String { filter { !$0.isWhitespace } }
}
