public import Desk
import JSON
import Moments
public import Postgres

extension DeskStore {
    /// Keeps that two people who look like one are two: nobody is asked again whether they are the same. Of somebody
    /// who was merged it is said of the one he is. Said twice, it is noted once.
    public func tellApart(_ one: PersonID, from other: PersonID, by actor: Ticket.Actor) async throws {
        try await transaction { (transaction: borrowing Transaction) in
            try await tellApart(one, from: other, by: actor, using: transaction)
        }
    }

    /// The same in a transaction that is under way, together with an idempotency key.
    public func tellApart(
        _ one: PersonID, from other: PersonID, by actor: Ticket.Actor, using transaction: borrowing Transaction
    ) async throws {
        let now = now
        let pairs = try await transaction.all(
            """
            insert into namesake (person, other, at)
            select coalesce(p.merged_into, p.id), coalesce(o.merged_into, o.id), \(now)
            from person p, person o
            where (p.id, o.id) in ((\(one), \(other)), (\(other), \(one)))
                and coalesce(p.merged_into, p.id) <> coalesce(o.merged_into, o.id)
            on conflict do nothing returning person, other
            """, as: (PersonID, PersonID).self)
        for (person, other) in pairs {
            transaction.note(.toldApart, about: person, .object(["other": other.json]), by: actor, at: now)
        }
    }
}
