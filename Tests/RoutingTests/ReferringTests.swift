import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Routing
import RoutingTestSupport
import Runtime
import Testing

@Suite("How a ticket comes to a supplier, and what follows when that is late", .database(template: TestDesk.template))
struct ReferringTests {
    private func desk(_ edit: (inout [String: Any]) throws -> Void) async throws -> TestDesk {
        let desk = try TestDesk()
        let edited = try TestDesk.organisation { document in
            document["automation"] = [[String: Any]]()
            document["macros"] = [[String: Any]]()
            document["process"] = [String: Any]()
            try edit(&document)
        }
        _ = try await desk.store.apply(edited, by: "the tests")
        return desk
    }

    /// A desk on which Fjordnett has an hour to acknowledge and two to solve, around the clock.
    private func desk(contract members: [String: Any]) async throws -> TestDesk {
        try await desk { document in
            document["targets"] = [[String: Any]]()
            let usual = ["acknowledges_within": "1h", "resolves_within": "2h", "calendar": "always"]
            let contract = (usual as [String: Any]).merging(members) { $1 }
            let suppliers = document["suppliers"] as? [[String: Any]] ?? []
            document["suppliers"] = suppliers.map { supplier in
                supplier["code"] as? String == "fjordnett" ? supplier.merging(["contract": contract]) { $1 } : supplier
            }
        }
    }

    /// What the worker's own role does: it routes, and tells of what is due.
    private func work(_ desk: TestDesk) async throws {
        let worker = try TestDesk(as: "meridian_routing", time: desk.time)
        try await RoutingRun(worker).drain("routing")
        _ = try await DeadlineWatch(worker.store, sites: nil, metrics: Metrics(), log: .silent).fire()
        try await RoutingRun(worker).drain("routing")
        await worker.store.database.close()
    }

    private func kinds(_ number: TicketNumber, _ desk: TestDesk) async throws -> [Ticket.Event.Kind] {
        try #require(await desk.store.view(of: number, seeing: .desk, including: true)).log.map(\.recorded.event.kind)
    }

    private func messages() async throws -> [String] {
        try await TestDatabase.current.all(
            "select concat_ws(' ', kind, measure, percent) from supplier_message order by id", as: String.self)
    }

    private func referred(_ desk: TestDesk) async throws -> (TicketNumber, SupplierID) {
        let number = try await desk.store.accept(TestDesk.submission()).ticket.number
        try await work(desk)
        let supplier = try #require(await desk.store.directory().suppliers["fjordnett"])
        try await record(on: number, desk) { .referred(supplier, note: $0) }
        return (number, supplier)
    }

    private func record(
        on number: TicketNumber, _ desk: TestDesk, _ event: @escaping @Sendable (EntryID) throws -> Ticket.Event
    ) async throws {
        let agent = try #require(await desk.store.person(at: "kari.nordmann@norrsken.example")).id
        let recording = Recording(by: .person(agent), note: Note("So be it.", visibility: .internal))
        try await desk.store.record(on: number, seeing: .desk, recording) { try event(#require($0.entry)) }
    }

    @Test("A rule of the routing table gives it to a supplier, behind the team that answers for it")
    func byRule() async throws {
        let desk = try await desk { document in
            let rules = document["routing"] as? [[String: Any]] ?? []
            let rule: [String: Any] = [
                "name": "Fires are the printers' maker's", "when": ["words": ["fire"]],
                "then": ["supplier": "printwerk"],
            ]
            document["routing"] = [rule] + rules
        }
        let number = try await desk.store.accept(TestDesk.submission()).ticket.number
        try await work(desk)
        let view = try #require(await desk.store.view(of: number, seeing: .desk, including: true))
        let printwerk = try #require(view.directory.suppliers["printwerk"])
        #expect(view.ticket.holder == .supplier(printwerk) && view.ticket.state == .waitingSupplier)
        #expect(view.directory.teams.code(of: view.ticket.responsibility.place.team) == "osl-first")
        #expect(view.log.map(\.recorded.event.kind).suffix(2) == [.routed, .referred])
        #expect(view.log.last?.recorded.actor == .program)
        #expect(try await messages() == ["referral"])
        let step = view.log.compactMap { line -> RoutingDecision.Step? in
            if case .routed(_, _, let why) = line.recorded.event { why.steps.first } else { nil }
        }.first
        #expect(step?.decided == [RoutingFinding(.supplier, "printwerk")])
    }

    @Test("A target that lapses gives it to a supplier by a rule, once, and not when somebody has referred it before")
    func byLapsedTarget() async throws {
        let desk = try await desk { document in
            document["targets"] = [
                ["name": "Usual", "measure": "resolution", "within": "1h", "calendar": "always", "pauses": [String]()]
            ]
            document["automation"] = [
                [
                    "name": "Late", "on": ["deadline_missed"], "measures": ["resolution"],
                    "do": [["refer": ["supplier": "fjordnett", "note": ["en": "{number} is late."]]]],
                ]
            ]
        }
        let late = try await desk.store.accept(TestDesk.submission()).ticket.number
        let (shared, _) = try await referred(desk)
        desk.time.advance(by: .seconds(3601))
        try await work(desk)
        #expect(try await kinds(late, desk).suffix(3) == [.deadlineMissed, .automated, .referred])
        #expect(try await kinds(shared, desk).last == .deadlineMissed)
        #expect(try await messages().filter { $0 == "referral" }.count == 2)
        let note = try await TestDatabase.current.first(
            """
            select e.text from supplier_message m join supplier_ticket b on b.id = m.supplier_ticket
                join ticket t on t.id = b.ticket join entry e on e.ticket = t.id and e.id = m.note
            where t.number = \(late)
            """, as: String.self)
        #expect(note == "\(late) is late.")
    }

    @Test("A contract that is not kept warns the desk, is carried up there, and told to the supplier step by step")
    func escalation() async throws {
        let desk = try await desk(contract: [
            "escalate": [["percent": 100, "to": "lead"], ["percent": 150, "to": "site"]],
            "escalate_there": [["percent": 100, "text": "It is over."], ["percent": 200, "urgency": 1]],
        ])
        let (number, supplier) = try await referred(desk)
        try await record(on: number, desk) { _ in .supplierAcknowledged(supplier, reference: "FN-1") }
        let before = try await kinds(number, desk).count
        // Two hours in all: a warning after one and a half, then 100 %, 150 % and 200 %.
        for (minutes, told) in [(91, 1), (30, 4), (60, 5), (60, 6)] {
            desk.time.advance(by: .seconds(minutes * 60))
            try await work(desk)
            #expect(try await kinds(number, desk).count == before + told)
        }
        let kinds = try await kinds(number, desk).suffix(6)
        #expect(kinds.first == .deadlineNear)
        #expect(kinds.dropFirst().prefix(1) == [.deadlineMissed], "It is missed before anybody above hears of it.")
        #expect(Set(kinds.dropFirst(2).prefix(2)) == [.escalated, .supplierEscalated])
        #expect(kinds.suffix(2) == [.escalated, .supplierEscalated])
        #expect(
            try await messages() == [
                "referral", "escalation supplier_resolution 100", "escalation supplier_resolution 200",
            ])
        let levels = try await TestDatabase.current.all(
            "select data::jsonb->>'level' from event where kind = 'escalated' order by id", as: String.self)
        #expect(levels == ["lead", "site"])
    }

    @Test("Nothing is escalated to a supplier that has no such agreement, or has given the ticket back in time")
    func quiet() async throws {
        let desk = try await desk(contract: ["escalate_there": [["percent": 100]]])
        let (returned, supplier) = try await referred(desk)
        let printwerk = try #require(await desk.store.directory().suppliers["printwerk"])
        let other = try await desk.store.accept(TestDesk.submission(from: "ola@customer.example")).ticket.number
        try await work(desk)
        try await record(on: other, desk) { .referred(printwerk, note: $0) }
        try await record(on: returned, desk) { .supplierReturned(supplier, note: $0) }
        desk.time.advance(by: .seconds(40 * 86_400))
        try await work(desk)
        #expect(try await messages() == ["referral", "referral"])
        #expect(try await kinds(other, desk).contains(.deadlineMissed))
    }
}
