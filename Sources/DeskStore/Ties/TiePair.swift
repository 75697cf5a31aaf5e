import Desk
import Postgres

/// Two tickets that are to belong together, both held against other changes until the transaction ends.
struct TiePair: Sendable {
    let one: TicketRecord
    let other: TicketRecord

    /// - Throws: `Refusal` unless both may know of each other.
    func requireSharedSecrecy(for event: Ticket.Event.Kind) throws(Refusal) {
        guard one.ticket.sharesSecrecy(with: other.ticket) else {
            throw Refusal(reason: .staysApart, state: one.ticket.state, event: event)
        }
    }

    /// - Throws: `Refusal` unless work goes on in the second one.
    func requireOpenOther(for event: Ticket.Event.Kind) throws(Refusal) {
        let ticket = other.ticket
        let reason: Refusal.Reason
        switch ticket.state {
        case .resolved: reason = .isResolved
        case .closed: reason = ticket.ties.mergedInto == nil ? .isClosed : .isMerged
        case .new, .assigned, .inProgress, .waitingRequester, .waitingSupplier, .waitingOther: return
        }
        throw Refusal(reason: reason, state: ticket.state, event: event)
    }
}

extension Transaction {
    /// Holds two tickets, the older one first: people who tie the same two in opposite directions wait for each other,
    /// and nobody waits for ever.
    ///
    /// - Throws: `NoSuchTicket` where one of them is not there for these eyes; `Refusal` where both are the same.
    borrowing func hold(
        _ one: TicketNumber, _ other: TicketNumber, for event: Ticket.Event.Kind
    ) async throws -> TiePair {
        let keys = try await all(
            "select id, number from ticket t where t.number in (\(one), \(other)) order by id",
            as: (TicketID, TicketNumber).self)
        var held: [TicketNumber: TicketRecord] = [:]
        for (id, number) in keys { held[number] = try await hold(id) }
        guard let first = held[one] else { throw NoSuchTicket(number: one.description) }
        guard let second = held[other] else { throw NoSuchTicket(number: other.description) }
        if one == other { throw Refusal(reason: .cannotBeItsOwn, state: first.ticket.state, event: event) }
        return TiePair(one: first, other: second)
    }

    /// Whether a ticket has parts that are not resolved, seen or not.
    borrowing func hasOpenParts(_ ticket: TicketID) async throws -> Bool {
        try await first("select has_open_parts(\(ticket))", as: Bool.self) ?? false
    }
}
