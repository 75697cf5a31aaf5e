import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Testing

@testable import Reporting

@Suite("The report on outcomes", .database(template: TestDesk.template))
struct OutcomeReportTests {
    private func report(_ question: Question, _ played: PlayedDesk) async throws -> OutcomeReport {
        try await OutcomeReport(
            question, rates: RateTable(played.directory), language: "en", from: played.reporting.store.database)
    }

    @Test("The outcomes of thirty cases and the cost of what was not solved are those worked out by hand")
    func handWorked() async throws {
        let played = try await PlayedDesk.workedOut()
        let report = try await report(.spring(), played)
        #expect(
            report.total.counts == [
                .solved: 24, .solvedFirstContact: 1, .workedAround: 1, .tooCostly: 1, .unrepairable: 1, .withdrawn: 1,
            ])
        #expect(report.work[.tooCostly]?.cost == 3000 && report.work[.unrepairable]?.cost == 9500)
        #expect(report.work[.workedAround]?.cost == 19_000 && report.work[.solvedFirstContact]?.cost == 500)
        #expect(report.work[.solved]?.cost == 140_300 - 3000 - 9500 - 19_000 - 500)
        #expect(report.work[.withdrawn] == nil)
        let amsterdam = String(try played.site("AMS").rawValue)
        let own = try #require(report.groups.first { $0.key == amsterdam })
        #expect(own.figures.counts == [.solved: 4, .tooCostly: 1, .unrepairable: 1])
        await played.close()
    }

    @Test("Behind each number stand as many tickets as it says", arguments: Split.allCases)
    func listings(_ split: Split) async throws {
        let played = try await PlayedDesk.workedOut()
        let question = try Question.spring(by: split)
        let database = played.reporting.store.database
        let report = try await report(question, played)
        for group in report.groups {
            for (outcome, count) in group.figures.counts {
                let listing = Listing(question: question, count: .outcome(outcome), group: .one(group.key))
                #expect(try await database.all(.lines(listing)).count == count, "\(listing.count.word)")
            }
        }
        let cost = try await CostReport(question, rates: RateTable(played.directory), from: database)
        for group in cost.work {
            let listing = Listing(question: question, count: .worked, group: .one(group.key))
            #expect(try await database.all(.lines(listing)).count == group.work.tickets)
        }
        await played.close()
    }

    @Test("A number of a report is named in an address by a word, and by no other")
    func words() throws {
        let counts: [Listing.Count] = [
            .opened, .resolved, .open, .worked, .outcome(.tooCostly), .knowledge(.article), .met(.resolution),
            .missed(.timeBox), .returned(from: TeamID(7), to: TeamID(8)),
        ]
        for count in counts { #expect(Listing.Count(word: count.word) == count) }
        for word in ["", "outcome", "outcome.", "outcome.lost", "met.", "returned.7", "returned.7.x", "opened.1"] {
            #expect(Listing.Count(word: word) == nil, "\(word)")
        }
    }

    @Test("Solutions by an article are counted as its use, with what else it was good for; a team's own has no title")
    func articles() async throws {
        let played = try await PlayedDesk()
        let database = try TestDatabase.current
        let team = try #require(played.directory.teams["osl-staff"])
        try await database.run(
            script: """
                insert into article (id, visibility, team, versions, created_at, updated_at)
                values (901, 'internal', null, 2, now(), now()), (902, 'team', \(team.rawValue), 1, now(), now());
                insert into article_version (article, number, language, state, visibility, team, title, text, at)
                values (901, 1, 'nb', 'published', 'internal', null, 'Papir', 'x', now()),
                    (901, 2, 'en', 'published', 'internal', null, 'Paper', 'x', now()),
                    (902, 1, 'en', 'published', 'team', \(team.rawValue), 'Salaries', 'x', now());
                insert into article_use (article, day, kind, uses)
                values (901, '2026-03-02', 'offered', 3), (901, '2026-03-02', 'self_served', 4),
                    (901, '2025-03-02', 'self_served', 100);
                """)
        for article: Int64 in [901, 901, 902] {
            let number = try await played.open(at: "OSL", first: "osl-first")
            played.advance(minutes: 5)
            try await played.act(number) { .resolved(.solved, note: $0, knowledge: .article(ArticleID(article))) }
        }
        let drafted = try await played.open(at: "AMS", first: "ams-first")
        try await played.act(drafted) { .resolved(.solved, note: $0, knowledge: .draft(ArticleID(901))) }
        let simple = try await played.open(at: "AMS", first: "ams-first")
        try await played.act(simple) { .resolved(.workedAround, note: $0, knowledge: .nothing(.oneOff)) }
        try await played.count()

        let seen = try await report(.spring(), played)
        #expect(seen.total.knowledge == [.article: 3, .draft: 1, .nothing: 1])
        #expect(seen.articles.map(\.title) == ["Paper", nil])
        #expect(seen.articles.map(\.solved) == [2, 1])
        #expect(seen.articles.map(\.offered) == [3, 0] && seen.articles.map(\.selfServed) == [4, 0])
        #expect(seen.articles[1].uuid == nil)
        let amsterdam = try await report(.spring(reach: Reach(sites: [played.site("AMS")])), played)
        #expect(amsterdam.total.knowledge == [.article: 0, .draft: 1, .nothing: 1] && amsterdam.articles.isEmpty)
        await played.close()
    }
}
