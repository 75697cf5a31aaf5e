public import Desk
public import Postgres

extension DeskStore {
    /// Links a ticket to another one. Whoever sees only one of them does not learn of the other.
    ///
    /// - Throws: `NoSuchTicket`, `TicketChanged`, `Refusal` (also where the link is there already) and `DatabaseError`.
    @discardableResult
    public func link(
        _ number: TicketNumber, to other: TicketNumber, _ kind: LinkKind, _ recording: Recording,
        using transaction: borrowing Transaction
    ) async throws -> TicketRecord {
        let pair = try await transaction.hold(number, other, for: .linked)
        let (one, other) = (pair.one.ticket, pair.other.ticket)
        if try await transaction.isLinked(one.id, to: other.id, kind) {
            throw Refusal(reason: .changesNothing, state: one.state, event: .linked)
        }
        return try await record(on: one.id, recording, using: transaction) { _ in .linked(other.id, kind) }
    }

    /// Takes a link away, from whichever of its two tickets it was made.
    ///
    /// - Throws: `NoSuchTicket`, `TicketChanged`, `Refusal` (also where there is no such link) and `DatabaseError`.
    @discardableResult
    public func unlink(
        _ number: TicketNumber, from other: TicketNumber, _ kind: LinkKind, _ recording: Recording,
        using transaction: borrowing Transaction
    ) async throws -> TicketRecord {
        let pair = try await transaction.hold(number, other, for: .unlinked)
        let (one, other) = (pair.one.ticket, pair.other.ticket)
        guard let from = try await transaction.origin(ofLinkBetween: one.id, and: other.id, kind) else {
            throw Refusal(reason: .changesNothing, state: one.state, event: .unlinked)
        }
        let (first, second) = from == one.id ? (one.id, other.id) : (other.id, one.id)
        var recording = recording
        if first != one.id { recording.expecting = nil }
        let changed = try await record(on: first, recording, using: transaction) { _ in .unlinked(second, kind) }
        return first == one.id ? changed : pair.one
    }
}

extension Transaction {
    /// Whether a link is there that says the same: what is related is so from both sides.
    fileprivate borrowing func isLinked(_ one: TicketID, to other: TicketID, _ kind: LinkKind) async throws -> Bool {
        let from = try await origin(ofLinkBetween: one, and: other, kind)
        return from == one || (from != nil && kind == .related)
    }

    /// The ticket from which two tickets were linked, the first one if it was done from both.
    fileprivate borrowing func origin(
        ofLinkBetween one: TicketID, and other: TicketID, _ kind: LinkKind
    ) async throws -> TicketID? {
        try await first(
            """
            select ticket from ticket_link where kind = \(kind)
                and (ticket, other) in ((\(one), \(other)), (\(other), \(one)))
            order by ticket <> \(one) limit 1
            """, as: TicketID.self)
    }
}
