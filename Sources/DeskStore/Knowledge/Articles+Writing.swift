public import Desk
public import Foundation
import Moments
import Postgres

/// Somebody else wrote a newer version since this one was read.
public struct ArticleChanged: Error, Equatable, CustomStringConvertible {
    public var description: String { "The article has a newer version. Look at it, then write yours." }
}

extension Transaction {
    /// Begins an article with a draft in one language.
    borrowing func begin(_ draft: ArticleDraft, source: String? = nil, by author: PersonID?, at now: Moment)
        async throws -> (id: ArticleID, uuid: UUID)
    {
        let (id, uuid) = (ArticleID(try await newKey(of: "article")), UUID())
        // Until a version is published, the desk alone reads the article, or the team whose own it is.
        let readers = draft.readers == .everybody ? .desk : draft.readers
        try await run(
            """
            insert into article (id, uuid, source, visibility, team, created_at, updated_at)
            values (\(id), \(uuid), \(source), \(readers.visibility), \(readers.team), \(now), \(now))
            """)
        try await write(draft, to: id, by: author, at: now)
        return (id, uuid)
    }

    /// Adds a version to an article; a draft that was there in its language is history.
    borrowing func write(_ draft: ArticleDraft, to article: ArticleID, by author: PersonID?, at now: Moment)
        async throws
    {
        let number = try await first(
            "update article set versions = versions + 1, updated_at = \(now) where id = \(article) returning versions",
            as: Int.self)
        try await run(
            """
            update article_version set state = 'retired'
            where article = \(article) and language = \(draft.language) and state = 'draft'
            """)
        try await run(
            """
            insert into article_version (article, number, language, state, visibility, team, title, text, author, at)
            values (\(article), \(number), \(draft.language), 'draft', \(draft.readers.visibility),
                \(draft.readers.team), \(draft.title), \(draft.text), \(author), \(now))
            """)
    }

    /// Makes the draft of a language what readers read; returns false where there is none.
    borrowing func publish(_ article: ArticleID, in language: String, by person: PersonID?, at now: Moment)
        async throws -> Bool
    {
        let draft = try await first(
            """
            select v.id, v.visibility, v.team from article_version v
            where v.article = \(article) and v.language = \(language) and v.state = 'draft'
            """, as: (Int64, Article.Visibility, TeamID?).self)
        guard let (version, visibility, team) = draft else { return false }
        try await retire(article, in: language, .published, at: now)
        try await run(
            """
            update article_version set state = 'published', published_at = \(now), published_by = \(person)
            where id = \(version)
            """)
        try await run(
            """
            update article set visibility = \(visibility), team = \(team), updated_at = \(now) where id = \(article)
            """)
        return true
    }

    @discardableResult
    borrowing func retire(_ article: ArticleID, in language: String, _ state: Article.State, at now: Moment)
        async throws -> Bool
    {
        try await run("update article set updated_at = \(now) where id = \(article)")
        return try await run(
            """
            update article_version set state = 'retired'
            where article = \(article) and language = \(language) and state = \(state)
            """) > 0
    }
}

extension DeskStore {
    /// Begins an article; nobody but the desk reads it until it is published.
    public func begin(_ draft: ArticleDraft, by person: PersonID, seeing sight: Sight) async throws -> UUID {
        let now = now
        return try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.begin(draft, by: person, at: now).uuid
        }
    }

    /// Writes a version of an article; what is published stays until the new one is published too.
    ///
    /// - Parameter number: the version of the language that the writer has read, nil where there was none.
    /// - Throws: `ArticleChanged` where there is a newer one.
    public func revise(
        _ article: ArticleID, _ draft: ArticleDraft, after number: Int?, by person: PersonID, seeing sight: Sight
    ) async throws {
        let now = now
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.run("select from article where id = \(article) for no key update")
            let newest =
                try await transaction.first(
                    """
                    select max(number) from article_version where article = \(article) and language = \(draft.language)
                    """, as: Int?.self) ?? nil
            if newest != number { throw ArticleChanged() }
            try await transaction.write(draft, to: article, by: person, at: now)
        }
    }

    /// Publishes the draft of a language in place of what was published before; false where there is no draft.
    public func publish(
        _ article: ArticleID, in language: String, by person: PersonID, seeing sight: Sight
    ) async throws -> Bool {
        let now = now
        return try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.publish(article, in: language, by: person, at: now)
        }
    }

    /// Takes back what is published in a language, or gives up its draft; false where there is neither.
    public func retire(
        _ article: ArticleID, in language: String, _ state: Article.State, seeing sight: Sight
    ) async throws -> Bool {
        let now = now
        return try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.retire(article, in: language, state, at: now)
        }
    }
}
