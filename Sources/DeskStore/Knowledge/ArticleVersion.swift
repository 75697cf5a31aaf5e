public import Desk
public import Foundation
public import Moments
public import Postgres

extension Article.State: PostgresValue {}
extension Article.Visibility: PostgresValue {}
extension Article.Part: PostgresValue {}
extension Article.Use: PostgresValue {}

/// One version of an article in one language.
public struct ArticleVersion: Sendable, Equatable {
    public let article: ArticleID
    /// The article, as outsiders name it.
    public let uuid: UUID
    /// The key of the version; a later one is larger.
    public let key: Int64
    public let number: Int
    public let language: String
    public let state: Article.State
    /// Who is to read it once it is published.
    public let readers: Article.Readers
    public let title: String
    public let text: String
    /// Nil for a program, such as an import.
    public let authorName: String?
    public let at: Moment
    public let publishedAt: Moment?
}

extension ArticleVersion: PostgresRow {
    public static var columns: String {
        """
        v.article, a.uuid, v.id, v.number, v.language, v.state, v.visibility, v.team, v.title, v.text, \
        (select p.name from person p where p.id = v.author), v.at, v.published_at
        """
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        (article, uuid, key) = (try row.read(), try row.read(), try row.read())
        (number, language, state) = (try row.read(), try row.read(), try row.read())
        let (visibility, team): (Article.Visibility, TeamID?) = (try row.read(), try row.read())
        guard let readers = Article.Readers(visibility, team: team) else {
            throw UndecodableColumn(index: 7, name: "team", reason: "does not go with \(visibility.rawValue)")
        }
        self.readers = readers
        (title, text, authorName) = (try row.read(), try row.read(), try row.read())
        (at, publishedAt) = (try row.read(), try row.read())
    }
}
