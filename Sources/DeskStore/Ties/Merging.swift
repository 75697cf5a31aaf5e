public import Desk
public import Postgres

extension DeskStore {
    /// Ends a ticket as the same as another one, in which it goes on. Whoever asked, and whoever followed, follows the
    /// other one.
    ///
    /// A ticket that was merged takes no further ticket in, so that a chain of them never closes into a circle.
    ///
    /// - Parameter isFollowing: whether whoever asked for it follows the other one.
    /// - Returns: the ticket that was merged.
    /// - Throws: `NoSuchTicket`, `TicketChanged`, `Refusal` and `DatabaseError`.
    @discardableResult
    public func merge(
        _ number: TicketNumber, into other: TicketNumber, _ recording: Recording,
        following isFollowing: Bool = true, using transaction: borrowing Transaction
    ) async throws -> TicketRecord {
        let pair = try await transaction.hold(number, other, for: .merged)
        let (source, target) = (pair.one.ticket, pair.other.ticket)
        try pair.requireSharedSecrecy(for: .merged)
        try pair.requireOpenOther(for: .merged)
        if try await transaction.hasOpenParts(source.id) {
            throw Refusal(reason: .hasParts, state: source.state, event: .merged)
        }
        try await transaction.run(
            """
            insert into follower (ticket, person, since)
            select \(target.id), f.person, f.since from follower f
            where f.ticket = \(source.id) and f.person <> \(target.requester) on conflict do nothing
            """)
        let merged = try await record(on: source.id, recording, using: transaction) { _ in .merged(into: target.id) }
        let taking = Recording(by: recording.actor, cause: recording.cause)
        try await record(on: target.id, taking, using: transaction) { _ in .absorbed(source.id) }
        if isFollowing, source.requester != target.requester {
            try await record(on: target.id, taking, using: transaction) { _ in .joined(source.requester) }
        }
        return merged
    }
}
