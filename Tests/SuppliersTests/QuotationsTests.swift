import Desk
import DeskStore
import DeskTestSupport
import Foundation
import JSON
import Postgres
import PostgresTestSupport
import Testing

@Suite("What is quoted in words to a supplier", .database(template: TestDesk.template))
struct QuotationsTests {
    private static let own = "Røyk kommer ut av den."
    private static let quoted = "> Døren har koden 4711.\n> Ikke si det til noen.\n"
    private static let end = "Hilsen Kari"
    private static let text = "\(own)\n\(quoted)\(end)\n\(quoted)"

    /// Where the quotations stand, and a signature, which is no quotation.
    private static var folds: [EntryFold] {
        let first = own.utf8.count + 1
        let signature = first + quoted.utf8.count
        let last = signature + end.utf8.count + 1
        return [
            EntryFold(.quote, first..<signature), EntryFold(.signature, signature..<last),
            EntryFold(.quote, last..<text.utf8.count),
        ]
    }

    /// A desk whose supplier gets what the fields say, with a ticket on which each text quotes something.
    private func shared(fields: [String]) async throws -> (SharedDesk, Ticket) {
        let shared = try await SharedDesk(
            exchangingBy: ["connector": "portal", "fields": ["description", "note", "message"] + fields], secrets: [:])
        var submission = TestDesk.submission()
        (submission.text, submission.folds) = (Self.text, Self.folds)
        let ticket = try await shared.store.accept(submission).ticket
        try await shared.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) {
            .routed($0.ticket.responsibility, rule: "test")
        }
        let supplier = try shared.supplier()
        var note = Note(Self.text, visibility: .internal)
        note.folds = Self.folds
        try await shared.store.record(on: ticket.number, seeing: .desk, Recording(by: .program, note: note)) {
            .referred(supplier, note: $0.entry)
        }
        return (shared, ticket)
    }

    /// Every text that the supplier may read, in whatever way.
    private func texts(_ shared: SharedDesk, _ ticket: Ticket) async throws -> [String?] {
        let (store, supplier) = (shared.store, try shared.supplier())
        let view = try await shared.view(ticket)
        let (bond, note) = (try #require(view.bonds.last), view.entries.last { $0.visibility == .internal })
        let told = try await store.transaction { (transaction: borrowing Transaction) in
            try await store.sharedTicket(ticket.id, with: supplier, note: note?.id, using: transaction)
        }
        let held = try await store.heldTicket(bond.uuid, of: supplier, in: shared.directory)
        let exchange = try await store.exchange(bond.uuid, of: [supplier])
        let shown = exchange?.lines.compactMap { line -> String? in
            if case .told(_, let text, _) = line.content { text } else { nil }
        }
        return [
            told?.description, told?.note, held?.description, held?.lines.last?.text,
            exchange?.exchange.facts["description"]?.string, shown?.last,
        ]
    }

    @Test("It is left out by every way, in the message, at the interface and in the portal")
    func withheld() async throws {
        let (shared, ticket) = try await shared(fields: [])
        let texts = try await texts(shared, ticket)
        #expect(texts == Array(repeating: "\(Self.own)\n\(Self.end)", count: 6))
    }

    @Test("It goes along where the allow-list has quotations")
    func allowed() async throws {
        let (shared, ticket) = try await shared(fields: ["quotations"])
        let texts = try await texts(shared, ticket)
        #expect(texts == Array(repeating: Self.text, count: 6))
    }

    @Test("Who only quotes says nothing, and who quotes nothing says all", arguments: [true, false])
    func extremes(isQuoted: Bool) async throws {
        let range = isQuoted ? "[{\"kind\": \"quote\", \"start\": 0, \"end\": \(Self.text.utf8.count)}]" : nil
        let own = try await TestDatabase.current.first(
            "select own_words(\(Self.text), \(range)::text::jsonb)", as: String.self)
        #expect(own == (isQuoted ? "" : Self.text))
    }
}
