import Desk
import DeskStore
import Foundation
import Moments
import Postgres
import SeedTestSupport

/// What is known is used, written down, published and taken back.
extension Simulation {
    /// Somebody solves a ticket, or says why it cannot be, and what others may learn from it.
    func resolve(_ ticket: Ticket) async throws {
        let (person, sight) = try await agent(of: ticket.responsibility.place.team)
        let outcome = Ticket.Outcome.allCases.randomElement(using: &random) ?? .solved
        let note = Note("It works again.", visibility: .public, channel: .web)
        var recording = Recording(by: .person(person), note: note)
        let reason = Ticket.Knowledge.Reason.allCases.randomElement(using: &random) ?? .oneOff
        // Whoever says that there is no solution has seldom something to tell of it.
        let way = outcome.isSolution ? Int.random(in: 0..<4, using: &random) : 4
        switch way {
        case 0: recording.article = try await anyArticle(seeing: sight)
        case 1: recording.draft = try draft(about: ticket)
        default: break
        }
        try await world.intake.record(on: ticket.number, seeing: sight, recording) { occasion in
            let knowledge: Ticket.Knowledge? =
                if let article = occasion.article {
                    .article(article)
                } else if let draft = occasion.draft {
                    .draft(draft)
                } else if way == 2 {
                    .nothing(reason)
                } else {
                    nil
                }
            return .resolved(outcome, note: try occasion.words(), knowledge: knowledge)
        }
    }

    private func draft(about ticket: Ticket) throws -> ArticleDraft {
        let readers: [Article.Readers] = [.everybody, .desk, .team(ticket.responsibility.place.team)]
        let language = documents.organisation?.sites.randomElement(using: &random)?.languages.first ?? "en"
        return ArticleDraft(
            language: language, title: scenery.words(&random), text: "Turn it off and on again.",
            readers: readers.randomElement(using: &random) ?? .desk)
    }

    /// An article that these eyes may read.
    func anyArticle(seeing sight: Sight) async throws -> UUID? {
        let articles = try await world.intake.transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.all(
                """
                select a.uuid from article a where exists (
                    select from article_version v where v.article = a.id and v.state = 'published') order by a.id
                """, as: UUID.self)
        }
        return articles.randomElement(using: &random)
    }

    /// Whoever keeps the articles publishes a draft, writes another version, or takes back what is published.
    func keepKnowledge(in organisation: Organisation) async throws {
        let person = try await somebody(in: organisation)
        let versions = try await world.operators.database.all(
            """
            select v.article, v.language, v.state, (select max(n.number) from article_version n
                where n.article = v.article and n.language = v.language)
            from article_version v where v.state <> 'retired' order by v.id
            """, as: (ArticleID, String, Article.State, Int).self)
        guard let (article, language, state, newest) = versions.randomElement(using: &random) else { throw Nobody() }
        let store = world.intake
        if state == .draft, Int.random(in: 0..<5, using: &random) > 0 {
            _ = try await store.publish(article, in: language, by: person, seeing: .desk)
        } else if Bool.random(using: &random) {
            let words = ArticleDraft(language: language, title: scenery.words(&random), text: "Ask first.")
            let read = Int.random(in: 0..<6, using: &random) == 0 ? newest - 1 : newest
            try await store.revise(article, words, after: read, by: person, seeing: .desk)
        } else {
            _ = try await store.retire(article, in: language, state, seeing: .desk)
        }
    }
}

extension Rule {
    static let knowledge = [
        Rule(
            "an article has to do with the tickets that say so",
            """
            select t.number, format('article %s, %s: said %s, kept %s', article, part, e.ticket, l.ticket)
            from (select distinct e.ticket, s.article::bigint as article, s.part
                from event e cross join lateral (values (e.data::jsonb ->> 'article', 'solved_by'),
                    (e.data::jsonb ->> 'draft', 'drafted_from')) s (article, part)
                where e.kind = 'resolved' and s.article is not null) e
            full join (select ticket, article, part from ticket_article where part <> 'offered') l
                using (ticket, article, part)
            join ticket t on t.id = ticket where e.article is null or l.article is null
            """),
        Rule(
            "each use of an article is counted once",
            """
            select format('article %s', article), format('%s: tied %s, counted %s', kind, l.n, u.n)
            from (select article, case part when 'offered' then 'offered' else 'solved' end as kind, count(*) as n
                from ticket_article where part <> 'drafted_from' group by 1, 2) l
            full join (select article, kind, sum(uses) as n from article_use where kind in ('offered', 'solved')
                group by 1, 2) u using (article, kind)
            where l.n is distinct from u.n
            """),
        Rule(
            "of a language of an article one version is published, and one is a draft, at the most",
            """
            select format('article %s', article), format('%s: %s %s', language, count(*), state)
            from article_version where state <> 'retired' group by article, language, state having count(*) > 1
            """),
    ]
}
