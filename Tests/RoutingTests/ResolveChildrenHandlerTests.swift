import Desk
import DeskStore
import DeskTestSupport
import Jobs
import Postgres
import PostgresTestSupport
import Routing
import Runtime
import Testing

@Suite("Parts are solved with their whole", .database(template: TestDesk.template))
struct ResolveChildrenHandlerTests {
    private let desk: TestDesk

    /// A desk on which nothing is closed by silence.
    init() async throws {
        try await TestDesk.apply(process: [:])
        desk = try TestDesk()
    }

    private func accept(from address: String = "kari@customer.example", partOf whole: Ticket? = nil) async throws
        -> Ticket
    {
        let oslo = try await desk.store.directory().sites["OSL"]
        let ticket = try await desk.store.accept(TestDesk.submission(from: address, at: oslo)).ticket
        if let whole {
            try await desk.store.transaction { (transaction: borrowing Transaction) in
                _ = try await desk.store.attach(
                    ticket.number, toParent: whole.number, Recording(by: .program), using: transaction)
            }
        }
        return ticket
    }

    private func record(_ ticket: Ticket, _ event: @escaping @Sendable (Occasion) throws -> Ticket.Event) async throws {
        desk.time.advance(by: .seconds(60))
        try await desk.store.record(
            on: ticket.number, seeing: .desk, Recording(by: .program, note: Note("n", visibility: .internal)),
            event: event)
    }

    private func resolve(_ whole: Ticket, _ outcome: Ticket.Outcome) async throws {
        try await record(whole) { _ in .resolved(outcome, note: nil) }
        try await desk.drainRouting()
    }

    @Test("Each open part ends as the whole did, with a note that its requester reads if he asked for the whole too")
    func parts() async throws {
        let whole = try await accept()
        let (own, foreign) = try await (accept(partOf: whole), accept(from: "ola@customer.example", partOf: whole))
        let (ended, out) = try await (accept(partOf: whole), accept(partOf: whole))
        try await record(ended) { _ in .resolved(.withdrawn, note: nil) }
        try await record(out) { _ in .leftParent }
        try await resolve(whole, .workedAround)
        for (part, visibility) in [(own, Visibility.public), (foreign, .internal)] {
            let view = try await desk.view(of: part)
            #expect(view.ticket.state == .resolved && view.ticket.outcome == .workedAround)
            let note = try #require(view.entries.last { $0.kind == .system })
            #expect(note.visibility == visibility && note.text.contains(whole.number.description))
            #expect(view.log.last?.cause == "resolution of \(whole.number)")
        }
        #expect(try await desk.view(of: ended).ticket.outcome == .withdrawn)
        #expect(try await !desk.view(of: out).ticket.hasEnded)
    }

    @Test(
        "A part that went to a confidential team ends too; its note does not name the whole to those who may not see it"
    )
    func confidential() async throws {
        let whole = try await accept()
        let part = try await accept(from: "ola@customer.example", partOf: whole)
        try await record(part) { occasion in
            let team = try #require(occasion.directory.teams["osl-staff"])
            let to = try #require(occasion.directory.responsibility(of: team, at: occasion.ticket.origin))
            return .handedOver(to, reason: "expertise", note: try #require(occasion.entry))
        }
        try await resolve(whole, .solved)
        let ended = try await desk.view(of: part)
        #expect(ended.ticket.state == .resolved && ended.ticket.responsibility.isConfidential)
        let note = try #require(ended.entries.last { $0.kind == .system })
        #expect(note.visibility == .internal && !note.text.contains(whole.number.description))
    }

    @Test("A supplier that had a part is told that it is settled, and nobody has solved that at first contact")
    func supplier() async throws {
        let whole = try await accept()
        let part = try await accept(partOf: whole)
        try await record(part) { .referred(try #require($0.directory.suppliers["fjordnett"]), note: $0.entry) }
        try await resolve(whole, .solvedFirstContact)
        let ended = try await desk.view(of: part).ticket
        #expect(ended.state == .resolved && ended.outcome == .solved && ended.sharings.isEmpty)
        let messages = try await TestDatabase.current.all(
            "select kind from supplier_message order by id", as: String.self)
        #expect(messages == ["referral", "withdrawal"])
        #expect(try await desk.view(of: whole).ticket.outcome == .solvedFirstContact)
    }

    @Test("More parts than one transaction changes end in several, and none is left")
    func many() async throws {
        let whole = try await accept()
        let kari = TestDesk.submission(from: "kari@customer.example", at: try await desk.store.directory().sites["OSL"])
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            for _ in 0..<120 {
                let part = try await desk.store.accept(kari, using: transaction).ticket
                _ = try await desk.store.attach(
                    part.number, toParent: whole.number, Recording(by: .program), using: transaction)
            }
        }
        try await resolve(whole, .solved)
        let parts = try await TestDatabase.current.all(
            "select state, count(*) from ticket where parent = \(whole.id) group by state",
            as: (String, Int).self)
        #expect(parts.map(\.0) == ["resolved"] && parts.first?.1 == 120)
        let jobs = try await TestDatabase.current.first(
            "select count(*) from jobs.finished where kind = \(ResolveChildren.kind.rawValue)", as: Int.self)
        #expect(jobs == 3)
    }
}
