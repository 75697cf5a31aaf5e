public import Desk
public import Foundation
public import Postgres

/// An article with its history and what it has been good for.
public struct ArticleView: Sendable {
    public let id: ArticleID
    public let uuid: UUID
    /// Every version that these eyes may read, the newest first.
    public let versions: [ArticleVersion]
    public let uses: [Article.Use: Int]

    public var published: [ArticleVersion] { versions.filter { $0.state == .published } }

    /// The languages in which it was written, in the order of their codes.
    public var languages: [String] { Set(versions.map(\.language)).sorted() }

    /// What a reader of a language reads: the published words in it, or else in the first of the others.
    public func published(for language: String, or others: [String] = []) -> ArticleVersion? {
        for wanted in [Article.language(of: language)] + others {
            if let version = published.first(where: { $0.language == wanted }) { return version }
        }
        return published.first
    }

    /// The words that are worked on in a language: the draft, or what is published, or what was last.
    public func working(in language: String) -> ArticleVersion? {
        let own = versions.filter { $0.language == language }
        return own.first { $0.state == .draft } ?? own.first { $0.state == .published } ?? own.first
    }
}

extension DeskStore {
    /// An article, or nil where there is none for these eyes.
    public func article(_ uuid: UUID, seeing sight: Sight) async throws -> ArticleView? {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.article(uuid)
        }
    }
}

extension Transaction {
    public borrowing func article(_ uuid: UUID) async throws -> ArticleView? {
        let versions = try await all(
            Query<ArticleVersion>(
                """
                select \(columns: ArticleVersion.self) from article a join article_version v on v.article = a.id
                where a.uuid = \(uuid) order by v.number desc
                """))
        guard let first = versions.first else { return nil }
        let uses = try await all(
            "select kind, sum(uses) from article_use where article = \(first.article) group by kind",
            as: (Article.Use, Int64).self)
        return ArticleView(
            id: first.article, uuid: uuid, versions: versions,
            uses: Dictionary(uniqueKeysWithValues: uses.map { ($0.0, Int($0.1)) }))
    }
}
