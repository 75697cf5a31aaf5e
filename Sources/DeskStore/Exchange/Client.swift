public import Desk
public import Foundation
public import Moments
public import Postgres

/// Another desk that gives us a ticket.
public struct Client: Sendable {
    public let desk: SupplierID
    /// The identity of the exchange, as that desk gave it.
    public let exchange: UUID
    /// The number of the ticket there.
    public let reference: String
    /// How urgent it is there; ours is our own.
    public let priority: String?

    public init(_ desk: SupplierID, exchange: UUID, reference: String, priority: String?) {
        (self.desk, self.exchange, self.reference, self.priority) = (desk, exchange, reference, priority)
    }
}

/// A message of an exchange by its column: what a supplier is told, or what the desk hears that gave us the ticket.
public enum MessageKind: Hashable, Sendable {
    case told(SupplierMessage.Kind)
    case reported(ServiceReport.Kind)
}

extension MessageKind: RawRepresentable, PostgresValue {
    public init?(rawValue: String) {
        let told = SupplierMessage.Kind(rawValue: rawValue).map { Self.told($0) }
        guard let kind = told ?? ServiceReport.Kind(rawValue: rawValue).map({ .reported($0) }) else { return nil }
        self = kind
    }

    public var rawValue: String {
        switch self {
        case .told(let kind): kind.rawValue
        case .reported(let kind): kind.rawValue
        }
    }
}

extension Transaction {
    /// An exchange by its identity, whoever has a part in it.
    public borrowing func bond(_ exchange: UUID) async throws -> BondView? {
        try await first(
            Query<BondView>("select \(columns: BondView.self) from supplier_ticket where uuid = \(exchange)"))
    }

    /// The exchange with a desk that gave us a ticket goes on, or has ended.
    public borrowing func settle(service bond: Int64, as state: SupplierState, ended: Moment?) async throws {
        try await run("update supplier_ticket set state = \(state), ended_at = \(ended) where id = \(bond)")
    }

    /// What may be told of an entry to whoever speaks for the requester; nil where he must not read it.
    ///
    /// - Parameter desk: as the organisation names it.
    public borrowing func publicText(
        of entry: EntryID?, on ticket: TicketID, for desk: Supplier
    ) async throws -> String? {
        try await first(
            """
            select \(.words(for: desk)) from entry e
            where e.ticket = \(ticket) and e.id = \(entry) and e.visibility = 'public'
            """, as: String.self)
    }

    /// The files of an entry, for whoever speaks for the requester; none where he must not read it.
    public borrowing func publicFiles(of entry: EntryID?, on ticket: TicketID) async throws -> [AttachmentView] {
        let isPublic = try await first(
            "select visibility = 'public' from entry where ticket = \(ticket) and id = \(entry)", as: Bool.self)
        return isPublic == true ? try await files(of: entry, on: ticket) : []
    }
}

extension DeskStore {
    /// Leaves a report for the desk that gave us a ticket, beside those that follow from its events.
    public func report(
        _ report: ServiceReport, about ticket: Ticket, using transaction: borrowing Transaction
    ) async throws {
        guard let client = ticket.client else { return }
        let directory = try await directory(using: transaction)
        try await transaction.report(
            report, to: BondPartner(client, in: directory), about: ticket,
            from: directory.code(of: ticket.responsibility.place.site))
    }
}
