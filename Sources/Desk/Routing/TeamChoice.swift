/// Which team and position have a ticket: a team of the tier and skill asked for at the site, else at the sites that
/// serve it; one that is open now before one that is not, then one that speaks the language, then the nearest.
struct TeamChoice {
    let site: String
    let team: String
    let position: String
    let isOpen: Bool
    /// Whether the ticket stays with the intake, because no rule placed it or no team fits.
    let isFallback: Bool

    init(_ draft: RoutingDraft, in organisation: Organisation, isOpen: (String) -> Bool) {
        let site = draft.result.site ?? draft.facts.site
        let candidates = draft.isPlaced ? Self.candidates(draft, at: site, in: organisation) : []
        let ranked = candidates.enumerated().map { order, candidate in
            let (team, _) = candidate
            let isOpenNow = isOpen(organisation.calendar(of: team))
            let speaks = team.languages.contains(draft.facts.requester.language)
            return (candidate: candidate, isOpen: isOpenNow, rank: (isOpenNow ? 0 : 1, speaks ? 0 : 1, order))
        }
        let best = ranked.min { $0.rank < $1.rank }
        if let best, let position = organisation.workingPosition(of: best.candidate.team) {
            self.init(
                site: best.candidate.site, team: best.candidate.team.code, position: position.code, isOpen: best.isOpen,
                isFallback: false)
            return
        }
        let home = organisation.site(site) ?? organisation.site(draft.facts.site)
        let intake = home.flatMap { organisation.position($0.intake) }
        let team = intake.flatMap { organisation.team($0.team) }
        self.init(
            site: home?.code ?? site, team: team?.code ?? "", position: intake?.code ?? "",
            isOpen: team.map { isOpen(organisation.calendar(of: $0)) } ?? false, isFallback: true)
    }

    private init(site: String, team: String, position: String, isOpen: Bool, isFallback: Bool) {
        (self.site, self.team, self.position) = (site, team, position)
        (self.isOpen, self.isFallback) = (isOpen, isFallback)
    }

    private typealias Candidate = (team: Team, site: String)

    private static func candidates(
        _ draft: RoutingDraft, at site: String, in organisation: Organisation
    ) -> [Candidate] {
        if let code = draft.result.team {
            guard let team = organisation.team(code) else { return [] }
            return [(team, team.serves(site) ? site : team.sites.first ?? site)]
        }
        return organisation.teams(ofTier: draft.result.tier ?? 1, skill: draft.result.skill, at: site)
    }
}
