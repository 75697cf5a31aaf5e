import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import Jobs
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import SupplierTestSupport
import Testing

/// A desk one of whose suppliers has the system that is examined.
final class ExaminedDesk {
    let shared: SharedDesk
    let system: any PlayedSystem
    /// How far the worker is ahead of the database's clock.
    private var lead = Duration.zero

    /// Who carries between the two, where nothing is posted to the system.
    private let messenger: (any Messenger)?

    private init(_ shared: SharedDesk, _ system: any PlayedSystem) throws {
        (self.shared, self.system) = (shared, system)
        messenger = try (system as? any CarriedSystem)?.messenger(of: shared)
    }

    /// - Parameter more: what the supplier may see beside words.
    static func run(
        _ examinee: Examinee, allowing more: [String] = [], _ body: (ExaminedDesk) async throws -> Void
    ) async throws {
        let system = try examinee.make(ManualTime(TestDesk.monday))
        try await system.run {
            let fields: [String: Any] = ["fields": ["subject", "description", "note", "message"] + more]
            let shared = try await SharedDesk(
                exchangingBy: system.members.merging(examinee.terms as [String: Any]) { $1 }.merging(fields) { $1 },
                secrets: system.secrets)
            let desk = try ExaminedDesk(shared, system)
            try await body(desk)
            await desk.messenger?.close()
            await shared.worker.store.database.close()
        }
    }

    /// What the desk says to the supplier on a ticket.
    enum Word: CaseIterable {
        case answer, message, withdrawal, reopening
    }

    func say(_ text: String, as word: Word = .answer, on ticket: Ticket) async throws {
        let supplier = try shared.supplier()
        try await shared.record(on: ticket, note: text) { occasion in
            let note = try #require(occasion.entry)
            return switch word {
            case .answer: .supplierAnswered(supplier, note: note)
            case .message: .messageSent(note)
            case .withdrawal: .recalled(supplier, note: note)
            case .reopening: .referred(supplier, note: note)
            }
        }
    }

    /// Has the worker do what is due.
    func work() async throws {
        system.clock.advance(to: shared.time.now)
        try await shared.workThrough(later: lead)
        try await messenger?.carry(ahead: lead)
    }

    /// Lets time go by, and has the worker do what is due then.
    func pass(_ span: Duration) async throws {
        shared.time.advance(by: span)
        lead += span
        try await work()
    }

    /// Until nothing is left to be tried again.
    func settle() async throws {
        try await work()
        for _ in 0..<12 where try await isBusy { try await pass(.seconds(20 * 3_600)) }
        try await handOver()
    }

    private var isBusy: Bool {
        get async throws {
            if try await !shared.jobs().isEmpty { return true }
            return try await messenger?.isBusy ?? false
        }
    }

    /// Gives the system what it fetches, as the door does.
    private func handOver() async throws {
        for file in system.wanted {
            guard let found = try await shared.store.file(file.id, of: shared.supplier()) else { continue }
            system.take(
                try await shared.store.bytes(of: found.id, sha256: found.sha256, size: found.size), of: file)
        }
    }

    /// Has the desk learn what is new with the supplier.
    func hear() async throws {
        for said in system.takeSaid() {
            _ = try await shared.store.receive(said.body, messageID: said.id, from: shared.supplier())
        }
        try await messenger?.bring()
        try await shared.database.transaction { _ = try await $0.enqueue(PollSuppliers()) }
        try await work()
    }

    /// Has the last message of a ticket carried over again, as after a worker that ended before it could say that.
    func forgetLast(of ticket: Ticket) async throws {
        let last = try await shared.database.first(
            """
            select m.id from supplier_message m join supplier_ticket b on b.id = m.supplier_ticket
            where b.ticket = \(ticket.id) order by m.sequence desc limit 1
            """, as: Int64.self)
        try await shared.store.replay(try #require(last), to: shared.supplier())
    }

    func bond(_ ticket: Ticket) async throws -> BondView { try #require(await shared.view(ticket).bonds.last) }

    /// What the supplier's system has of a ticket.
    func held(_ ticket: Ticket) async throws -> [PlayedTicket] {
        let exchange = try await bond(ticket).uuid
        return system.held.filter { $0.exchange == exchange }
    }

    /// What the desk has of the supplier's words on a ticket.
    func heard(on ticket: Ticket) async throws -> [String] {
        let supplier = try shared.supplier()
        return try await shared.view(ticket).entries.filter { $0.supplier == supplier }.map(\.text)
    }

    /// Holds that both sides have the same: one ticket in one state, and each other's words once, in order.
    ///
    /// - Parameters:
    ///   - ours: what the desk has said.
    ///   - theirs: what the supplier's people have.
    ///   - words: what a failure is to name.
    func expectEqual(
        _ ticket: Ticket, ours: [String], theirs: [String], _ state: PlayedTicket.State? = nil, _ words: String = "",
        location: SourceLocation = #_sourceLocation
    ) async throws {
        let (held, bond) = (try await held(ticket), try await bond(ticket))
        #expect(held.count == 1, "tickets there, \(words)", sourceLocation: location)
        guard let held = held.first else { return }
        // A system may put something behind our words, and ask for some with a state.
        let ofDesk = held.notes.filter { $0.isOurs && $0.text.contains("#") }.map { Self.beginning($0.text) }
        #expect(ofDesk == ours, "\(words)", sourceLocation: location)
        let ofSupplier = held.notes.filter { !$0.isOurs && $0.text.contains("#") }.map(\.text)
        #expect(ofSupplier == theirs, "\(words)", sourceLocation: location)
        let heard = try await heard(on: ticket).filter { $0.contains("#") }
        #expect(heard == theirs, "\(words)", sourceLocation: location)
        #expect(held.state.agrees(with: bond.state), "\(held.state), \(bond.state), \(words)", sourceLocation: location)
        if let state { #expect(held.state == state, "\(words)", sourceLocation: location) }
        let jobs = try await shared.jobs()
        #expect(jobs == [], "\(words)", sourceLocation: location)
    }

    private static func beginning(_ text: String) -> String {
        String(text.prefix { !$0.isNewline })
    }
}
