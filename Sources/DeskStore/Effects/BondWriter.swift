import Desk
import Foundation
import Jobs
import Moments
import Postgres

/// Whom a message is for.
struct BondPartner {
    let id: SupplierID
    let code: String
    /// Those who read it in the desk's portal; nobody where the supplier has a system.
    let readers: [Supplier.Reader]

    init(_ id: SupplierID, in directory: Directory) {
        self.id = id
        code = directory.suppliers.code(of: id)
        readers = directory.supplier(id)?.readers ?? []
    }
}

extension Transaction {
    /// Puts a message to a supplier in order behind those before it; the first one makes the bond.
    borrowing func deliver(
        _ message: SupplierMessage, to partner: BondPartner, about ticket: Ticket, from site: String
    ) async throws {
        let (bond, message) = try await bond(of: ticket, with: partner.id, about: message)
        try await leave(
            message.kind.rawValue, message.note, message.mark, in: bond, for: partner, at: ticket.updatedAt, from: site)
    }

    /// Tells the suppliers that solved a ticket that it is closed.
    borrowing func closeBonds(of ticket: Ticket, in directory: Directory, from site: String) async throws {
        let solved = try await all(
            """
            select id, supplier from supplier_ticket
            where ticket = \(ticket.id) and ended_at is not null and state = 'resolved' and not serves
            order by id
            """, as: (Int64, SupplierID).self)
        for (bond, supplier) in solved where directory.supplier(supplier)?.hears(.closure) ?? false {
            let partner = BondPartner(supplier, in: directory)
            let kind = SupplierMessage.closure.kind.rawValue
            try await leave(kind, nil, in: bond, for: partner, at: ticket.updatedAt, from: site)
        }
    }

    /// A message that waits for a person goes along with the next one.
    borrowing func leave(
        _ kind: String, _ note: EntryID?, _ mark: ContractMark? = nil, in bond: Int64, for partner: BondPartner,
        at moment: Moment, from site: String
    ) async throws {
        try await run(
            """
            update supplier_message set parked_at = null
            where supplier_ticket = \(bond) and sent_at is null and parked_at is not null
            """)
        let sequence = try await first(
            "select coalesce(max(sequence), 0) + 1 from supplier_message where supplier_ticket = \(bond)", as: Int.self)
        // What the portal shows is delivered with its commit.
        let sentAt = partner.readers.isEmpty ? nil : moment
        try await run(
            """
            insert into supplier_message (uuid, supplier_ticket, sequence, kind, note, measure, percent, created_at,
                sent_at)
            values (\(UUID()), \(bond), \(sequence ?? 1), \(kind), \(note), \(mark?.measure), \(mark?.percent),
                \(moment), \(sentAt))
            """)
        if partner.readers.isEmpty {
            let key = DeliverSupplierMessage.key(of: bond)
            try await enqueue(DeliverSupplierMessage(bond: bond), site: site, group: partner.code, key: key)
        }
        for reader in partner.readers {
            guard let kind = SupplierMessage.Kind(rawValue: kind) else { break }
            let news = SupplierLetter.Content.news(bond: bond, of: partner.id, kind)
            try await enqueue(SupplierLetter(to: reader.address, news, at: moment), site: site)
        }
    }

    /// The open bond, made by the first message. What began as a question becomes more by a referral; to a supplier
    /// that solved the ticket once, a referral is a reopening of what it has.
    private borrowing func bond(
        of ticket: Ticket, with supplier: SupplierID, about message: SupplierMessage
    ) async throws -> (id: Int64, message: SupplierMessage) {
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
            return (open, message)
        }
        if case .referral(let note) = message, let solved = try await reopen(ticket, with: supplier) {
            return (solved, .reopening(note: note))
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
        return (id, message)
    }

    /// Opens the newest exchange over a ticket again if the supplier solved it there.
    private borrowing func reopen(_ ticket: Ticket, with supplier: SupplierID) async throws -> Int64? {
        try await first(
            """
            update supplier_ticket set ended_at = null, state = 'sent', question = null, shown = null,
                opened_at = \(ticket.updatedAt), acknowledged_at = null
            where id = (select id from supplier_ticket where ticket = \(ticket.id) and supplier = \(supplier)
                    order by id desc limit 1)
                and state = 'resolved' and question is null
            returning id
            """, as: Int64.self)
    }

    /// What events say of the bonds: a supplier's reference and state, and the end of those that are no longer shared.
    ///
    /// - Parameter old: the ticket before the events.
    borrowing func keepBonds(of ticket: Ticket, over old: Ticket, after events: [Ticket.Event]) {
        for event in events { keepBond(of: ticket, after: event) }
        keepQuestions(of: ticket, over: old)
        // Most tickets share nothing with anybody, and most events change nothing about that.
        if old.bonded.allSatisfy(ticket.bonded.contains) { return }
        later(
            """
            update supplier_ticket set ended_at = \(ticket.updatedAt),
                state = case when state in ('resolved', 'rejected') then state else 'withdrawn' end
            where ticket = \(ticket.id) and ended_at is null and not serves and supplier <> all (\(ticket.bonded))
            """)
    }

    /// Which suppliers wait for what they asked the requester.
    private borrowing func keepQuestions(of ticket: Ticket, over old: Ticket) {
        for sharing in ticket.sharings {
            let asked = old.sharings.first { $0.supplier == sharing.supplier }?.asksRequester ?? false
            if asked == sharing.asksRequester { continue }
            let state = sharing.waitsForDesk ? SupplierState.waitingForUs : .inProgress
            later(
                """
                update supplier_ticket set asks_requester = \(sharing.asksRequester), state = \(state)
                where ticket = \(ticket.id) and supplier = \(sharing.supplier) and ended_at is null
                """)
        }
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
