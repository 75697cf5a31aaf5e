import Catalogue
import Desk
import DeskStore
import DeskSuppliers
import Moments
import Postgres
import Runtime

/// Records on a ticket what a supplier says of its own, whether a door kept it, a poll found it or an answer told it.
struct StatementRecorder: Sendable {
    let store: DeskStore

    /// Why a statement changes nothing.
    enum Passed: String, Sendable {
        /// It is what we wrote there ourselves.
        case echo = "our own words"
        /// The exchange has ended, and nothing was said in words.
        case late = "the exchange has ended"
    }

    /// - Returns: why nothing was recorded; nil where it was.
    /// - Throws: ``UnknownExchange``, `Refusal`, `DatabaseError`.
    @discardableResult
    func record(
        _ statement: SupplierStatement, of supplier: Supplier, as id: SupplierID, cause: String,
        using transaction: borrowing Transaction
    ) async throws -> Passed? {
        // Whoever changes a ticket holds it before its exchanges.
        guard let found = try await transaction.bond(statement.exchange, with: id),
            let ticket = try await transaction.ticket(found.ticket)?.ticket,
            let bond = try await transaction.bond(found.id), !bond.serves
        else {
            throw UnknownExchange(description: "there is no exchange \(statement.exchange)")
        }
        if let item = statement.item, try await transaction.wrote(item, in: bond.id) { return .echo }
        try await transaction.hear(bond, statement, at: store.timekeeper.now)
        let wording = Wording(Language(tag: ticket.language) ?? .english)
        let isLate = bond.endedAt != nil
        // Whatever it asks for comes too late, but its words are not lost.
        guard let meaning = isLate ? statement.note : statement.meaning(for: supplier.mapping, in: bond, wording)
        else { return .late }
        switch meaning {
        case .nothing: break
        case .progress(let state): try await transaction.move(bond.id, to: state)
        case .said(let content, let words, let state):
            if let state { try await transaction.move(bond.id, to: state) }
            let asksRequester = content.isQuestion && supplier.asksRequesters && ticket.holder == .supplier(id)
            // Files need something to stand at.
            let words = words ?? (statement.files.isEmpty && statement.named.isEmpty ? nil : "")
            let isForDesk = isLate || content.isQuestion && !asksRequester
            let recording = Recording(
                by: .supplier(id),
                note: words.map {
                    Note($0, visibility: isForDesk ? .internal : supplier.mapping.notes, channel: .supplier)
                },
                cause: cause)
            let shared = try await store.record(on: bond.ticket, recording, using: transaction) { occasion in
                if isLate, let entry = occasion.entry { return .supplierNoted(id, note: entry) }
                if asksRequester, let entry = occasion.entry { return .requesterAsked(entry) }
                return content.event(on: occasion.ticket, of: id, note: occasion.entry)
            }
            if !statement.files.isEmpty, let entry = try await transaction.lastEntry(of: shared.ticket.id) {
                _ = try await transaction.attach(statement.files, of: shared.ticket.id, to: entry)
            }
            try await store.fetch(
                statement.named, in: bond.uuid, of: bond.ticket, from: supplier, as: id, using: transaction)
        }
        return nil
    }
}

/// A supplier speaks of an exchange that it has no part in, or no longer.
struct UnknownExchange: Error, CustomStringConvertible {
    let description: String
}

extension Transaction {
    /// The exchange that a supplier means.
    borrowing func bond(_ key: ExchangeKey, with supplier: SupplierID) async throws -> BondView? {
        switch key {
        case .id(let id): try await bond(of: supplier, uuid: id, reference: nil)
        case .remote(let remote): try await bond(of: supplier, remote: remote)
        case .reference(let reference): try await bond(of: supplier, uuid: nil, reference: reference)
        }
    }

    fileprivate borrowing func hear(
        _ bond: BondView, _ statement: SupplierStatement, at now: Moment
    ) async throws {
        var state: String?
        if case .stated(let word, _) = statement.content { state = word }
        try await hear(
            bond.id, state: state, priority: statement.priority, severity: statement.severity,
            remote: statement.exchange.remote, at: now)
    }
}

extension ExchangeKey {
    fileprivate var remote: String? { if case .remote(let remote) = self { remote } else { nil } }
}

extension Supplier {
    /// Whether what it asks goes to the requester by itself: another desk whose words he may read asks him, and not us.
    fileprivate var asksRequesters: Bool {
        if case .sister = connector { mapping.notes == .public } else { false }
    }
}
