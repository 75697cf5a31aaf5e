import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("The log's months", .database(template: TestDesk.template), .timeLimit(.minutes(4)))
struct LogMonthsTests {
    /// Where each event is kept, in the order in which they happened.
    private func places() async throws -> [String] {
        try await TestDatabase.current.all("select tableoid::regclass::text from event order by at", as: String.self)
    }

    @Test("This month and the next have their partition, on the last day of a long month too, and through a change")
    func months() async throws {
        try await TestDesk.playing("meridian_routing") { worker in
            let months = LogMonths(worker.store.database)
            let desk = try TestDesk(at: try #require(Moment(rfc3339: "2027-01-30T23:59:59Z")))
            #expect(try await months.make(at: desk.time.now) == 0)
            _ = try await desk.accept()
            desk.time.advance(by: .seconds(2 * 86_400))
            _ = try await desk.accept()
            #expect(try await months.make(at: desk.time.now) == 0)
            desk.time.advance(by: .seconds(28 * 86_400))
            _ = try await desk.accept()
            #expect(try await places() == ["event_2027_01", "event_2027_02", "event_2027_03"])
        }
    }

    @Test("Events that came before their month's partition are moved into it as they are, and no others")
    func moved() async throws {
        let desk = try TestDesk(at: try #require(Moment(rfc3339: "2027-04-30T23:59:00Z")))
        let ticket = try await desk.accept()
        try await desk.handOver(ticket, to: "ams-workplace")
        try await desk.handOver(ticket, to: "osl-first")
        let whole: SQL = "select event::text from event order by id"
        let before = try await TestDatabase.current.all(whole, as: String.self)
        let may = try #require(Moment(rfc3339: "2027-05-01T00:00:00Z"))
        #expect(try await LogMonths(desk.store.database).make(at: may) == 2)
        #expect(try await places() == ["event_default", "event_2027_05", "event_2027_05"])
        #expect(try await TestDatabase.current.all(whole, as: String.self) == before)
        #expect(try await LogMonths(desk.store.database).make(at: may) == 0)
    }

    @Test("Who makes a month waits for those who write tickets before it holds the log, which they need next")
    func order() async throws {
        let desk = try TestDesk()
        let database = try TestDatabase.current
        // The test ends the wait, however slow the machine is.
        try await database.run("alter function make_event_partition(date) set lock_timeout = 0")
        let isWriting = StopSignal()
        try await withThrowingTaskGroup(of: Int?.self) { group in
            group.addTask {
                await isWriting.wait()
                return try await LogMonths(database).make(at: TestDesk.monday)
            }
            try await desk.store.transaction { (transaction: borrowing Transaction) in
                try await transaction.run("lock table ticket in row exclusive mode")
                isWriting.raise()
                var waiting: Int?
                while waiting == nil {
                    waiting = try await database.first(
                        "select pid from pg_locks where relation = 'ticket'::regclass and not granted", as: Int.self)
                }
                let held = try await database.first(
                    "select count(*) from pg_locks where relation = 'event'::regclass and granted and pid = \(waiting)",
                    as: Int.self)
                #expect(held == 0)
                _ = try await desk.store.accept(TestDesk.submission(), using: transaction)
            }
            #expect(try await group.next() == 1, "the event of the one who was first came before its month")
        }
    }

    @Test("Who makes a month gives way where somebody holds the tickets, before the server ends one of the two")
    func givingWay() async throws {
        let desk = try TestDesk()
        let months = LogMonths(try TestDatabase.current)
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            try await transaction.run("lock table ticket in row exclusive mode")
            #expect(try await months.make(at: TestDesk.monday) == nil)
            _ = try await desk.store.accept(TestDesk.submission(), using: transaction)
        }
        #expect(try await months.make(at: TestDesk.monday) == 1)
    }
}
