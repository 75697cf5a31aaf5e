import Desk
import DeskStore
import DeskTestSupport
import Jobs
import Moments
import Postgres
import PostgresTestSupport
import Routing
import RoutingTestSupport
import Runtime
import Testing

@Suite("Tickets on hold until a moment", .database(template: TestDesk.template))
struct ResumeTicketHandlerTests {
    private func hold(_ ticket: Ticket, until: Moment, _ desk: TestDesk) async throws {
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in
            .putOnHold(until: until, note: nil)
        }
    }

    /// Lets a moment come that the ticket waits for, which the oldest job is about, and returns how it stands then.
    private func wait(_ desk: TestDesk, until moment: Moment) async throws -> TicketRecord {
        desk.time.advance(by: moment.duration(since: desk.time.now))
        try await TestDatabase.current.run(
            """
            update jobs.job set due = clock_timestamp() + case
                when id = (select min(id) from jobs.job where kind = 'ticket.resume') then interval '-1 s' else '1 day' end
            where kind = 'ticket.resume'
            """)
        try await RoutingRun(TestDesk(as: "meridian_routing", at: desk.time.now)).drain("routing")
        let number = try #require(
            await TestDatabase.current.first("select number from ticket", as: TicketNumber.self))
        return try #require(await desk.store.card(of: number, seeing: .desk)).record
    }

    @Test("The desk itself goes on with it at that moment, and tells whoever answers for it")
    func resumes() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.store.accept(TestDesk.submission()).ticket
        let until = desk.time.now + .seconds(3600)
        try await hold(ticket, until: until, desk)
        #expect(try await TestDatabase.current.first("select resumes_at from ticket", as: Moment.self) == until)
        let due = try await TestDatabase.current.first(
            "select due from jobs.job where kind = 'ticket.resume'", as: Moment.self)
        #expect(due == until)
        let after = try await wait(desk, until: until)
        #expect(after.ticket.state == .assigned && after.ticket.undertakings.resumesAt == nil)
        let told = try await TestDatabase.current.first(
            "select count(*) from letter where kind = 'resumed'", as: Int.self)
        #expect(told == 1)
        let view = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
        #expect(view.log.last?.recorded.event == .resumed && view.log.last?.recorded.actor == .program)
        #expect(view.log.last?.cause?.hasPrefix("job ") == true)
    }

    @Test("One that waits until another moment meanwhile, or has gone on, is left alone")
    func stays() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.store.accept(TestDesk.submission()).ticket
        let (first, second) = (desk.time.now + .seconds(3600), desk.time.now + .seconds(7200))
        try await hold(ticket, until: first, desk)
        try await hold(ticket, until: second, desk)
        #expect(try await wait(desk, until: first).ticket.state == .waitingOther)
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) { _ in .resumed }
        let revision = try #require(await desk.store.card(of: ticket.number, seeing: .desk)).ticket.revision
        #expect(try await wait(desk, until: second).ticket.revision == revision)
    }
}
