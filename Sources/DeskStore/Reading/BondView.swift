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
    /// Whether it is the other way round: the supplier is a desk that gave us the ticket.
    public let serves: Bool
    public let theirReference: String?
    public let state: SupplierState
    public let openedAt: Moment
    public let acknowledgedAt: Moment?
    public let endedAt: Moment?
    /// What the supplier's system knows its ticket by.
    public let remote: String?
    /// What the supplier says of its ticket, in its own words.
    public let theirState: String?
    public let theirPriority: String?
    public let theirSeverity: String?
    public let lastSentAt: Moment?
    public let lastHeardAt: Moment?
    /// Since when our messages do not get through; nil while they do.
    public let failingSince: Moment?
    /// Why the message that is next in line has not got through.
    public let lastError: String?

    /// By what the supplier knows the ticket of ours that the bond belongs to, as each of our messages says.
    public func ourReference(of ticket: Ticket) -> String { ticket.number.description }
}

extension BondView {
    /// An exchange that has just begun.
    public init(
        id: Int64, uuid: UUID, ticket: TicketID, supplier: SupplierID, theirReference: String?, state: SupplierState,
        openedAt: Moment
    ) {
        self.init(
            id: id, uuid: uuid, ticket: ticket, supplier: supplier, serves: false, theirReference: theirReference,
            state: state,
            openedAt: openedAt, acknowledgedAt: nil, endedAt: nil, remote: nil, theirState: nil, theirPriority: nil,
            theirSeverity: nil, lastSentAt: nil, lastHeardAt: nil, failingSince: nil, lastError: nil)
    }
}

extension BondView: PostgresRow {
    public static var columns: String {
        """
        id, uuid, ticket, supplier, serves, their_reference, state, opened_at, acknowledged_at, ended_at, remote, \
        their_state, their_priority, their_severity, last_sent_at, last_heard_at, failing_since, \
        (select m.last_error from supplier_message m where m.supplier_ticket = supplier_ticket.id \
            and m.sent_at is null order by m.sequence limit 1)
        """
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            id: try row.read(), uuid: try row.read(), ticket: try row.read(), supplier: try row.read(),
            serves: try row.read(), theirReference: try row.read(), state: try row.read(), openedAt: try row.read(),
            acknowledgedAt: try row.read(), endedAt: try row.read(), remote: try row.read(),
            theirState: try row.read(), theirPriority: try row.read(), theirSeverity: try row.read(),
            lastSentAt: try row.read(), lastHeardAt: try row.read(), failingSince: try row.read(),
            lastError: try row.read())
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
