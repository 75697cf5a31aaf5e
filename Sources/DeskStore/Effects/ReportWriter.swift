import Desk
import Foundation
import Moments
import Postgres

extension Transaction {
    /// Begins the exchange over a ticket that another desk has given us, under the identity that it has there.
    borrowing func serve(_ client: Client, with ticket: Ticket) async throws {
        let id = try await newKey(of: "supplier_ticket")
        later(
            """
            insert into supplier_ticket (id, uuid, ticket, supplier, serves, state, their_reference, their_priority,
                opened_at, acknowledged_at, last_heard_at)
            values (\(id), \(client.exchange), \(ticket.id), \(client.desk), true, \(SupplierState.acknowledged),
                \(client.reference), \(client.priority), \(ticket.updatedAt), \(ticket.updatedAt), \(ticket.updatedAt))
            """)
    }

    /// Puts what the desk that gave us a ticket is told in order behind what it was told before; nothing where it has
    /// nothing more to do with the ticket.
    borrowing func report(
        _ report: ServiceReport, to partner: BondPartner, about ticket: Ticket, from site: String
    ) async throws {
        let bond = try await first(
            """
            select id from supplier_ticket
            where ticket = \(ticket.id) and supplier = \(partner.id) and serves and ended_at is null for no key update
            """, as: Int64.self)
        guard let bond else { return }
        try await leave(report.kind.rawValue, report.note, in: bond, for: partner, at: ticket.updatedAt, from: site)
        guard let state = report.state else { return }
        let end = state == .rejected ? ticket.updatedAt : nil
        try await run("update supplier_ticket set state = \(state), ended_at = \(end) where id = \(bond)")
    }

    /// The desk that gave us a ticket hears no more of it.
    borrowing func endService(of ticket: Ticket) {
        if ticket.client == nil { return }
        later(
            """
            update supplier_ticket set ended_at = \(ticket.updatedAt)
            where ticket = \(ticket.id) and serves and ended_at is null
            """)
    }
}

extension ServiceReport {
    /// How far the exchange is with it; nil where it stays as it was.
    fileprivate var state: SupplierState? {
        switch self {
        case .acknowledged: .acknowledged
        case .progress, .hold: .inProgress
        case .resolved: .resolved
        case .returned: .rejected
        case .noted, .asked: nil
        }
    }
}
