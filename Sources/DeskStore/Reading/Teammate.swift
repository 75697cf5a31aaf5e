public import Desk
import Moments
import Postgres

/// Somebody of the team that has a ticket, who is there and can be given it (S52).
public struct Teammate: Sendable, Equatable {
    public let person: Colleague
    /// What he says himself of whether he is there; nil where he says nothing.
    public let availability: Availability.State?
}

extension Teammate {
    /// Those who hold a position of the team at an instant and are not absent, by their names.
    static func asked(
        at number: TicketNumber, now: Moment, in batch: inout Batch
    ) -> Pending<[Teammate]> {
        let availability: SQL = .availability(of: "h.person", now: now)
        return batch.all(
            """
            select distinct r.name, r.id, (\(availability)) from holding(\(now)) h
            join position p on p.id = h.post join person r on r.id = h.person
            where p.team = \(.of(number, "team")) and not \(.isAbsent("h.person", at: now))
            order by r.name, r.id
            """, as: (String, PersonID, Availability.State?).self
        ).map { rows in
            rows.map { Teammate(person: Colleague(id: $0.1, name: $0.0), availability: $0.2) }
        }
    }
}

extension DeskStore {
    /// Who of the team that has a ticket is there; nobody where the ticket is not seen.
    public func teammates(at number: TicketNumber, seeing sight: Sight) async throws -> [Teammate] {
        var batch = Batch()
        let team = Teammate.asked(at: number, now: now, in: &batch)
        return try await ask(batch, seeing: sight)[team]
    }
}
