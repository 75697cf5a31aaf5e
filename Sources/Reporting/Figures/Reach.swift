import Desk
import DeskStore
import Postgres

/// The sites whose figures somebody may read: tickets that came in there, or are there.
struct Reach: Sendable, Hashable {
    /// All of them if nil.
    let sites: [SiteID]?
    /// The teams to which the reader belongs.
    let teams: [TeamID]

    static let everywhere = Reach(sites: nil)

    init(sites: [SiteID]?, teams: [TeamID] = []) { (self.sites, self.teams) = (sites, teams) }

    /// Those at which a person leads, manages or administers.
    init(_ rights: Rights) {
        let grants = rights.grants.filter { $0.role != .agent }
        sites = grants.contains { $0.site == nil } ? nil : Set(grants.compactMap(\.site)).sorted()
        teams = rights.teams
    }

    /// Holds for the tickets `t` whose numbers the reader may learn. Those of a confidential team, whichever episode
    /// was with it, are only counted for whoever is not of the team.
    var isNamed: SQL {
        """
        not exists (select from figure_ticket e join team m on m.id = e.team
            where e.ticket = t.ticket and m.confidential and m.id <> all (\(teams)))
        """
    }

    /// Holds for the tickets `t` that are in reach.
    var condition: SQL {
        guard let sites = sites?.map(\.rawValue) else { return "true" }
        return "(t.origin = any (\(sites)) or t.site = any (\(sites)))"
    }
}
