public import Desk
import Jobs
import Moments
public import Postgres

extension DeskStore {
    /// How long after a merge is looked for what was written about the one who went while it was under way.
    private static let secondLook = Duration.seconds(60)

    /// Makes two people one: addresses, tickets, entries, marks, notices, positions and what is allowed go to the one
    /// who stays; the sessions of the other end. Two who are one already stay so. A mail from any of the addresses
    /// finds the one who stays, also one that comes in meanwhile.
    ///
    /// - Parameter cause: what caused it, for the log.
    /// - Returns: the one who stays, who may have been merged into another by now.
    /// - Throws: `NoSuchPerson`, `DatabaseError`.
    @discardableResult
    public func merge(
        _ gone: PersonID, into kept: PersonID, by actor: Ticket.Actor, cause: String? = nil
    ) async throws -> PersonID {
        try await transaction { (transaction: borrowing Transaction) in
            try await merge(gone, into: kept, by: actor, cause: cause, using: transaction)
        }
    }

    /// The same in a transaction that is under way, together with an idempotency key.
    @discardableResult
    public func merge(
        _ gone: PersonID, into kept: PersonID, by actor: Ticket.Actor, cause: String? = nil,
        using transaction: borrowing Transaction
    ) async throws -> PersonID {
        let now = now
        // Whose clocks ask about class and home; of those who are one already it is the same.
        let facts = try await transaction.all(
            """
            select distinct class, home_site from person where id in (
                select coalesce(merged_into, id) from person where id in (\(gone), \(kept)))
            """, as: (String, SiteID?).self)
        let merged = try await transaction.first(
            """
            select merge_people(\(gone), \(kept), \(now), \(actor.kind), \(actor.identifier), \(cause))
            """, as: PersonID?.self)
        guard let survivor = merged ?? nil else { throw NoSuchPerson(address: "of this key") }
        try await transaction.enqueue(
            SettleMerge(gone: gone), at: now + Self.secondLook, unique: gone.description)
        if facts.count > 1 { try await settleClocks(ofOpenTicketsOf: survivor, since: now, using: transaction) }
        return survivor
    }

    /// Moves what came to somebody while he was merged into another; how many tickets that were.
    public func settle(mergeOf gone: PersonID, cause: String) async throws -> Int {
        let now = now
        return try await transaction { (transaction: borrowing Transaction) in
            try await transaction.first("select settle_merge(\(gone), \(now), \(cause))", as: Int.self) ?? 0
        }
    }

    /// Lets the clocks of the tickets that came to a requester run as his class and his home have it.
    private func settleClocks(
        ofOpenTicketsOf requester: PersonID, since now: Moment, using transaction: borrowing Transaction
    ) async throws {
        let directory = try await directory(using: transaction)
        try await transaction.see(as: requester)
        let came = try await transaction.all(
            """
            select id from ticket where requester = \(requester) and state <> 'closed' and state <> 'resolved'
                and updated_at >= \(now)
            order by id
            """, as: TicketID.self)
        for ticket in came {
            guard let held = try await transaction.hold(ticket) else { continue }
            try await ClockKeeper(ticket: held.ticket, directory: directory).settle(on: transaction)
        }
    }
}
