public import Desk
public import Foundation
public import Postgres

/// An article that had a part in a ticket.
public struct TicketArticle: Sendable, Equatable {
    public let article: ArticleID
    public let uuid: UUID
    public let part: Article.Part
    /// Its newest title, in whatever language.
    public let title: String
}

extension TicketArticle: PostgresRow {
    public static var columns: String {
        """
        l.article, a.uuid, l.part, coalesce((select v.title from article_version v where v.article = a.id \
        order by v.state = 'published' desc, v.number desc limit 1), '')
        """
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(article: try row.read(), uuid: try row.read(), part: try row.read(), title: try row.read())
    }
}
