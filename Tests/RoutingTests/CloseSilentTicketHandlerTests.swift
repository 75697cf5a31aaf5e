import Desk
import DeskMail
import DeskStore
import DeskTestSupport
import Jobs
import Mail
import Moments
import Postgres
import PostgresTestSupport
import Routing
import RoutingTestSupport
import Runtime
import Testing

@Suite("Silence after a resolution", .database(template: TestDesk.template))
struct CloseSilentTicketHandlerTests {
    private static let week = Duration.seconds(7 * 86_400)

    /// A ticket that was resolved on Monday at nine, in an organisation that waits for a week.
    private func resolved(_ desk: TestDesk) async throws -> Ticket {
        try await TestDesk.apply(process: ["closes_after_days": 7])
        let ticket = try await desk.store.accept(TestDesk.submission()).ticket
        return try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in
            .resolved(.solved, note: nil)
        }.ticket
    }

    /// Lets the day come on which the organisation counts silence as consent.
    private func wait(_ desk: TestDesk) async throws -> Ticket.State? {
        desk.time.advance(by: Self.week)
        try await TestDatabase.current.run(
            "update jobs.job set due = clock_timestamp() - interval '1 second' where kind = 'ticket.close-silent'")
        try await RoutingRun(TestDesk(as: "meridian_routing", at: desk.time.now)).drain("routing")
        return try await TestDatabase.current.first("select state from ticket", as: Ticket.State.self)
    }

    private func jobs() async throws -> [Moment] {
        try await TestDatabase.current.all(
            "select due from jobs.job where kind = 'ticket.close-silent' order by due", as: Moment.self)
    }

    @Test("A resolved ticket is closed by the desk itself once the organisation has waited long enough")
    func closes() async throws {
        let desk = try TestDesk()
        let ticket = try await resolved(desk)
        let resolution = try #require(ticket.times.resolved)
        #expect(try await jobs() == [resolution + Self.week])
        #expect(try await wait(desk) == .closed)
        let view = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
        #expect(view.log.last?.recorded.event == .closed && view.log.last?.recorded.actor == .program)
        #expect(view.log.last?.cause == "silence" && view.ticket.outcome == .solved)
    }

    @Test("The letter of the resolution says on which day silence closes the ticket")
    func letter() async throws {
        let desk = try TestDesk()
        _ = try await resolved(desk)
        let id = try #require(
            await TestDatabase.current.first("select id from letter where kind = 'resolution'", as: Int64.self))
        let owed = try #require(
            await desk.store.transaction { (transaction: borrowing Transaction) in
                try await desk.store.letter(id, using: transaction)
            })
        let composer = LetterComposer(keys: RoutingRun.keys, publicURL: "https://desk.example")
        let person = try #require(owed.recipients.first)
        let draft = try #require(composer.draft(owed, for: person, at: desk.time.now))
        #expect(draft.text.contains("lukker vi saken 9. mars 2026"), "\(draft.text)")
    }

    @Test("A word in between lets it live; a second resolution waits a whole week of its own")
    func reopenedInBetween() async throws {
        let desk = try TestDesk()
        let ticket = try await resolved(desk)
        desk.time.advance(by: .seconds(86_400))
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in
            .reopened(.notSolved, note: nil)
        }
        desk.time.advance(by: .seconds(86_400))
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in
            .resolved(.workedAround, note: nil)
        }
        let due = try await jobs()
        #expect(due.count == 2 && due[1].duration(since: due[0]) > .seconds(86_400))
        // The first hour comes, long before the second, and finds a ticket that has been resolved anew.
        try await TestDatabase.current.run(
            """
            update jobs.job set due = clock_timestamp() + case when due = \(due[0]) then interval '-1 s' else interval '1 day' end
            where kind = 'ticket.close-silent'
            """)
        try await RoutingRun(TestDesk(as: "meridian_routing", at: desk.time.now)).drain("routing")
        let state: SQL = "select state from ticket"
        #expect(try await TestDatabase.current.first(state, as: Ticket.State.self) == .resolved)
        #expect(try await wait(desk) == .closed)
    }

    @Test("A message of the desk after the resolution gives the requester a whole week to answer it")
    func deskWrites() async throws {
        let desk = try TestDesk()
        let ticket = try await resolved(desk)
        desk.time.advance(by: .seconds(86_400))
        let words = Recording(by: .program, note: Note("Does it print well?", visibility: .public))
        try await desk.store.record(on: ticket.number, seeing: .desk, words) { .messageSent(try #require($0.entry)) }
        let due = try await jobs()
        #expect(due.count == 2 && due[1].duration(since: due[0]) > .seconds(86_000))
        try await TestDatabase.current.run(
            """
            update jobs.job set due = clock_timestamp() + case when due = \(due[0]) then interval '-1 s' else interval '1 day' end
            where kind = 'ticket.close-silent'
            """)
        try await RoutingRun(TestDesk(as: "meridian_routing", at: desk.time.now)).drain("routing")
        #expect(try await TestDatabase.current.first("select state from ticket", as: Ticket.State.self) == .resolved)
        #expect(try await wait(desk) == .closed)
    }

    @Test("Nothing closes by itself where the organisation does not say so, nor what is open again")
    func stays() async throws {
        try await TestDesk.apply(process: [:])
        let desk = try TestDesk()
        let ticket = try await desk.store.accept(TestDesk.submission()).ticket
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in
            .resolved(.solved, note: nil)
        }
        #expect(try await jobs().isEmpty)
        let other = try TestDesk()
        try await TestDesk.apply(process: ["closes_after_days": 7])
        try await other.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in
            .reopened(.notSolved, note: nil)
        }
        try await other.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in
            .resolved(.solved, note: nil)
        }
        try await other.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in
            .reopened(.notSolved, note: nil)
        }
        #expect(try await jobs().count == 1)
        #expect(try await wait(other) == .assigned)
    }
}
