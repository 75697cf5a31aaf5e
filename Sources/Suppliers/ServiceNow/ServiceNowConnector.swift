import Desk
import DeskStore
import DeskSuppliers
import Moments

/// A supplier's instance of ServiceNow. Before anything is written there it is looked for, so that whatever may have
/// arrived is found and not written twice.
struct ServiceNowConnector: Connector {
    /// The supplier's code.
    let supplier: String
    let terms: Supplier.ServiceNow
    let mapping: Supplier.Mapping

    var polls: Bool { true }

    /// How long their instance gets to show a ticket that it has taken.
    private static let patience = Duration.seconds(30)

    func deliver(_ message: Outgoing, over wire: Wire) async throws(Setback) -> Delivered {
        let api = try await ServiceNowAPI(terms, of: supplier, over: wire)
        return try await message.attachFiles(to: place(message, at: api), at: api)
    }

    private func place(_ message: Outgoing, at api: ServiceNowAPI) async throws(Setback) -> Delivered {
        let order = ServiceNowOrder(message.event, for: terms, in: mapping)
        let theirs = try await api.find(order.exchange)
        guard let ticket = theirs.first else {
            switch message.kind {
            case .referral, .question, .reopening: return try await create(order, at: api)
            case .answer, .note, .escalation: throw .refused(because: "the supplier no longer has the ticket")
            case .change, .closure, .withdrawal: return Delivered()
            }
        }
        try await giveUp(theirs.dropFirst(), for: ticket, order, at: api)
        return try await carry(order, to: ticket, at: api)
    }

    /// Looks again afterwards: what was sent once may have got doubled on its way.
    private func create(_ order: ServiceNowOrder, at api: ServiceNowAPI) async throws(Setback) -> Delivered {
        let made = try await api.create(order.row)
        let found = try await api.find(order.exchange)
        guard let ticket = found.first ?? made else {
            throw .postponed(
                because: "the supplier has taken the ticket and does not show it yet", after: Self.patience)
        }
        try await giveUp(found.dropFirst(), for: ticket, order, at: api)
        return Delivered(ticket, written: try await written(order, on: ticket, at: api))
    }

    private func carry(
        _ order: ServiceNowOrder, to ticket: ServiceNowTicket, at api: ServiceNowAPI
    ) async throws(Setback) -> Delivered {
        let before = try await written(order, on: ticket, at: api)
        switch order.step(on: ticket, isWritten: !before.isEmpty) {
        case .nothing: return Delivered(ticket, written: before)
        case .refused(let reason): throw .refused(because: reason)
        case .patch(let members):
            let after = try await api.patch(ticket.id, members) ?? ticket
            return Delivered(after, written: try await written(order, on: ticket, at: api))
        }
    }

    /// The entries of their journal that the message has brought.
    private func written(
        _ order: ServiceNowOrder, on ticket: ServiceNowTicket, at api: ServiceNowAPI
    ) async throws(Setback) -> [String] {
        if order.entry == nil { return [] }
        return try await api.entries(of: [ticket.id], holding: order.mark).filter(order.isOurs).map(\.id)
    }

    /// Others of the same exchange were opened by a request that came twice.
    private func giveUp(
        _ others: ArraySlice<ServiceNowTicket>, for ticket: ServiceNowTicket, _ order: ServiceNowOrder,
        at api: ServiceNowAPI
    ) async throws(Setback) {
        for other in others {
            guard case .patch(let members) = order.withdrawal(of: other, opened: ticket) else { continue }
            _ = try await api.patch(other.id, members)
        }
    }

    func statements(in receipt: String) throws(UnreadableEvent) -> [SupplierStatement] {
        [try SupplierNews(reading: receipt).statement]
    }
}

extension Delivered {
    /// What their ticket tells after a message has been carried over.
    fileprivate init(_ ticket: ServiceNowTicket, written: [String]) {
        self.init(
            theirReference: ticket.number, remote: ticket.id, written: written,
            confirmed: ticket.word.map { [.stated($0, text: nil)] } ?? [])
    }
}
