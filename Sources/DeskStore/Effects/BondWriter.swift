import Desk
import Foundation
import Jobs
import Moments
import Postgres

extension Transaction {
    /// Puts a message to a supplier in order behind those before it; the first one makes the bond.
    ///
    /// - Parameter readers: those who read it in the desk's portal; nobody where the supplier has a system.
    borrowing func deliver(
        _ message: SupplierMessage, to supplier: SupplierID, about ticket: Ticket, from site: String,
        for readers: [Supplier.Reader]
    ) async throws {
        let bond = try await bond(of: ticket, with: supplier, about: message)
        let sequence = try await first(
            "select coalesce(max(sequence), 0) + 1 from supplier_message where supplier_ticket = \(bond)", as: Int.self)
        // What the portal shows is delivered with its commit.
        let sentAt = readers.isEmpty ? nil : ticket.updatedAt
        try await run(
            """
            insert into supplier_message (uuid, supplier_ticket, sequence, kind, note, created_at, sent_at)
            values (\(UUID()), \(bond), \(sequence ?? 1), \(message.kind), \(message.note), \(ticket.updatedAt),
                \(sentAt))
            """)
        if readers.isEmpty {
            try await enqueue(DeliverSupplierMessage(bond: bond), site: site, key: "supplier-ticket:\(bond)")
        }
        for reader in readers {
            let news = SupplierLetter.Content.news(bond: bond, of: supplier, message.kind)
            try await enqueue(SupplierLetter(to: reader.address, news, at: ticket.updatedAt), site: site)
        }
    }

    /// The open bond, made by the first message. What began as a question becomes more by a referral.
    private borrowing func bond(
        of ticket: Ticket, with supplier: SupplierID, about message: SupplierMessage
    ) async throws -> Int64 {
        let open = try await first(
            """
            select id from supplier_ticket where ticket = \(ticket.id) and supplier = \(supplier) and ended_at is null
            for no key update
            """, as: Int64.self)
        if let open {
            if case .referral = message {
                try await run(
                    """
                    update supplier_ticket set question = null, opened_at = \(ticket.updatedAt), acknowledged_at = null
                    where id = \(open)
                    """)
            }
            return open
        }
        var question: EntryID?
        if case .question(let note) = message { question = note }
        let id = try await newKey(of: "supplier_ticket")
        try await run(
            """
            insert into supplier_ticket (id, uuid, ticket, supplier, state, question, opened_at)
            values (\(id), \(UUID()), \(ticket.id), \(supplier), \(SupplierState.sent), \(question),
                \(ticket.updatedAt))
            """)
        return id
    }

    /// What events say of the bonds: a supplier's reference and state, and the end of those that are no longer shared.
    ///
    /// - Parameter old: the ticket before the events.
    borrowing func keepBonds(of ticket: Ticket, over old: Ticket, after events: [Ticket.Event]) {
        for event in events { keepBond(of: ticket, after: event) }
        // Most tickets share nothing with anybody, and most events change nothing about that.
        if old.bonded.allSatisfy(ticket.bonded.contains) { return }
        later(
            """
            update supplier_ticket set ended_at = \(ticket.updatedAt),
                state = case when state in ('resolved', 'rejected') then state else 'withdrawn' end
            where ticket = \(ticket.id) and ended_at is null and supplier <> all (\(ticket.bonded))
            """)
    }

    private borrowing func keepBond(of ticket: Ticket, after event: Ticket.Event) {
        if case .supplierAcknowledged(let supplier, let reference) = event {
            later(
                """
                update supplier_ticket set their_reference = \(reference),
                    acknowledged_at = coalesce(acknowledged_at, \(ticket.updatedAt))
                where ticket = \(ticket.id) and supplier = \(supplier) and ended_at is null
                """)
        }
        if let (supplier, state) = event.supplierState {
            // A supplier that waits for our answer goes on waiting when it acknowledges.
            later(
                """
                update supplier_ticket set state = \(state)
                where ticket = \(ticket.id) and supplier = \(supplier) and ended_at is null
                    and not (\(state) = 'acknowledged' and state = 'waiting_for_us')
                """)
        }
    }
}

extension Ticket.Event {
    /// How far the supplier is after this event, if the event concerns one.
    var supplierState: (SupplierID, SupplierState)? {
        switch self {
        case .supplierAcknowledged(let supplier, _): (supplier, .acknowledged)
        case .supplierAsked(let supplier, _): (supplier, .waitingForUs)
        case .supplierAnswered(let supplier, _): (supplier, .inProgress)
        case .supplierReturned(let supplier, _): (supplier, .rejected)
        case .supplierResolved(let supplier, _): (supplier, .resolved)
        case .recalled(let supplier, _): (supplier, .withdrawn)
        default: nil
        }
    }
}
