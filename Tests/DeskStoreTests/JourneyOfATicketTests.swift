import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("A ticket in the store", .database(template: TestDesk.template))
struct JourneyOfATicketTests {
    @Test("A submission becomes a ticket with its entry, event, leg, clocks, access and jobs")
    func accept() async throws {
        let desk = try TestDesk()
        let record = try await desk.store.accept(TestDesk.submission())
        let directory = try await desk.store.directory()
        let code = directory.code(of: record.ticket.origin)
        #expect(record.ticket.number.description == "\(code)-1")

        let view = try #require(await desk.store.view(of: record.ticket.number, seeing: .desk, including: true))
        #expect(view.record == record)
        #expect(view.entries.map(\.text) == ["Smoke comes out of it. Please help."])
        #expect(view.legs.count == 1 && view.legs[0].endedAt == nil)
        #expect(view.clocks.map(\.clock.measure) == [.firstResponse, .resolution])
        #expect(view.log.map(\.recorded.event.kind) == [.opened])
        #expect(try await jobs() == ["letter.send", "ticket.route"])
        #expect(try await TestDatabase.current.first("select count(*) from ticket_access", as: Int.self) == 1)
    }

    @Test("From the first line to a supplier and back: legs cover the life, and the log replays to the same ticket")
    func wholeLife() async throws {
        let desk = try TestDesk()
        let opened = try await desk.store.accept(TestDesk.submission())
        let (number, origin) = (opened.ticket.number, opened.ticket.origin)
        let directory = try await desk.store.directory()
        let team = try #require(directory.organisation.teams.first { $0.tier == 2 })
        let supplier = try #require(directory.suppliers[directory.organisation.suppliers[0].code])
        let agent = try #require(await desk.store.person(at: directory.organisation.people[0].email))
        let by = Ticket.Actor.person(agent.id)

        func step(_ recording: Recording, _ event: @escaping @Sendable (Occasion) throws -> Ticket.Event) async throws {
            desk.time.advance(by: .seconds(600))
            try await desk.store.record(on: number, seeing: .desk, recording, event: event)
        }
        try await step(Recording(by: .program)) { .routed($0.ticket.responsibility, rule: "test") }
        try await step(Recording(by: by)) { _ in .taken(agent.id) }
        try await step(Recording(by: by, note: Note("For you", visibility: .internal))) { occasion in
            let key = try #require(occasion.directory.teams[team.code])
            let to = try #require(occasion.directory.responsibility(of: key, at: origin))
            return .handedOver(to, reason: "skill", note: try #require(occasion.entry))
        }
        try await step(Recording(by: by)) { .referred(supplier, note: $0.entry) }
        try await step(Recording(by: .supplier(supplier))) { _ in .supplierAcknowledged(supplier, reference: "F-77") }
        try await step(Recording(by: .supplier(supplier), note: Note("Which floor?", visibility: .internal))) {
            .supplierAsked(supplier, note: try #require($0.entry))
        }
        try await step(Recording(by: by, note: Note("The third.", visibility: .internal))) {
            .supplierAnswered(supplier, note: try #require($0.entry))
        }
        try await step(Recording(by: .supplier(supplier), note: Note("Replaced.", visibility: .internal))) {
            .supplierResolved(supplier, note: $0.entry)
        }
        try await step(Recording(by: by, note: Note("It prints again.", visibility: .public))) {
            .resolved(.solved, note: $0.entry)
        }
        try await step(Recording(by: .program)) { _ in .closed }

        let view = try #require(await desk.store.view(of: number, seeing: .desk, including: true))
        #expect(view.legs.map(\.holder.kind) == [.team, .team, .supplier, .team, .supplier, .team, .requester])
        for (leg, next) in zip(view.legs, view.legs.dropFirst()) { #expect(leg.endedAt == next.startedAt) }
        #expect(view.legs.last?.endedAt == view.ticket.times.closed)
        #expect(view.bonds.map(\.state) == [.resolved])
        #expect(view.bonds.first?.theirReference == "F-77")
        let replayed = try Ticket.replay(view.log.map(\.recorded), id: view.ticket.id)
        #expect(replayed.last?.ticket == view.ticket)
    }

    @Test(
        "The database refuses a gap between legs, an overlap, a ticket without a leg, and one nobody is responsible for"
    )
    func ledgerIsConstrained() async throws {
        let desk = try TestDesk()
        let id = try await desk.store.accept(TestDesk.submission()).ticket.id
        let database = try TestDatabase.current
        await #expect(throws: DatabaseError.self, "a gap") {
            try await database.transaction { (transaction: borrowing Transaction) in
                try await transaction.run(
                    "update leg set ended_at = started_at + interval '1 minute' where ticket = \(id)")
                try await transaction.run(
                    """
                    insert into leg (ticket, episode, started_at, previous_end, holder, site, tier, team, position,
                        reason)
                    select ticket, episode, ended_at + interval '1 second', ended_at + interval '1 second', holder,
                        site,
                        tier, team, position, reason from leg where ticket = \(id)
                    """)
            }
        }
        await #expect(throws: DatabaseError.self, "a second open leg") {
            try await database.run(
                """
                insert into leg (ticket, episode, started_at, holder, site, tier, team, position, reason)
                select ticket, episode, started_at + interval '1 second', holder, site, tier, team, position, reason
                from leg where ticket = \(id)
                """)
        }
        for table in ["ticket", "leg"] {
            await #expect(throws: DatabaseError.self, "nobody responsible") {
                try await database.run("update \(identifier: table) set position = null")
            }
        }
        await #expect(throws: DatabaseError.self, "no leg at all") {
            try await database.run("delete from leg where ticket = \(id)")
        }
    }

    @Test("Whoever changes a ticket that has changed since he read it is refused, and nothing is written")
    func staleRevision() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.store.accept(TestDesk.submission()).ticket
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) {
            .routed($0.ticket.responsibility, rule: "test")
        }
        let stale = Recording(by: .program, expecting: ticket.revision, note: Note("late", visibility: .internal))
        await #expect(throws: TicketChanged(revision: ticket.revision + 1)) {
            try await desk.store.record(on: ticket.number, seeing: .desk, stale) { .noteAdded(try #require($0.entry)) }
        }
        #expect(try await TestDatabase.current.first("select count(*) from entry", as: Int.self) == 1)
    }

    private func jobs() async throws -> [String] {
        try await TestDatabase.current.all("select kind from jobs.job order by kind", as: String.self)
    }
}
