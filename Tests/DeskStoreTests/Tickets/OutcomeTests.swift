import Desk
import DeskStore
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("No ticket ends without an outcome", .database(template: TestDesk.template))
struct OutcomeTests {
    @Test("The database itself refuses to end tickets in bulk without one", arguments: ["resolved", "closed"])
    func bulk(state: String) async throws {
        let desk = try TestDesk()
        for _ in 0..<3 { _ = try await desk.accept() }
        await #expect(throws: DatabaseError.self) {
            try await TestDatabase.current.run(
                """
                update ticket set state = \(state), resolved_at = opened_at,
                    closed_at = case when \(state) = 'closed' then opened_at end
                """)
        }
        let states = try await TestDatabase.current.all("select distinct state from ticket", as: String.self)
        #expect(states == ["new"])
    }

    @Test("A supplier's word that its part is done leaves the ticket open, for a person to say what became of it")
    func supplier() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.refer(desk.accept(), to: "fjordnett")
        let supplier = try #require(ticket.suppliers.first)
        let after = try await desk.record(on: ticket, by: .supplier(supplier), note: "Done") {
            .supplierResolved(supplier, note: $0.entry)
        }
        #expect(after.state == .assigned && after.outcome == nil)
        await #expect(throws: Refusal.self) { try await desk.record(on: ticket) { _ in .closed } }
    }

    @Test("A ticket that is merged into another ends as a duplicate")
    func merged() async throws {
        let desk = try TestDesk()
        let (first, second) = (try await desk.accept(), try await desk.accept(from: "ola@customer.example"))
        let merged = try await desk.record(on: first) { _ in .merged(into: second.id) }
        #expect(merged.outcome == .duplicate)
    }
}
