public import Desk
import Moments
import Postgres

/// What a person of the desk may do and see: the roles, the positions he is appointed to, and the scopes that follow
/// from both. The hours of a roster take nothing away: whoever works on after his shift still sees his tickets.
public struct Rights: Sendable, Equatable {
    public struct Grant: Sendable, Hashable {
        public let role: Role
        /// Nil: at every site.
        public let site: SiteID?
    }

    public let person: PersonID
    public let grants: [Grant]
    public let positions: [PositionID]
    public let teams: [TeamID]
    public let scopes: [Int64]

    /// The desk's eyes. What the person asked for himself is not seen with them: that he reads as its requester,
    /// without what the desk says to itself.
    public var sight: Sight { Sight(scopes: scopes, teams: teams) }

    /// The eyes that also find what is the person's own.
    public var ownSight: Sight { Sight(scopes: scopes, requester: person, teams: teams) }

    public func has(_ role: Role) -> Bool { grants.contains { $0.role == role } }
}

extension DeskStore {
    /// The rights of a person at this moment, in one round trip.
    public func rights(of person: PersonID) async throws -> Rights {
        try await transaction { (transaction: borrowing Transaction) in
            try await rights(of: person, using: transaction)
        }
    }

    /// The same in a transaction that is under way.
    func rights(of person: PersonID, using transaction: borrowing Transaction) async throws -> Rights {
        let now = now
        let grants = try await transaction.all(
            "select role, site from role_grant where person = \(person)", as: (Role, SiteID?).self)
        let held = try await transaction.all(
            """
            select a.position, p.team from (\(.appointments(at: now))) a join position p on p.id = a.position
            where a.person = \(person)
            """, as: (PositionID, TeamID).self)
        let teams = Array(Set(held.map(\.1))).sorted()
        let served = teams.isEmpty ? [] : try await directory(using: transaction).served(by: teams)
        let sites = grants.compactMap(\.1) + served
        let scopes = try await transaction.all(
            """
            select c.id from scope c
            where (c.kind = 'site' and (\(grants.contains { $0.1 == nil }) or c.subject = any (\(sites))))
                or (c.kind = 'team' and c.subject = any (\(teams)))
            order by c.id
            """, as: Int64.self)
        return Rights(
            person: person, grants: grants.map { Rights.Grant(role: $0.0, site: $0.1) },
            positions: held.map(\.0), teams: teams, scopes: scopes)
    }
}

extension SQL {
    /// Who is appointed to which position at an instant, whatever his hours, as a subquery.
    static func appointments(at now: Moment) -> SQL {
        """
        select h.position, h.person from position_holder h
        where h.since <= \(now) and (h.until is null or h.until > \(now))
        union
        select e.position, e.person from roster_entry e where e.since <= \(now) and e.until > \(now)
        """
    }
}
