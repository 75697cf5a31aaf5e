public import Desk
import Foundation
public import Moments
import Postgres

/// There is no such published article, or not for these eyes: the two are not told apart.
public struct NoSuchArticle: Error, Equatable, CustomStringConvertible {
    public init() {}
    public var description: String { "There is no such published article, or you may not read it." }
}

extension Transaction {
    /// Counts that an article was of use.
    borrowing func note(_ use: Article.Use, of article: ArticleID, at now: Moment) async throws {
        try await run(
            """
            insert into article_use as u (article, day, kind, uses)
            values (\(article), (\(now)::timestamptz at time zone 'UTC')::date, \(use), 1)
            on conflict (article, day, kind) do update set uses = u.uses + 1
            """)
    }

    /// Ties a ticket to the articles that had a part in what happened to it.
    borrowing func keepArticles(
        of ticket: TicketID, after event: Ticket.Event, offering: ArticleID?, at now: Moment
    ) async throws {
        switch event {
        case .messageSent:
            if let offering { try await tie(ticket, to: offering, .offered, counting: .offered, at: now) }
        case .resolved(_, _, .article(let article)):
            try await tie(ticket, to: article, .solvedBy, counting: .solved, at: now)
        case .resolved(_, _, .draft(let article)):
            try await tie(ticket, to: article, .draftedFrom, counting: nil, at: now)
        default: break
        }
    }

    /// The key of a published article that these eyes may read.
    ///
    /// - Throws: `NoSuchArticle` where there is none.
    borrowing func published(_ uuid: UUID?) async throws -> ArticleID? {
        guard let uuid else { return nil }
        let article = try await first(
            """
            select a.id from article a where a.uuid = \(uuid)
                and exists (select from article_version v where v.article = a.id and v.state = 'published')
            """, as: ArticleID.self)
        guard let article else { throw NoSuchArticle() }
        return article
    }

    /// A second time is no second use.
    private borrowing func tie(
        _ ticket: TicketID, to article: ArticleID, _ part: Article.Part, counting use: Article.Use?, at now: Moment
    ) async throws {
        let tied = try await run(
            """
            insert into ticket_article (ticket, article, part, at) values (\(ticket), \(article), \(part), \(now))
            on conflict do nothing
            """)
        if tied > 0, let use { try await note(use, of: article, at: now) }
    }
}

extension DeskStore {
    /// Counts that somebody found the answer and needed not ask (S81).
    public func noteSelfService(by article: ArticleID, seeing sight: Sight) async throws {
        let now = now
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.note(.selfServed, of: article, at: now)
        }
    }

    /// The articles that had a part in a ticket, the latest first.
    public func articles(of ticket: TicketID, seeing sight: Sight) async throws -> [TicketArticle] {
        try await all(.articles(of: "\(ticket)"), seeing: sight)
    }

    /// The numbers of the tickets that these eyes see in which an article had a part, the latest first.
    public func tickets(of article: ArticleID, limit: Int = 20, seeing sight: Sight) async throws -> [ArticleTicket] {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.all(
                """
                select t.number, t.subject, l.part, l.at from ticket_article l join ticket t on t.id = l.ticket
                where l.article = \(article) order by l.at desc limit \(limit)
                """, as: (TicketNumber, String, Article.Part, Moment).self
            ).map { ArticleTicket(number: $0, subject: $1, part: $2, at: $3) }
        }
    }
}

extension Query<TicketArticle> {
    /// - Parameter ticket: its key, or a subquery that gives it.
    static func articles(of ticket: SQL) -> Self {
        """
        select \(columns: TicketArticle.self) from ticket_article l join article a on a.id = l.article
        where l.ticket = \(ticket) order by l.at desc
        """
    }
}

/// A ticket in which an article had a part.
public struct ArticleTicket: Sendable, Equatable {
    public let number: TicketNumber
    public let subject: String
    public let part: Article.Part
    public let at: Moment
}
