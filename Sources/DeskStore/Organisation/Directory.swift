public import Desk
public import Moments
import Postgres

/// The organisation in force, with the keys of everything it names: what every decision about a ticket looks up.
public struct Directory: Sendable {
    public let version: Int64
    public let organisation: Organisation
    public let sites: Codebook<Site>
    public let teams: Codebook<Team>
    public let positions: Codebook<Position>
    public let categories: Codebook<Category>
    public let suppliers: Codebook<Supplier>
    let scopes: [Scope: Int64]
    let calendars: CalendarVersions

    public var defaultSite: SiteID { sites[organisation.defaultSite] ?? SiteID(0) }

    public func code(of site: SiteID) -> String { sites.code(of: site) }

    public func site(_ key: SiteID) -> Site? { organisation.site(sites.code(of: key)) }
    public func team(_ key: TeamID) -> Team? { organisation.team(teams.code(of: key)) }
    public func position(_ key: PositionID) -> Position? { organisation.position(positions.code(of: key)) }
    public func category(_ key: CategoryID) -> Category? { organisation.category(categories.code(of: key)) }
    public func supplier(_ key: SupplierID) -> Supplier? { organisation.supplier(suppliers.code(of: key)) }

    /// The key under which visibility of a scope is kept.
    func key(of scope: Scope) -> Int64? { scopes[scope] }

    /// The eyes of somebody who sees all that a site may see, or, with no site, all that any site may see.
    public func sight(of site: SiteID?) -> Sight {
        let keys = scopes.filter { scope, _ in
            guard case .site(let place) = scope else { return false }
            return site == nil || site == place
        }
        return Sight(scopes: keys.values.sorted())
    }

    /// The language in which a site writes to people whose own is not known.
    public func language(of site: SiteID?) -> String {
        (site.flatMap { self.site($0) } ?? organisation.site(organisation.defaultSite))?.language ?? "en"
    }

    /// The hours under a code that are in force at a moment; nil where nobody knows them.
    func calendar(_ code: String, at moment: Moment) -> BusinessCalendar? {
        (try? calendars.inForce(code, at: moment))?.calendar
    }

    /// Whether the calendar with a code is open at a moment; a calendar that nobody knows is not.
    public func isOpen(_ code: String, at moment: Moment) -> Bool {
        calendar(code, at: moment)?.isOpen(at: moment) ?? false
    }

    /// When the team that has a ticket opens again; nil where it is open, and where it never opens.
    public func opening(of ticket: Ticket, after moment: Moment) -> Moment? {
        guard let team = team(ticket.responsibility.place.team),
            let calendar = calendar(organisation.calendar(of: team), at: moment),
            !calendar.isOpen(at: moment)
        else { return nil }
        return try? calendar.nextOpen(at: moment)
    }

    /// Who answers for a site's tickets until they are routed.
    func intake(of site: SiteID) throws -> Responsibility {
        guard let place = self.site(site), let position = organisation.position(place.intake),
            let team = organisation.team(position.team), let key = positions[position.code],
            let teamKey = teams[team.code]
        else { throw DeskInconsistency("site \(code(of: site)) has no intake position") }
        return Responsibility(
            place: Place(site: site, tier: team.tier, team: teamKey), position: key, isConfidential: team.isConfidential
        )
    }

    /// Who answers for a ticket once a team has it: the position given, or else the team's first that leads nobody.
    public func responsibility(
        of team: TeamID, at site: SiteID, position: PositionID? = nil, person: PersonID? = nil
    ) -> Responsibility? {
        guard let group = self.team(team), let working = organisation.workingPosition(of: group),
            let key = position ?? positions[working.code]
        else { return nil }
        return Responsibility(
            place: Place(site: site, tier: group.tier, team: team), position: key, person: person,
            isConfidential: group.isConfidential)
    }

    /// What a submission says of itself, with the middle of the scale for what it does not say.
    func classification(of submission: Submission) -> Classification {
        let (impact, urgency) = (submission.impact ?? .medium, submission.urgency ?? .medium)
        return Classification(
            kind: submission.kind ?? .incident, category: submission.category, impact: impact, urgency: urgency,
            priority: organisation.matrix.priority(impact, urgency))
    }

    /// The name of the zone in which a version of a calendar counts.
    public func zone(of version: CalendarVersionID) -> String? {
        calendars.byKey[version]?.calendar.definition.zone
    }

    /// The code of the calendar that a version is of; a star for the one that never closes.
    public func calendar(of version: CalendarVersionID) -> String? { calendars.codes[version] }

    func calendarVersion(_ id: CalendarVersionID) throws -> CalendarVersion {
        guard let version = calendars.byKey[id] else { throw DeskInconsistency("calendar version \(id) is missing") }
        return version
    }
}
