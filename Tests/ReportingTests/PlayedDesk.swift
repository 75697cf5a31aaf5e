import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Reporting
import Runtime
import Testing

/// A desk on which tickets are played, and whose figures are counted by the role of the reporting service.
struct PlayedDesk {
    let desk: TestDesk
    let reporting: TestDesk
    let keeper: SummaryKeeper
    let directory: Directory
    let hours: PastHours
    let agent: PersonID

    init() async throws {
        desk = try TestDesk()
        reporting = try TestDesk(as: "meridian_reporting")
        keeper = SummaryKeeper(reporting.store)
        directory = try await desk.store.directory()
        let store = desk.store
        hours = try await store.transaction { (transaction: borrowing Transaction) in
            try await store.pastHours(using: transaction)
        }
        agent = try #require(await desk.store.person(at: "kari.nordmann@norrsken.example")).id
    }

    func site(_ code: String) throws -> SiteID { try #require(directory.sites[code]) }

    func team(_ code: String, at site: String) throws -> Responsibility {
        let team = try #require(directory.teams[code])
        return try #require(directory.responsibility(of: team, at: self.site(site)))
    }

    /// Opens a ticket at a site and gives it to that site's first line, in the same instant but one microsecond.
    func open(at site: String, first team: String) async throws -> TicketNumber {
        let opened = try await desk.store.accept(TestDesk.submission(at: self.site(site)))
        let place = try self.team(team, at: site)
        try await desk.store.record(on: opened.ticket.number, seeing: .desk, Recording(by: .program)) { _ in
            .routed(place, rule: "test")
        }
        return opened.ticket.number
    }

    /// What a person of the desk does, with a note.
    func act(
        _ number: TicketNumber, _ event: @escaping @Sendable (EntryID) throws -> Ticket.Event
    ) async throws {
        let recording = Recording(by: .person(agent), note: Note("So be it.", visibility: .public))
        try await desk.store.record(on: number, seeing: .desk, recording) { try event(#require($0.entry)) }
    }

    func advance(minutes: Int) { desk.time.advance(by: .seconds(minutes * 60)) }

    /// Counts until nothing is left: transactions of other tests on the same server hold back what is settled.
    func count() async throws {
        for _ in 0..<2000 {
            try await keeper.fold()
            let left = try await desk.store.database.first(
                """
                select count(*) from event e, figure_cursor c where (e.transaction, e.id) > (c.transaction, c.event)
                """, as: Int.self)
            if left == 0 { return }
            _ = try await desk.store.database.first("select pg_sleep(0.01)::text", as: String.self)
        }
        Issue.record("The log was not counted to its end.")
    }

    func close() async { await reporting.store.database.close() }
}
