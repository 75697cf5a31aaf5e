import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@testable import Reporting

@Suite("The summaries that reports are read from", .database(template: TestDesk.template))
struct SummaryKeeperTests {
    @Test("The legs that are counted are those that the store keeps, without the time after the resolution")
    func legs() async throws {
        let played = try await PlayedDesk()
        let number = try await played.open(at: "OSL", first: "osl-first")
        played.advance(minutes: 30)
        try await played.act(number) { _ in .taken(played.agent) }
        let second = try played.team("ams-network", at: "AMS")
        try await played.act(number) { .handedOver(second, reason: "skill", note: $0) }
        played.advance(minutes: 60)
        try await played.act(number) { .requesterAsked($0) }
        played.advance(minutes: 20)
        try await played.act(number) { .resolved(.solved, note: $0) }
        played.advance(minutes: 600)
        try await played.act(number) { .reopened(.notSolved, note: $0) }
        played.advance(minutes: 10)
        try await played.act(number) { .resolved(.solved, note: $0) }
        try await played.count()

        let database = played.reporting.store.database
        let legs = try await database.all(
            """
            select holder, extract(epoch from ended_at - started_at)::int8 / 60, phase from figure_leg
            order by started_at
            """, as: (String, Int, String).self)
        // First line, whose dispatcher is the site's intake and where somebody takes it and hands it over at once;
        // second line, requester, second line again.
        #expect(legs.map(\.0) == ["team", "team", "team", "requester", "team"])
        #expect(legs.map(\.1) == [30, 0, 60, 20, 10])
        #expect(legs.map(\.2) == ["queue", "work", "queue", "requester", "queue"])
        let rested = try await database.first(
            "select rested, resolved_at - opened_at, top_tier, reopened_at is not null from figure_ticket",
            as: (Duration, Duration, Int, Bool).self)
        let row = try #require(rested)
        #expect(row.0 == .seconds(600 * 60) && row.2 == 2 && row.3)
        #expect(row.1 == .seconds(720 * 60))
        await played.close()
    }

    @Test("A ticket reopened after it was closed is counted in each of its episodes")
    func episodes() async throws {
        let played = try await PlayedDesk()
        let number = try await played.open(at: "OSL", first: "osl-first")
        played.advance(minutes: 5)
        try await played.act(number) { .resolved(.solved, note: $0) }
        played.advance(minutes: 60)
        try await played.act(number) { _ in .closed }
        played.advance(minutes: 60)
        try await played.act(number) { .reopened(.notSolved, note: $0) }
        try await played.count()
        let rows = try await played.reporting.store.database.all(
            """
            select episode, state, first_response_at is null, resolved_at is null, reopened_at is null,
                closed_at is null
            from figure_ticket order by episode
            """, as: (Int, String, Bool, Bool, Bool, Bool).self)
        #expect(rows.map(\.0) == [1, 2] && rows.map(\.1) == ["closed", "assigned"])
        #expect(rows.map(\.2) == [false, true] && rows.map(\.3) == [false, true])
        #expect(rows.map(\.4) == [false, true] && rows.map(\.5) == [false, true])
        await played.close()
    }

    @Test("A transaction that commits late, its keys and its number behind the cursor's neighbours, is not missed")
    func lateCommit() async throws {
        let played = try await PlayedDesk()
        let first = try await played.open(at: "OSL", first: "osl-first")
        let second = try await played.open(at: "AMS", first: "ams-first")
        try await played.count()
        let database = played.desk.store.database
        // The late one writes its event first, and commits after the other has been written, committed and asked for.
        let (kari, store, keeper) = (played.agent, played.desk.store, played.keeper)
        let number = try await database.transaction { (late: borrowing Transaction) in
            let ticket = try #require(
                try await late.first("select id from ticket where number = \(first)", as: TicketID.self))
            try await store.record(on: ticket, Recording(by: .person(kari)), using: late) { _ in .taken(kari) }
            try await store.record(on: second, seeing: .desk, Recording(by: .person(kari))) { _ in .taken(kari) }
            try await keeper.fold()
            let early = try await store.database.first(
                "select state from figure_ticket where number = \(second)", as: String.self)
            #expect(early == "assigned", "What comes after a transaction under way is not settled.")
            return try await late.first("select pg_current_xact_id()::text::int8", as: Int64.self)
        }
        try await played.count()
        let states = try await database.all("select number, state from figure_ticket", as: (String, String).self)
        #expect(Dictionary(uniqueKeysWithValues: states)[first.description] == "in_progress")
        #expect(Dictionary(uniqueKeysWithValues: states)[second.description] == "in_progress")
        let cursor = try await database.first("select transaction::text::int8 from figure_cursor", as: Int64.self)
        #expect(try #require(cursor) > #require(number))
        await played.close()
    }

    @Test("Counting that is broken off before its commit is done again, and nothing is counted twice")
    func brokenOff() async throws {
        let played = try await PlayedDesk()
        let number = try await played.open(at: "OSL", first: "osl-first")
        let database = played.desk.store.database
        // The commit is refused at its very end, as when the connection is lost there.
        try await database.run(
            script: """
                create function refuse() returns trigger language plpgsql as $$ begin raise 'lost'; end $$;
                create constraint trigger refuse after update on figure_cursor deferrable initially deferred
                    for each row execute function refuse();
                """)
        await #expect(throws: (any Error).self) {
            for _ in 0..<2000 where try await played.keeper.fold() == 0 {
                _ = try await database.first("select pg_sleep(0.01)::text", as: String.self)
            }
        }
        #expect(try await database.first("select count(*) from figure_ticket", as: Int.self) == 0)
        try await database.run(script: "drop trigger refuse on figure_cursor")
        try await played.count()
        try await database.run("update figure_cursor set transaction = '0', event = 0")
        try await played.count()
        #expect(try await database.all("select number from figure_ticket", as: String.self) == [number.description])
        #expect(try await database.first("select count(*) from figure_leg", as: Int.self) == 1)
        await played.close()
    }

    @Test("Counted anew, the figures are the same")
    func rebuild() async throws {
        let played = try await PlayedDesk()
        for site in ["OSL", "AMS", "WAW"] {
            let number = try await played.open(at: site, first: "\(site.lowercased())-first")
            played.advance(minutes: 7)
            try await played.act(number) { .messageSent($0) }
        }
        try await played.count()
        let all: SQL = "select row_to_json(f)::text from (select * from figure_ticket order by ticket, episode) f"
        let before = try await played.desk.store.database.all(all, as: String.self)
        try await played.desk.store.database.run("update figure_ticket set opened_at = now(), tier = 9")
        try await played.keeper.rebuild()
        try await played.count()
        #expect(try await played.desk.store.database.all(all, as: String.self) == before)
        #expect(before.count == 3)
        await played.close()
    }

    @Test("An event that cannot be read keeps no other ticket from being counted")
    func unreadable() async throws {
        let played = try await PlayedDesk()
        let broken = try await played.open(at: "OSL", first: "osl-first")
        let sound = try await played.open(at: "AMS", first: "ams-first")
        try await played.desk.store.database.run(
            """
            update event set kind = 'from_the_future' where revision = 2
                and ticket = (select id from ticket where number = \(broken))
            """)
        try await played.count()
        let numbers = try await played.desk.store.database.all("select number from figure_ticket", as: String.self)
        #expect(numbers == [sound.description])
        await played.close()
    }

    @Test("While one copy counts, another passes by")
    func copies() async throws {
        let played = try await PlayedDesk()
        _ = try await played.open(at: "OSL", first: "osl-first")
        let keeper = played.keeper
        try await played.desk.store.database.transaction { (other: borrowing Transaction) in
            _ = try await other.first("select event from figure_cursor for update", as: Int64.self)
            #expect(try await keeper.fold() == 0)
        }
        try await played.count()
        #expect(try await played.desk.store.database.first("select count(*) from figure_ticket", as: Int.self) == 1)
        await played.close()
    }
}
