import Desk
import Moments
import Postgres

/// What became of an article that was brought in.
public enum ArticleImportOutcome: String, CaseIterable, Sendable {
    case added
    case changed
    case unchanged
}

/// An article from elsewhere, under the name by which it is known again.
public struct ImportedArticle: Sendable, Equatable {
    public let source: String
    public let words: ArticleDraft
    public let isPublished: Bool

    public init(source: String, words: ArticleDraft, isPublished: Bool = true) {
        (self.source, self.words, self.isPublished) = (source, words, isPublished)
    }
}

extension DeskStore {
    /// Brings articles in, all or none of them; what is the same already stays as it is.
    public func bring(_ articles: [ImportedArticle]) async throws -> [ArticleImportOutcome: Int] {
        let now = now
        return try await transaction { (transaction: borrowing Transaction) in
            var outcomes: [ArticleImportOutcome: Int] = [:]
            for article in articles {
                outcomes[try await Self.bring(article, at: now, using: transaction), default: 0] += 1
            }
            return outcomes
        }
    }

    private static func bring(
        _ article: ImportedArticle, at now: Moment, using transaction: borrowing Transaction
    ) async throws -> ArticleImportOutcome {
        let words = article.words
        let known = try await transaction.first(
            "select id from article where source = \(article.source) for no key update", as: ArticleID.self)
        if let known {
            let newest = try await transaction.first(
                """
                select v.title, v.text, v.visibility, v.team, v.state from article_version v
                where v.article = \(known) and v.language = \(words.language) order by v.number desc limit 1
                """, as: (String, String, Article.Visibility, TeamID?, Article.State).self)
            if let newest, (newest.0, newest.1) == (words.title, words.text),
                Article.Readers(newest.2, team: newest.3) == words.readers,
                newest.4 == (article.isPublished ? .published : .draft)
            {
                return .unchanged
            }
        }
        let id: ArticleID
        if let known {
            id = known
            try await transaction.write(words, to: known, by: nil, at: now)
        } else {
            id = try await transaction.begin(words, source: article.source, by: nil, at: now).id
        }
        if article.isPublished { _ = try await transaction.publish(id, in: words.language, by: nil, at: now) }
        return known == nil ? .added : .changed
    }
}
