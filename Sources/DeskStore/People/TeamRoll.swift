public import Desk
public import Moments
import Postgres

/// Who belongs to a team by one of its positions, and whether he is there.
public struct RollEntry: Sendable, Equatable {
    public let position: PositionID
    public let person: PersonID
    public let name: String
    /// Whether he holds the position at this instant, by its roster.
    public let holds: Bool
    /// What he says of himself; nil where he has said nothing that still counts.
    public let availability: Availability.State?
    public let isAbsent: Bool
    /// When an absence ends; nil also where nobody knows.
    public let backAt: Moment?
}

extension DeskStore {
    /// Everybody who is appointed to a position of some teams or stands in for somebody there, by position and name.
    public func roll(of teams: [TeamID]) async throws -> [RollEntry] {
        let now = now
        return try await database.all(
            """
            select m.post, r.id, r.name,
                exists (select from holding(\(now)) h where h.post = m.post and h.person = m.person),
                (\(.availability(of: "m.person", now: now))), b.id is not null, b.until
            from (select h.position as post, h.person from position_holder h
                    where h.since <= \(now) and (h.until is null or h.until > \(now))
                union select e.position, e.person from roster_entry e where e.since <= \(now) and e.until > \(now)) m
            join position p on p.id = m.post join person r on r.id = m.person
            left join lateral (select b.id, b.until from absence b where b.person = m.person and \(.holds("b", at: now))
                order by b.until desc nulls first limit 1) b on true
            where p.team = any (\(teams)) order by p.id, r.name, r.id
            """, as: (PositionID, PersonID, String, Bool, Availability.State?, Bool, Moment?).self
        ).map {
            RollEntry(
                position: $0.0, person: $0.1, name: $0.2, holds: $0.3, availability: $0.4, isAbsent: $0.5,
                backAt: $0.6)
        }
    }
}

extension Rights {
    /// Whether somebody with these rights may change what the desk knows of a person: a lead or an administrator of his
    /// home. Of those who work at the desk only an administrator of all of it may, lest anybody take their rights over.
    public func mayChange(_ person: PersonCard) -> Bool {
        if grants.contains(Grant(role: .administrator, site: nil)) { return true }
        return !person.isColleague && leads(at: person.homeSite)
    }

    /// Whether somebody with these rights says when others of a site are absent, and who stands in for whom.
    public func leads(at site: SiteID?) -> Bool {
        grants.contains { grant in
            [.lead, .administrator].contains(grant.role)
                && (grant.site == nil || site == nil || grant.site == site)
        }
    }
}
