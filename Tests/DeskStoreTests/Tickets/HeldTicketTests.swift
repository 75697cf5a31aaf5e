import Desk
import DeskStore
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Testing

@Suite("Two who change a ticket at once", .database(template: TestDesk.template))
struct HeldTicketTests {
    private typealias Choice = @Sendable (Occasion) throws -> Ticket.Event

    /// Records one event, and another one that waits until the first is committed; returns the ticket after both.
    private static func record(
        _ first: @escaping Choice, andMeanwhile second: @escaping Choice, on desk: TestDesk
    ) async throws -> TicketView {
        let number = try await desk.accept().number
        let recording = Recording(by: .program, note: Note("Please.", visibility: .internal))
        let (held, tell) = AsyncStream.makeStream(of: Void.self)
        async let after = {
            for await _ in held { break }
            return try await desk.store.record(on: number, seeing: .desk, recording, event: second)
        }()
        let database = try TestDatabase.current
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            try await desk.store.record(on: number, recording, using: transaction, event: first)
            tell.yield()
            let isWaiting: SQL = """
                select exists (select from pg_stat_activity
                    where datname = current_database() and wait_event_type = 'Lock')
                """
            while try await database.first(isWaiting, as: Bool.self) != true { await Task.yield() }
        }
        _ = try await after
        return try #require(await desk.store.view(of: number, seeing: .desk, including: true))
    }

    @Test("Whoever resolves a ticket that is being referred takes it back from the supplier")
    func referred() async throws {
        let desk = try TestDesk()
        let supplier = try #require(await desk.store.directory().suppliers["fjordnett"])
        let view = try await Self.record(
            { .referred(supplier, note: $0.entry) },
            andMeanwhile: { .resolved(.withdrawn, note: $0.entry) }, on: desk)
        #expect(view.log.suffix(2).map(\.recorded.event.kind) == [.referred, .resolved])
        #expect(view.ticket.sharings == [] && view.ticket.state == .resolved)
        let replayed = try Ticket.replay(view.log.map(\.recorded), id: view.ticket.id)
        #expect(replayed.last?.ticket == view.ticket)
        let open = try await TestDatabase.current.first(
            "select count(*) from supplier_ticket where ended_at is null", as: Int.self)
        #expect(open == 0)
    }

    @Test("Whoever resolves a ticket about which a supplier is being asked takes the question back")
    func asked() async throws {
        let desk = try TestDesk()
        let supplier = try #require(await desk.store.directory().suppliers["fjordnett"])
        let view = try await Self.record(
            { .inquired(.supplier(supplier), question: try #require($0.entry)) },
            andMeanwhile: { .resolved(.withdrawn, note: $0.entry) }, on: desk)
        #expect(view.ticket.undertakings.inquiries == [])
        let open = try await TestDatabase.current.first(
            "select count(*) from inquiry where ended_at is null", as: Int.self)
        #expect(open == 0)
    }
}
