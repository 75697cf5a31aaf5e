import Desk
import DeskStore
import DeskTestSupport
import Jobs
import Moments
import Postgres
import PostgresTestSupport
import Routing
import Runtime
import Testing

@Suite("The watch over deadlines", .database(template: TestDesk.template))
struct DeadlineWatchTests {
    /// How a deadline can fail, as what breaks its ticket or its clock and what mends it.
    enum Trouble: String, CaseIterable {
        case unknownMeasure
        case refusedEvent

        func begin(_ ticket: TicketID) -> String {
            switch self {
            case .unknownMeasure: "update clock set measure = 'moon-' || measure where ticket = \(ticket)"
            case .refusedEvent:
                """
                alter table event_default add constraint trouble check (ticket <> \(ticket) or kind <> 'deadline_near')
                """
            }
        }

        func end(_ ticket: TicketID) -> String {
            switch self {
            case .unknownMeasure: "update clock set measure = substr(measure, 6) where ticket = \(ticket)"
            case .refusedEvent: "alter table event_default drop constraint trouble"
            }
        }
    }

    @Test(
        "A deadline that cannot be told holds up no other, waits longer each time, and is told once when it can be",
        arguments: Trouble.allCases)
    func setAside(trouble: Trouble) async throws {
        let (plain, database) = (try TestDesk(), try TestDatabase.current)
        var tickets: [TicketID] = []
        for number in 0..<9 {
            tickets.append(try await plain.store.accept(TestDesk.submission(from: "p\(number)@x.example")).ticket.id)
        }
        let (bad, due) = (tickets[0], try #require(await plain.store.nextDeadline()))
        // It is due first, and is the first of every batch.
        try await database.run(
            """
            update deadline d set due_at = \(due - .seconds(1)) from clock c
            where c.id = d.clock and c.ticket = \(bad) and d.due_at = \(due)
            """)
        try await database.run(script: trouble.begin(bad))
        let desk = try TestDesk(as: "meridian_routing", at: due)
        let metrics = Metrics()
        let watch = DeadlineWatch(desk.store, sites: nil, batch: 4, metrics: metrics, log: .silent)
        #expect(try await watch.fire() == 8)
        #expect(try await near(bad) == 0)
        for ticket in tickets.dropFirst() { #expect(try await near(ticket) == 1) }
        #expect(metrics.text().contains("meridian_deadline_failures_total 1"))
        var kept = try #require(await fault(of: bad))
        #expect(kept.0 == 1 && kept.1 == due + .seconds(5) && !kept.2.isEmpty)

        // Nothing is tried before its time, and the wait grows.
        #expect(try await watch.fire() == 0)
        #expect(try await desk.store.nextDeadline() == due + .seconds(5))
        desk.time.advance(by: .seconds(5))
        #expect(try await watch.fire() == 0)
        kept = try #require(await fault(of: bad))
        #expect(kept.0 == 2 && kept.1 == due + .seconds(15))

        try await database.run(script: trouble.end(bad))
        desk.time.advance(by: .seconds(10))
        #expect(try await watch.fire() == 1)
        #expect(try await watch.fire() == 0)
        #expect(try await near(bad) == 1)
        await desk.store.database.close()
    }

    @Test("Deadlines fired by hundreds leave what each would leave by itself, whoever of several copies takes it")
    func together() async throws {
        let plain = try TestDesk()
        for number in 0..<30 {
            _ = try await plain.store.accept(TestDesk.submission(from: "p\(number)@x.example"))
        }
        let database = try TestDatabase.current
        let armed = try #require(
            await database.first(
                "select count(*) from deadline where fired_at is null and due_at is not null", as: Int.self))
        try await database.run("delete from jobs.job")
        let desk = try TestDesk(as: "meridian_routing", at: TestDesk.monday + .seconds(90 * 86_400))
        func watch() -> DeadlineWatch {
            DeadlineWatch(desk.store, sites: nil, batch: 7, metrics: Metrics(), log: .silent)
        }
        async let (one, other, third) = (watch().fire(), watch().fire(), watch().fire())
        let fired = try await one + other + third
        // What one copy held the others have passed over.
        #expect(try await fired + watch().fire() == armed)
        let events = try await database.first("select count(*) from event where kind like 'deadline%'", as: Int.self)
        #expect(events == armed)
        for number in try await database.all("select number from ticket", as: TicketNumber.self) {
            let view = try #require(await plain.store.view(of: number, seeing: .desk, including: true))
            #expect(try Ticket.replay(view.log.map(\.recorded), id: view.ticket.id).last?.ticket == view.ticket)
        }
        // The caretaker hears of every deadline, and the team's leads of those that were missed.
        let letters = try await database.first("select count(*) from letter where kind like 'deadline%'", as: Int.self)
        let missed = try await database.first("select count(*) from event where kind = 'deadline_missed'", as: Int.self)
        #expect(letters == armed + (missed ?? 0))
        let jobs = try await database.first(
            """
            select count(*) from jobs.job j join letter l on l.id = (j.arguments ->> 'letter')::bigint
            where j.kind = 'letter.send' and j.priority = \(JobPriority.low)
            """, as: Int.self)
        #expect(jobs == letters)
        await desk.store.database.close()
    }

    @Test("How late each deadline was told is a figure of the program, by which its slowest hundredth can be watched")
    func lateness() async throws {
        let plain = try TestDesk()
        for number in 0..<3 { _ = try await plain.store.accept(TestDesk.submission(from: "p\(number)@x.example")) }
        let due = try #require(await plain.store.nextDeadline())
        let desk = try TestDesk(as: "meridian_routing", at: due + .seconds(7))
        let metrics = Metrics()
        #expect(try await DeadlineWatch(desk.store, sites: nil, metrics: metrics, log: .silent).fire() == 3)
        let lines = metrics.text().split(separator: "\n").filter { $0.hasPrefix("meridian_deadline_lateness_seconds") }
        #expect(lines.contains("meridian_deadline_lateness_seconds_count 3"), "\(lines)")
        #expect(lines.contains { $0.hasPrefix("meridian_deadline_lateness_seconds_sum 21") }, "\(lines)")
        #expect(lines.contains { $0.contains("le=\"5") && $0.hasSuffix(" 0") }, "\(lines)")
        await desk.store.database.close()
    }

    private func near(_ ticket: TicketID) async throws -> Int? {
        try await TestDatabase.current.first(
            "select count(*) from event where ticket = \(ticket) and kind = 'deadline_near'", as: Int.self)
    }

    private func fault(of ticket: TicketID) async throws -> (Int, Moment, String)? {
        try await TestDatabase.current.first(
            """
            select failures, retry_at, fault from deadline d join clock c on c.id = d.clock
            where c.ticket = \(ticket) and retry_at is not null
            """, as: (Int, Moment, String).self)
    }
}
