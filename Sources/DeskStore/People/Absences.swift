public import Desk
public import Foundation
import JSON
import Jobs
public import Moments
public import Postgres

/// What is said of an absence when it is entered.
public struct AbsenceDraft: Sendable {
    public var reason: Absence.Reason
    /// Nil from this instant on.
    public var since: Moment?
    public var until: Moment?
    public var deputy: PersonID?

    public init(_ reason: Absence.Reason, since: Moment? = nil, until: Moment? = nil, deputy: PersonID? = nil) {
        (self.reason, self.since, self.until, self.deputy) = (reason, since, until, deputy)
    }
}

extension DeskStore {
    private static let longestBack = Duration.seconds(31 * 86_400)
    private static let longestAhead = Duration.seconds(731 * 86_400)

    /// Enters that somebody is not there. When it begins, the routing worker puts the tickets in his hands back into
    /// their queues; nothing comes back to him by itself when it ends.
    ///
    /// - Throws: `UnfitAbsence`, `DatabaseError`.
    public func enter(_ draft: AbsenceDraft, of person: PersonID, by actor: Ticket.Actor) async throws -> Absence {
        try await transaction { (transaction: borrowing Transaction) in
            try await enter(draft, of: person, by: actor, using: transaction)
        }
    }

    /// The same in a transaction that is under way, together with an idempotency key.
    public func enter(
        _ draft: AbsenceDraft, of person: PersonID, by actor: Ticket.Actor, using transaction: borrowing Transaction
    ) async throws -> Absence {
        let now = now
        let since = draft.since ?? now
        if let until = draft.until, until <= since || until <= now { throw UnfitAbsence.isOver }
        if since < now - Self.longestBack || since > now + Self.longestAhead { throw UnfitAbsence.isFarAway }
        if draft.deputy == person { throw UnfitAbsence.ownDeputy }
        let made = try await transaction.first(
            """
            insert into absence (person, reason, since, until, deputy, entered_at)
            values (\(person), \(draft.reason), \(since), \(draft.until), \(draft.deputy), \(now))
            returning id, uuid
            """, as: (Int64, UUID).self)
        guard let (key, id) = made else { throw UnfitAbsence.unknown }
        let absence = Absence(
            id: id, person: person, reason: draft.reason, since: since, until: draft.until, deputy: draft.deputy)
        try await transaction.enqueue(ReleaseTickets(absence: key), at: since > now ? since : nil)
        transaction.note(.absenceEntered, about: person, absence.json, by: actor, at: now)
        return absence
    }

    /// Ends an absence: one that has begun is over from this instant on, one to come is withdrawn.
    ///
    /// - Parameter person: whose it must be; nil for anybody's.
    /// - Throws: `UnfitAbsence.unknown`, `DatabaseError`.
    public func end(absence id: UUID, of person: PersonID? = nil, by actor: Ticket.Actor) async throws {
        let now = now
        try await transaction { (transaction: borrowing Transaction) in
            let ended = try await transaction.first(
                Query<Absence>(
                    """
                    update absence b set until = case when b.since < \(now) then \(now) else b.until end,
                        withdrawn_at = case when b.since < \(now) then null else \(now)::timestamptz end
                    where b.uuid = \(id) and b.withdrawn_at is null and (b.until is null or b.until > \(now))
                        and (\(person)::bigint is null or b.person = \(person))
                    returning \(columns: Absence.self)
                    """))
            guard let ended else { throw UnfitAbsence.unknown }
            transaction.note(.absenceEnded, about: ended.person, ended.json, by: actor, at: now)
        }
    }

    /// How long it is until an absence begins; nil where it has begun or will not.
    public func time(until absence: Int64) async throws -> Duration? {
        let since = try await database.first(
            "select since from absence where id = \(absence) and withdrawn_at is null", as: Moment.self)
        guard let since, since > now else { return nil }
        return since.duration(since: now)
    }

    public func absence(_ id: UUID) async throws -> Absence? {
        try await database.first(
            Query<Absence>("select \(columns: Absence.self) from absence b where b.uuid = \(id)"))
    }

    /// The absences of some people that hold or are to come, the first to begin first.
    public func absences(of people: [PersonID]) async throws -> [Absence] {
        try await database.all(
            Query<Absence>(
                """
                select \(columns: Absence.self) from absence b
                where b.person = any (\(people)) and b.withdrawn_at is null and (b.until is null or b.until > \(now))
                order by b.since, b.id
                """))
    }
}

extension Absence {
    /// As the record of changes keeps it; people by their keys.
    var json: JSON {
        .object([
            "absence": id.uuidString.lowercased(), "reason": reason.rawValue, "since": since.rfc3339,
            "until": until?.rfc3339, "deputy": deputy.map { Int($0.rawValue) },
        ])
    }
}
