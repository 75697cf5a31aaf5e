public import Desk
public import Foundation

extension SupplierNews {
    /// What can be learned of an issue, the comments first, each in the order in which it was written.
    ///
    /// - Parameter account: ours: what it wrote is no news.
    public static func all(
        of issue: JiraIssue, _ comments: [JiraComment], in exchange: UUID, except account: String?,
        under terms: Supplier.Jira
    ) -> [SupplierNews] {
        let notes = comments.filter { isHeard($0, except: account, under: terms) }.map { comment in
            SupplierNews(
                "jira:\(issue.id):comment:\(comment.id)",
                SupplierStatement(.id(exchange), .noted(String(comment.text.prefix(20_000))), item: comment.id))
        }
        guard let status = issue.status else { return notes }
        var stated = SupplierStatement(.id(exchange), .stated(String(status.prefix(100)), text: nil))
        stated.broader = issue.broader
        stated.priority = issue.priority
        // A status that an issue leaves and comes back to is news, and one that it stays in is none, whatever else
        // changes meanwhile.
        return notes + [SupplierNews("jira:\(issue.id):status:\(issue.statusChange ?? "first"):\(status)", stated)]
    }

    /// What is theirs alone stays theirs: internal comments are for us only where ours are internal as well.
    private static func isHeard(
        _ comment: JiraComment, except account: String?, under terms: Supplier.Jira
    ) -> Bool {
        guard comment.message == nil, comment.author == nil || comment.author != account else { return false }
        guard !comment.text.isEmpty, !comment.isRestricted else { return false }
        return terms.comments == .internal || !comment.isInternal
    }
}
