import Desk
import DeskStore
import DeskTestSupport
import Jobs
import Postgres
import PostgresTestSupport
import RoutingTestSupport
import Runtime
import Testing

@Suite("Why a ticket is where it is, and routing it again", .database(template: TestDesk.template))
struct RoutingAgainTests {
    private let desk: TestDesk

    init() throws { desk = try TestDesk() }

    private func routed(_ subject: String) async throws -> TicketView {
        let oslo = try await desk.store.directory().sites["OSL"]
        let ticket = try await desk.store.accept(TestDesk.submission(at: oslo, subject: subject)).ticket
        let worker = try TestDesk(as: "meridian_routing")
        try await RoutingRun(worker).drain("routing")
        await worker.store.database.close()
        return try await view(of: ticket.number)
    }

    private func view(of number: TicketNumber) async throws -> TicketView {
        try #require(await desk.store.view(of: number, seeing: .desk, including: true))
    }

    private func again(_ ticket: Ticket, by actor: Ticket.Actor = .program) async throws -> RoutingOutcome {
        desk.time.advance(by: .seconds(60))
        return try await desk.store.transaction { (transaction: borrowing Transaction) in
            try await desk.store.route(ticket.id, again: true, by: actor, cause: "test", using: transaction)
        }
    }

    /// Puts a rule for fibre before all others, in a new version of the document.
    private func mend(_ then: [String: Any]) async throws {
        let mended = try TestDesk.organisation { document in
            let rule: [String: Any] = ["name": "Fibre", "when": ["words": ["fiber*"]], "then": then]
            document["routing"] = [rule] + (document["routing"] as? [[String: Any]] ?? [])
        }
        _ = try await desk.store.apply(mended, by: "the test")
    }

    private func reasons(_ view: TicketView) throws -> RoutingReasons {
        let last = view.log.last { $0.recorded.event.kind == .routed }
        guard case .routed(_, _, let why) = try #require(last).recorded.event else { throw NoOrganisation() }
        return why
    }

    @Test("The event keeps the rules that had a say and the phrases of the table, and nothing that a person wrote")
    func reasons() async throws {
        let view = try await routed("Fiberlinjen paa Sagene er nede")
        let why = try reasons(view)
        #expect(why.steps.map(\.rule).contains("Words of lines"))
        #expect(why.steps.flatMap(\.facts).contains(RoutingFinding(.text, "fiber*")))
        #expect(why.steps.allSatisfy { !$0.decided.isEmpty } && why.version != nil)
        #expect(why.choice?.isOpen == true && !why.isAgain)
        let kept = try await TestDatabase.current.all("select data from event", as: String.self)
        #expect(kept.allSatisfy { !$0.lowercased().contains("sagene") && !$0.lowercased().contains("fiberlinjen") })
    }

    @Test(
        "A ticket is routed again after the table was mended; what people decided stands, what a rule said does not"
    )
    func again() async throws {
        let view = try await routed("Fiberlinjen er nede")
        #expect(view.directory.teams.code(of: view.ticket.responsibility.place.team) == "ams-network")
        var override = Changes()
        (override.priority, override.basis, override.impact) = (.planned, .person, .low)
        let person = view.ticket.requester
        try await desk.store.record(on: view.ticket.number, seeing: .desk, Recording(by: .person(person))) {
            [override] _ in .changed(override)
        }
        let mended = try TestDesk.organisation { document in
            let rule: [String: Any] = [
                "name": "Fibre is the platform's", "when": ["words": ["fiber*"]],
                "then": ["team": "osl-platform", "category": "platform", "priority": 1, "tags": ["fibre"]],
            ]
            document["routing"] = [rule] + (document["routing"] as? [[String: Any]] ?? [])
        }
        _ = try await desk.store.apply(mended, by: "the test")
        guard case .routed(let record, let decision) = try await again(view.ticket) else {
            Issue.record("it was not routed")
            return
        }
        #expect(decision.rule == "Fibre is the platform's" && decision.impact == .low)
        let after = try await self.view(of: record.ticket.number)
        let classification = after.ticket.classification
        #expect(
            classification.priority == .planned && classification.basis == .person && classification.tags == ["fibre"])
        #expect(
            classification.category.map { after.directory.categories.code(of: $0) } == "platform",
            "a rule's, not a person's")
        #expect(try reasons(after).isAgain)
        var filter = TicketFilter()
        filter.tag = "fibre"
        #expect(try await desk.store.tickets(filter, seeing: .desk).map(\.ticket.id) == [after.ticket.id])
        guard case .stays = try await again(after.ticket) else {
            Issue.record("it was moved once more")
            return
        }
        #expect(try await self.view(of: record.ticket.number).ticket.revision == after.ticket.revision)
    }

    @Test("Whoever asks for the table makes its words not his own: a table mended once more decides anew, tags and all")
    func askedByAPerson() async throws {
        let view = try await routed("Fiberlinjen er nede")
        let kari = try #require(await desk.store.person(at: "kari.nordmann@norrsken.example"))
        var changes = Changes()
        changes.tags = ["seen"]
        try await desk.store.record(on: view.ticket.number, seeing: .desk, Recording(by: .person(kari.id))) {
            [changes] _ in .changed(changes)
        }
        try await mend([
            "team": "osl-platform", "category": "platform", "impact": 1, "urgency": 1, "kind": "service_request",
            "tags": ["fibre", "night"],
        ])
        _ = try await again(view.ticket, by: .person(kari.id))
        let asked = try await self.view(of: view.ticket.number)
        #expect(asked.ticket.classification.tags == ["fibre", "night", "seen"])
        #expect(asked.ticket.classification.kind == .serviceRequest)
        #expect(asked.log.last?.recorded.actor == .person(kari.id))
        try await mend(["team": "osl-platform", "category": "vpn", "impact": 3, "urgency": 3, "tags": ["night"]])
        _ = try await again(view.ticket, by: .person(kari.id))
        let anew = try await self.view(of: view.ticket.number)
        let classification = anew.ticket.classification
        #expect(classification.category.map { anew.directory.categories.code(of: $0) } == "vpn")
        #expect(classification.kind == .incident && classification.impact == .low && classification.urgency == .low)
        #expect(classification.tags == ["night", "seen"])
    }

    @Test("A closed ticket is not routed again")
    func ended() async throws {
        let view = try await routed("Hei")
        try await desk.store.record(on: view.ticket.number, seeing: .desk, Recording(by: .program)) { _ in
            .resolved(.solved, note: nil)
        }
        let error = await #expect(throws: Refusal.self) { try await again(view.ticket) }
        #expect(error?.reason == .isResolved)
    }
}
