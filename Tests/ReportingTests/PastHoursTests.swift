import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Testing

@testable import Reporting

@Suite("Figures by the hours of the past", .database(template: TestDesk.template))
struct PastHoursTests {
    private static let everything: SQL = """
        select 'stretch ' || row_to_json(f)::text from (select * from figure_leg order by ticket, started_at) f
        union all select 'ticket ' || row_to_json(f)::text from (select * from figure_ticket order by ticket) f
        union all select 'work ' || row_to_json(f)::text from (select * from figure_work order by ticket, day, tier) f
        """

    private static func hours(_ played: PlayedDesk) async throws -> [Int] {
        try await played.reporting.store.database.all(
            """
            select extract(epoch from hours)::int8 / 60 from figure_leg where hours is not null order by started_at
            """, as: Int.self)
    }

    @Test("A team that goes by other hours later had those of before until then, also where all is counted anew")
    func otherCalendar() async throws {
        let played = try await PlayedDesk()
        // 10:00 to 14:00 in Oslo, within its hours, then solved.
        let first = try await played.open(at: "OSL", first: "osl-first")
        played.advance(minutes: 240)
        try await played.act(first) { .resolved(.solved, note: $0) }
        // 14:00 in Oslo to 20:00, of which the office is open for two hours.
        let second = try await played.open(at: "OSL", first: "osl-first")
        played.advance(minutes: 360)
        try await played.count()
        #expect(try await Self.hours(played) == [240])

        // From 20:00 on the team never closes: three hours until the solution.
        let always = try TestDesk.organisation(team: "osl-first", with: ["calendar": "always"])
        _ = try await played.desk.store.apply(always, by: "the tests")
        played.advance(minutes: 180)
        try await played.act(second) { .resolved(.solved, note: $0) }
        try await played.count()
        #expect(try await Self.hours(played) == [240, 120 + 180])

        let counted = try await played.reporting.store.database.all(Self.everything, as: String.self)
        try await played.keeper.rebuild()
        #expect(try await played.reporting.store.database.all(Self.everything, as: String.self) == counted)
        // A copy that has seen none of it before.
        let other = try TestDesk(as: "meridian_reporting")
        try await SummaryKeeper(other.store).rebuild()
        #expect(try await played.reporting.store.database.all(Self.everything, as: String.self) == counted)
        await other.store.database.close()
        await played.close()
    }

    @Test("Of many documents each is counted by while it is in force")
    func manyVersions() async throws {
        let played = try await PlayedDesk()
        // From 10:00 in Oslo until 16:30, half an hour after it closes.
        let number = try await played.open(at: "OSL", first: "osl-first")
        played.advance(minutes: 390)
        for place in 1...45 {
            played.advance(minutes: 1)
            let calendar = place == 30 ? "always" : "oslo-office"
            let document = try TestDesk.organisation(
                team: "osl-first", with: ["name": "First line \(place)", "calendar": calendar])
            _ = try await played.desk.store.apply(document, by: "the tests")
        }
        played.advance(minutes: 15)
        try await played.act(number) { .resolved(.solved, note: $0) }
        try await played.count()
        // The day, and the one minute in which the team never closed.
        #expect(try await Self.hours(played) == [360 + 1])
        await played.close()
    }

    @Test("While a document is being applied nothing is counted, so that none comes behind what was counted by it")
    func applying() async throws {
        let played = try await PlayedDesk()
        _ = try await played.open(at: "OSL", first: "osl-first")
        let keeper = played.keeper
        try await played.desk.store.database.transaction { (applying: borrowing Transaction) in
            try await applying.run("select pg_advisory_xact_lock(hashtext('meridian.organisation'))")
            #expect(try await keeper.fold() == 0)
        }
        try await played.count()
        #expect(try await played.desk.store.database.first("select count(*) from figure_ticket", as: Int.self) == 1)
        await played.close()
    }
}
