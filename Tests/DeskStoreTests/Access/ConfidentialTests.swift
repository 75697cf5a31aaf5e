import Desk
import DeskStore
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Testing

@Suite("A confidential team's tickets, as the gateway's role", .database(template: TestDesk.template))
struct ConfidentialTests {
    /// A ticket that the routing table gives to the confidential team, with a tag and a question in it.
    private func confidential() async throws -> (TestDesk, Ticket) {
        let desk = try TestDesk()
        let oslo = try await desk.store.directory().sites["OSL"]
        let submission = TestDesk.submission(at: oslo, subject: "Feil i lønn")
        let ticket = try await desk.store.accept(submission).ticket
        let outcome = try await desk.store.transaction { (transaction: borrowing Transaction) in
            try await desk.store.route(ticket.id, cause: "test", using: transaction)
        }
        guard case .routed(let record, let decision) = outcome else { throw NoOrganisation() }
        #expect(decision.team == "osl-staff" && record.ticket.responsibility.isConfidential)
        try await desk.record(on: ticket, note: "Only between us") { .noteAdded(try #require($0.entry)) }
        let tagged = try await desk.record(on: ticket) { _ in
            var changes = Changes()
            changes.tags = ["pay"]
            return .changed(changes)
        }
        return (desk, tagged)
    }

    private static let tables = [
        "ticket", "ticket_access", "ticket_tag", "entry", "event", "leg", "clock", "clock_segment", "deadline",
        "letter",
    ]

    private func counts(_ sight: Sight) async throws -> [Int] {
        var counts: [Int] = []
        try await TestDesk.playing("meridian_intake") { gateway in
            for table in Self.tables {
                let count = try await gateway.store.transaction(seeing: sight) { (transaction: borrowing Transaction) in
                    try await transaction.first("select count(*) from \(identifier: table)", as: Int.self)
                }
                counts.append(count ?? -1)
            }
        }
        return counts
    }

    @Test(
        "No table shows or counts a row of them to people outside, agents, leads or administrators of whatever site",
        arguments: ["kari.nordmann", "ola.hansen", "ingrid.solberg", "sofie.berg", "anouk.devries", "bram.jansen"])
    func tables(outsider: String) async throws {
        let (desk, _) = try await confidential()
        #expect(try await counts(desk.sight(of: outsider)) == Self.tables.map { _ in 0 })
        #expect(try await counts(desk.sight(of: "marit.dahl")).allSatisfy { $0 > 0 })
    }

    @Test("No search and no filter finds them from outside, and nobody can change them")
    func searches() async throws {
        let (desk, ticket) = try await confidential()
        let directory = try await desk.store.directory()
        var (words, number, team, tag) = (TicketFilter(), TicketFilter(), TicketFilter(), TicketFilter())
        (words.words, number.words) = ("lønn", ticket.number.description)
        (team.team, tag.tag) = (directory.teams["osl-staff"], "pay")
        let outside = try await desk.sight(of: "ingrid.solberg")
        let everyToken = directory.sight(of: nil)
        let inside = try await desk.sight(of: "marit.dahl")
        try await TestDesk.playing("meridian_intake") { (gateway: TestDesk) async throws -> Void in
            for filter in [words, number, team, tag, TicketFilter()] {
                for sight in [outside, everyToken] {
                    #expect(try await gateway.store.tickets(filter, seeing: sight).isEmpty)
                    #expect(try await gateway.store.workload(filter, seeing: sight).isEmpty)
                    #expect(try await gateway.store.cards(filter, seeing: sight).isEmpty)
                }
                #expect(try await gateway.store.tickets(filter, seeing: inside).count == 1)
            }
            await #expect(throws: NoSuchTicket.self) {
                try await gateway.record(on: ticket, seeing: outside) { _ in .closed }
            }
            await #expect(throws: NoSuchTicket.self) {
                try await gateway.store.askForRouting(of: ticket.number, by: ticket.requester, seeing: outside)
            }
        }
    }
}
