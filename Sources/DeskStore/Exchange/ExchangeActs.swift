public import Desk
public import Foundation
import Moments
public import Postgres

/// The exchange has gone on, or has ended, since it was read.
public struct ExchangeChanged: Error, Equatable, CustomStringConvertible {
    public var description: String { "The exchange has gone on since you read it. Look at it again." }
}

/// What somebody of a supplier does in the portal.
public struct ExchangeAct: Sendable {
    public let exchange: UUID
    /// How far it had come when he read it; nil where that does not matter.
    public var seen: String?
    public var note: Note?
    /// The same as a message of the supplier's system would say it.
    public let message: String
    /// What caused it, for the log.
    public let cause: String?

    public init(on exchange: UUID, seen: String? = nil, note: Note? = nil, message: String, cause: String?) {
        (self.exchange, self.seen, self.note) = (exchange, seen, note)
        (self.message, self.cause) = (message, cause)
    }
}

extension Directory {
    /// The eyes with which something is done for suppliers: they see the tickets that these have now, and no others.
    public func sight(actingFor suppliers: [SupplierID]) -> Sight {
        Sight(scopes: suppliers.compactMap { key(of: .supplier($0)) })
    }
}

extension DeskStore {
    /// Records what a supplier says of a ticket in its portal: the same event, and the same message kept, as if its
    /// system had said so. The transaction sees with `Directory.sight(actingFor:)`.
    ///
    /// - Parameter event: chooses it, from the ticket, the supplier and the entry that holds the supplier's words.
    /// - Throws: `ExchangeChanged`, `Refusal`, `DatabaseError`.
    public func record(
        _ act: ExchangeAct, of suppliers: [SupplierID], using transaction: borrowing Transaction,
        event: @Sendable (Ticket, SupplierID, EntryID?) throws -> Ticket.Event
    ) async throws {
        let query: Query<BondView> = """
            select \(columns: BondView.self) from supplier_ticket
            where uuid = \(act.exchange) and supplier = any (\(suppliers)) and ended_at is null
            """
        // Where the exchange has ended, its ticket is out of these eyes.
        guard let found = try await transaction.first(query), try await transaction.hold(found.ticket) != nil,
            let bond = try await transaction.first(query)
        else { throw ExchangeChanged() }
        if let seen = act.seen {
            let last = try await transaction.first(
                "select max(sequence) from supplier_message where supplier_ticket = \(bond.id)", as: Int?.self)
            guard seen == .mark(of: bond.state, after: (last ?? nil) ?? 0) else { throw ExchangeChanged() }
        }
        let id = try await transaction.newKey(of: "supplier_receipt")
        transaction.later(
            """
            insert into supplier_receipt (id, supplier, message_id, received_at, body, handled_at, result)
            values (\(id), \(bond.supplier), \("portal:\(UUID().uuidString.lowercased())"), \(now), \(act.message),
                \(now), 'recorded')
            """)
        let recording = Recording(by: .supplier(bond.supplier), note: act.note, cause: act.cause)
        try await record(on: bond.ticket, recording, using: transaction) { occasion in
            try event(occasion.ticket, bond.supplier, occasion.entry)
        }
    }
}
