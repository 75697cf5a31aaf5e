import Desk
import DeskStore
import DeskSuppliers
import Foundation
import HTTP
import JSON
import Moments

/// A supplier's system that speaks TMF621, as its client. Before anything is written there it is looked for, so that
/// whatever may have arrived is found and not written twice.
struct TroubleTicketConnector: Connector {
    let terms: Supplier.TroubleTickets
    let mapping: Supplier.Mapping

    /// Who works with our interface alone tells us by itself.
    var polls: Bool { terms.url != nil }

    /// How long their system gets for what it has only said that it will do.
    private static let patience = Duration.seconds(30)

    func deliver(_ message: Outgoing, over wire: Wire) async throws(Setback) -> Delivered {
        // Who works with our interface finds the message there.
        guard let url = terms.url else { return Delivered() }
        let api = try await TroubleTicketAPI(terms, at: url, over: wire)
        return try await message.attachFiles(to: place(message, at: api), at: api)
    }

    private func place(_ message: Outgoing, at api: TroubleTicketAPI) async throws(Setback) -> Delivered {
        let order = TroubleTicketOrder(message.event, in: TroubleTicketMapping(mapping))
        let theirs = try await api.find(order.exchange)
        if let ticket = theirs.first { try await giveUp(theirs.dropFirst(), for: ticket, at: api) }
        switch message.kind {
        case .referral, .question:
            guard let ticket = theirs.first else { return try await create(order, at: api) }
            return Delivered(ticket, order)
        case .answer, .note, .escalation: return try await write(order, on: theirs, at: api)
        case .change: return try await weigh(order, on: theirs, at: api)
        case .reopening: return try await reopen(order, theirs, at: api)
        case .closure:
            try await close(order, theirs, at: api)
            return Delivered()
        case .withdrawal:
            try await withdraw(theirs[...], order, because: "The desk took the ticket back.", at: api)
            return Delivered()
        }
    }

    /// Looks again afterwards: what was sent once may have got doubled on its way.
    private func create(_ order: TroubleTicketOrder, at api: TroubleTicketAPI) async throws(Setback) -> Delivered {
        let made = try await api.create(order.ticket)
        let found = try await api.find(order.exchange)
        if let ticket = found.first {
            try await giveUp(found.dropFirst(), for: ticket, at: api)
            return Delivered(ticket, order)
        }
        guard let made else {
            throw .postponed(
                because: "the supplier has taken the ticket and does not show it yet", after: Self.patience)
        }
        return Delivered(made, order)
    }

    /// Adds the note to their ticket. A list in a merge patch takes the place of the one before, so it holds that too.
    private func write(
        _ order: TroubleTicketOrder, on theirs: [TroubleTicket], at api: TroubleTicketAPI
    ) async throws(Setback) -> Delivered {
        guard let id = theirs.first?.id, let json = try await api.ticket(id) else {
            throw .refused(because: "the supplier no longer has the ticket")
        }
        let ticket = TroubleTicket(reading: json)
        guard let note = order.note, !ticket.notes.contains(where: { order.isOurs($0) }) else {
            return Delivered(ticket, order)
        }
        let new: JSON
        switch terms.dialect {
        case .standard: new = .array((json["note"]?.array ?? []) + [note.json])
        case .serviceNow: new = [.object(["text": note.text, "@type": "comments"])]
        }
        let after = try await change(id, at: api) { ticket in
            ticket.notes.contains { order.isOurs($0) }
        } by: { () async throws(Setback) in
            try await api.patch(id, .object(["note": new]))
        }
        return Delivered(after ?? ticket, order)
    }

    /// Changes their ticket. What they refuse may have been done all the same: by the same request, which came twice.
    private func change(
        _ id: String, at api: TroubleTicketAPI, unless isDone: (TroubleTicket) -> Bool,
        by act: () async throws(Setback) -> TroubleTicket?
    ) async throws(Setback) -> TroubleTicket? {
        do {
            return try await act()
        } catch .refused(let reason) {
            guard let now = try await api.ticket(id).map({ TroubleTicket(reading: $0) }), isDone(now) else {
                throw .refused(because: reason)
            }
            return now
        }
    }

    /// Has one of the operations of MEF 124 done, or brings the ticket into a state where they do not know it.
    func bring(
        _ id: String, to status: String, by operation: String, because reason: String, saysReason: Bool = true,
        at api: TroubleTicketAPI, unless isDone: (TroubleTicket) -> Bool
    ) async throws(Setback) {
        var members = JSONObject([("status", status.json)])
        if saysReason { members["statusChangeReason"] = reason.json }
        let patch = JSON.object(members)
        _ = try await change(id, at: api, unless: isDone) { () async throws(Setback) in
            if try await api.perform(operation, on: id, because: reason) { return nil }
            return try await api.patch(id, patch)
        }
    }

    /// Tells our priority and severity, beside which they keep their own.
    private func weigh(
        _ order: TroubleTicketOrder, on theirs: [TroubleTicket], at api: TroubleTicketAPI
    ) async throws(Setback) -> Delivered {
        guard let ticket = theirs.first, let id = ticket.id, !order.isOver(ticket) else { return Delivered() }
        var members = JSONObject()
        members["priority"] = order.priority?.json
        members["severity"] = order.severity?.json
        if members.isEmpty { return Delivered(ticket, order) }
        return Delivered(try await api.patch(id, .object(members)) ?? ticket, order)
    }

    /// What they solved once is theirs again (MEF 124).
    private func reopen(
        _ order: TroubleTicketOrder, _ theirs: [TroubleTicket], at api: TroubleTicketAPI
    ) async throws(Setback) -> Delivered {
        guard let ticket = theirs.first, let id = ticket.id else { return try await create(order, at: api) }
        switch order.status(of: ticket) {
        case .resolved?:
            let reason = order.note?.text ?? "It is not solved."
            try await bring(id, to: "inProgress", by: "reopen", because: reason, at: api) { ticket in
                order.status(of: ticket).map { $0 == .reopened || $0 == .inProgress } ?? false
            }
        case .closed?, .cancelled?, .rejected?:
            throw .refused(because: "the supplier's ticket \(id) is \(ticket.status ?? "over") and is not opened again")
        default: break
        }
        return try await write(order, on: theirs, at: api)
    }

    private func close(
        _ order: TroubleTicketOrder, _ theirs: [TroubleTicket], at api: TroubleTicketAPI
    ) async throws(Setback) {
        guard let ticket = theirs.first, let id = ticket.id, order.status(of: ticket) == .resolved else { return }
        let reason = "The requester has what he asked for."
        try await bring(id, to: "closed", by: "close", because: reason, saysReason: false, at: api) { ticket in
            order.status(of: ticket) == .closed
        }
    }

    /// - Parameter reason: what is said where the order says nothing, or may not.
    private func withdraw(
        _ tickets: ArraySlice<TroubleTicket>, _ order: TroubleTicketOrder, because reason: String,
        at api: TroubleTicketAPI
    ) async throws(Setback) {
        let reason = order.note?.text ?? reason
        for ticket in tickets {
            guard let id = ticket.id, !order.isOver(ticket) else { continue }
            do {
                try await bring(id, to: "cancelled", by: "cancel", because: reason, at: api) { order.isOver($0) }
            } catch .refused(let words) where order.status(of: ticket) == .reopened {
                // It can be cancelled once they have begun with it again (MEF 124).
                throw .postponed(because: words, after: nil)
            }
        }
    }

    func picture(of bond: BondView, over wire: Wire) async throws(Setback) -> Picture? {
        guard let url = terms.url else { return nil }
        let api = try await TroubleTicketAPI(terms, at: url, over: wire)
        guard let id = try await api.find(bond.uuid.uuidString.lowercased()).first?.id,
            let json = try await api.ticket(id)
        else { return Picture() }
        let ticket = TroubleTicket(reading: json)
        return Picture(state: ticket.status, notes: ticket.notes.compactMap(\.id))
    }

    func statements(in receipt: String) throws(UnreadableEvent) -> [SupplierStatement] {
        [try SupplierNews(reading: receipt).statement]
    }
}

extension Delivered {
    /// What their ticket tells after a message has been carried over.
    fileprivate init(_ ticket: TroubleTicket, _ order: TroubleTicketOrder) {
        let reference = ticket.externalIdentifiers.first { $0.type == "supplierReference" }?.id ?? ticket.id
        self.init(
            theirReference: reference, remote: ticket.id,
            written: ticket.notes.filter { order.isOurs($0) }.compactMap(\.id),
            confirmed: ticket.status.map { [.stated($0, text: nil)] } ?? [])
    }
}
