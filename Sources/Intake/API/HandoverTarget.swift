import Desk
import DeskStore
import JSON

/// To whom a program passes a ticket: a team, or the team of a tier at a site.
struct HandoverTarget: Sendable {
    let site: String?
    let tier: Int?
    let team: String?

    static func form(in directory: Directory) -> JSONForm<HandoverTarget> {
        let organisation = directory.organisation
        return .object { reader in
            let site = reader.optional("site", .word(among: organisation.sites.map(\.code)))
            let tier = reader.optional("tier", .integer(1...99))
            let team = reader.optional("team", .word(among: organisation.teams.map(\.code)))
            if !["site", "tier", "team"].contains(where: reader.has) {
                reader.fault(nil, "must name a site, a tier or a team")
            }
            return HandoverTarget(site: site, tier: tier, team: team)
        }
    }

    /// Who answers for the ticket once it is there.
    func responsibility(for occasion: Occasion) throws -> Responsibility {
        let (directory, present) = (occasion.directory, occasion.ticket.responsibility.place)
        let organisation = directory.organisation
        let home = site ?? directory.code(of: present.site)
        let chosen: (team: Team, site: String)? =
            if let named = team.flatMap(organisation.team) {
                tier == nil || named.tier == tier ? (named, named.serves(home) ? home : named.sites.first ?? home) : nil
            } else {
                organisation.teams(ofTier: tier ?? present.tier, at: home).first
            }
        guard let (group, place) = chosen, site == nil || place == site || team == nil,
            let key = directory.teams[group.code], let siteKey = directory.sites[place],
            let responsibility = directory.responsibility(of: key, at: siteKey)
        else {
            throw AssignmentRequest.fault("to", "names no team that works for \(home) on that tier")
        }
        return responsibility
    }
}
