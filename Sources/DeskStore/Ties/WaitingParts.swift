public import Desk
import Jobs
public import Postgres

extension DeskStore {
    /// All open parts of a major incident that these eyes see wait with it, or go on, some at a time by jobs. Those
    /// that cannot wait, because a supplier has them or they end meanwhile, are left alone.
    ///
    /// - Returns: how many were asked to.
    /// - Throws: `NoSuchTicket`, `TicketChanged`, `Refusal` where it is no major incident that goes on or there is no
    ///   such part, and `DatabaseError`.
    public func holdParts(
        of number: TicketNumber, goingOn: Bool = false, _ recording: Recording, using transaction: borrowing Transaction
    ) async throws -> Int {
        guard let whole = try await transaction.hold(number)?.ticket else {
            throw NoSuchTicket(number: number.description)
        }
        if let expected = recording.expecting, expected != whole.revision {
            throw TicketChanged(revision: whole.revision)
        }
        guard whole.ties.isMajor, !whole.hasEnded else {
            throw Refusal(reason: .isNotMajor, state: whole.state, event: .waitsForParent)
        }
        // Those that are still to be put on hold by an earlier click are to go on too, so all that are open are named.
        let some: SQL = goingOn ? "" : "and \(.canWait)"
        let parts = try await transaction.all(
            """
            select id from ticket t where parent = \(whole.id) and state not in ('resolved', 'closed') \(some)
            order by id
            """, as: TicketID.self)
        if parts.isEmpty {
            throw Refusal(reason: .changesNothing, state: whole.state, event: .waitsForParent)
        }
        let site = try await directory(using: transaction).code(of: whole.responsibility.place.site)
        for job in HoldParts.jobs(for: parts, of: whole.id, goesOn: goingOn, recording) {
            try transaction.enqueueLater(job, site: site, key: job.key)
        }
        return parts.count
    }

    /// Does what a job says to its parts, each by itself: one that is no such part any longer is left alone.
    public func hold(_ job: HoldParts, using transaction: borrowing Transaction) async throws {
        // In the order of their keys, as everybody holds several tickets: nobody waits for another in a circle.
        for id in job.parts.sorted() {
            guard let part = try await transaction.ticket(id)?.ticket, part.ties.parent == job.whole else { continue }
            do {
                if !job.goesOn {
                    try await waitWithParent(part.number, job.recording, using: transaction)
                } else if part.ties.waitsForParent {
                    try await record(on: id, job.recording, using: transaction) { _ in .resumed }
                }
            } catch is Refusal {
                continue
            }
        }
    }
}

/// What can become of the parts of a major incident that somebody sees.
public struct PartsAtHand: Sendable, Equatable {
    public var canWait = 0
    public var wait = 0

    /// Asks for those of a ticket.
    static func asked(of ticket: SQL, in batch: inout Batch) -> Pending<PartsAtHand> {
        let counts: Pending<(Int, Int)?> = batch.first(
            """
            select count(*) filter (where \(.canWait)), count(*) filter (where t.waits_for_parent)
            from ticket t where t.parent = \(ticket) and t.state not in ('resolved', 'closed')
            """, as: (Int, Int).self)
        return counts.map { PartsAtHand(canWait: $0?.0 ?? 0, wait: $0?.1 ?? 0) }
    }
}

extension SQL {
    /// Whether a ticket `t` that is a part can begin to wait with the whole.
    fileprivate static var canWait: SQL { "(t.state <> 'waiting_supplier' and not t.waits_for_parent)" }
}
