import Desk
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@testable import DeskStore

@Suite("Who hears of a missed target", .database(template: TestDesk.template))
struct CarriedUpTests {
    /// An hour for the usual, of which the lead hears, and half an hour for the urgent, of which others hear.
    private static func desk(urgent: [[String: Any]], usual: [[String: Any]]) async throws -> TestDesk {
        let desk = try TestDesk()
        let organisation = try TestDesk.organisation { document in
            document["targets"] = [
                [
                    "name": "Urgent", "measure": "resolution", "priorities": [1], "within": "30m", "calendar": "always",
                    "escalate": urgent,
                ],
                ["name": "Usual", "measure": "resolution", "within": "1h", "calendar": "always", "escalate": usual],
            ]
        }
        _ = try await desk.store.apply(organisation, by: "the tests")
        return desk
    }

    /// Fires what is due and returns the levels that have heard of the ticket so far, as often as they have.
    private static func told(_ desk: TestDesk, _ ticket: Ticket) async throws -> [EscalationLevel] {
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            let due = try await desk.store.claimDeadlines(100, at: nil, now: desk.time.now, using: transaction)
            try await desk.store.fire(due, using: transaction)
        }
        let view = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
        return view.log.compactMap { kept in
            if case .escalated(let level, _, _) = kept.recorded.event { level } else { nil }
        }
    }

    private static func change(_ ticket: Ticket, to priority: Priority, _ desk: TestDesk) async throws {
        var changes = Changes()
        changes.priority = priority
        desk.time.advance(by: .seconds(60))
        try await desk.record(on: ticket) { [changes] _ in .changed(changes) }
    }

    @Test("Another target's step at the same part of its time tells a higher level, which has not heard of it")
    func higher() async throws {
        let desk = try await Self.desk(
            urgent: [["percent": 100, "to": "site"]], usual: [["percent": 100, "to": "lead"]])
        let ticket = try await desk.accept(at: "OSL")
        desk.time.advance(by: .seconds(3600))
        #expect(try await Self.told(desk, ticket) == [.lead])
        try await Self.change(ticket, to: .critical, desk)
        #expect(try await Self.told(desk, ticket) == [.lead, .site])
        // Nobody hears of it again, whatever it becomes.
        for priority in [Priority.low, .critical] {
            try await Self.change(ticket, to: priority, desk)
            desk.time.advance(by: .seconds(90 * 60))
            #expect(try await Self.told(desk, ticket) == [.lead, .site])
        }
        #expect(try await desk.store.nextDeadline() == nil)
    }

    @Test("A level below one that has heard of it is not told, nor is one told twice, at whatever part of a target")
    func lower() async throws {
        let desk = try await Self.desk(
            urgent: [["percent": 50, "to": "site"]],
            usual: [
                ["percent": 50, "to": "lead"], ["percent": 100, "to": "site"],
                ["percent": 150, "to": "organisation"],
            ])
        let ticket = try await desk.accept(at: "OSL")
        try await Self.change(ticket, to: .critical, desk)
        desk.time.advance(by: .seconds(20 * 60))
        #expect(try await Self.told(desk, ticket) == [.site])
        try await Self.change(ticket, to: .medium, desk)
        desk.time.advance(by: .seconds(60 * 60))
        #expect(try await Self.told(desk, ticket) == [.site])
        desk.time.advance(by: .seconds(10 * 60))
        #expect(try await Self.told(desk, ticket) == [.site, .organisation])
    }

    @Test("A step whose hour has come is told, though another target holds by then; the other's is told in its time")
    func pending() async throws {
        let desk = try await Self.desk(
            urgent: [["percent": 100, "to": "lead"]], usual: [["percent": 100, "to": "site"]])
        let ticket = try await desk.accept(at: "OSL")
        try await Self.change(ticket, to: .critical, desk)
        desk.time.advance(by: .seconds(30 * 60))
        try await Self.change(ticket, to: .medium, desk)
        #expect(try await Self.told(desk, ticket) == [.lead])
        desk.time.advance(by: .seconds(30 * 60))
        #expect(try await Self.told(desk, ticket) == [.lead, .site])
    }

    @Test("A step that a program of before this has armed tells the level that the target in force names")
    func former() async throws {
        let desk = try await Self.desk(
            urgent: [["percent": 100, "to": "site"]], usual: [["percent": 100, "to": "lead"]])
        let ticket = try await desk.accept(at: "OSL")
        try await TestDatabase.current.run("update deadline set kind = 'escalation' where kind = 'escalation_lead'")
        desk.time.advance(by: .seconds(3600))
        #expect(try await Self.told(desk, ticket) == [.lead])
    }
}
