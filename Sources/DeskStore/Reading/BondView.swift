public import Desk
public import Foundation
public import Moments
public import Postgres

/// The bond with a supplier over a ticket, as pages and the supplier worker read it.
public struct BondView: Sendable, Equatable {
    public let id: Int64
    /// The exchange's own identity, which both sides can find each other by.
    public let uuid: UUID
    public let ticket: TicketID
    public let supplier: SupplierID
    public let theirReference: String?
    public let state: SupplierState
    public let openedAt: Moment
    public let acknowledgedAt: Moment?
    public let endedAt: Moment?

    /// By what the supplier knows the ticket of ours that the bond belongs to, as each of our messages says.
    public func ourReference(of ticket: Ticket) -> String { ticket.number.description }
}

extension BondView: PostgresRow {
    public static var columns: String {
        "id, uuid, ticket, supplier, their_reference, state, opened_at, acknowledged_at, ended_at"
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            id: try row.read(), uuid: try row.read(), ticket: try row.read(), supplier: try row.read(),
            theirReference: try row.read(), state: try row.read(), openedAt: try row.read(),
            acknowledgedAt: try row.read(), endedAt: try row.read())
    }
}

extension Transaction {
    borrowing func bonds(of ticket: TicketID) async throws -> [BondView] { try await all(.bonds(of: "\(ticket)")) }

    /// The suppliers that have asked something and wait for the answer. The ticket is held until the transaction ends,
    /// so that a question is answered once.
    ///
    /// - Throws: `NoSuchTicket` where there is none for these eyes.
    public borrowing func suppliersWaitingForUs(on number: TicketNumber) async throws -> [SupplierID] {
        guard let held = try await hold(number) else { throw NoSuchTicket(number: number.description) }
        return try await bonds(of: held.ticket.id)
            .filter { $0.endedAt == nil && $0.state == .waitingForUs }.map(\.supplier)
    }
}

extension Query<BondView> {
    /// - Parameter ticket: its key, or a subquery that gives it.
    static func bonds(of ticket: SQL) -> Self {
        "select \(columns: BondView.self) from supplier_ticket where ticket = \(ticket) order by id"
    }
}
