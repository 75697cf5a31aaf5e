/// Which team and position have a ticket: a team of the tier and skill asked for at the site; where the site has none,
/// or none that is open and takes more, also those of the sites that serve it. One that is open comes before one that
/// is not, one that takes more before one that is full, then one of which somebody is there, then one that speaks the
/// language, then the one that has the least of what it takes, then the nearest. Where nobody is open, the ticket waits
/// at its own site.
struct TeamChoice {
    let site: String
    let team: String
    let position: String
    let circumstances: RoutingReasons.Choice
    /// Whether the ticket stays with the intake, because no rule placed it or no team fits.
    let isFallback: Bool

    init(_ draft: RoutingDraft, in organisation: Organisation, _ situation: RoutingSituation) {
        let site = draft.result.site ?? draft.facts.site
        let language = draft.facts.requester.language
        func circumstances(of team: Team, among count: Int) -> RoutingReasons.Choice {
            let standing = situation.standings[team.code]
            return RoutingReasons.Choice(
                isOpen: situation.isOpen(organisation.calendar(of: team)), isFull: standing?.isFull ?? false,
                isStaffed: standing?.isStaffed, load: standing?.load, speaks: team.languages.contains(language),
                candidates: count)
        }
        let candidates = Self.candidates(draft, in: organisation, situation)
        let ranked = candidates.enumerated().map { order, candidate in
            let now = circumstances(of: candidate.team, among: candidates.count)
            let load = situation.standings[candidate.team.code]?.loadStep ?? 0
            return (
                candidate: candidate, now: now,
                rank: (
                    now.isOpen ? 0 : 1, now.isFull ? 1 : 0, now.isStaffed ?? true ? 0 : 1, now.speaks ? 0 : 1, load,
                    order
                )
            )
        }
        let named = draft.result.position.flatMap { organisation.position($0) }
        if let best = ranked.min(by: { $0.rank < $1.rank }),
            let position = named ?? organisation.workingPosition(of: best.candidate.team)
        {
            self.init(
                site: best.candidate.site, team: best.candidate.team.code, position: position.code, best.now,
                isFallback: false)
            return
        }
        let home = organisation.site(site) ?? organisation.site(draft.facts.site)
        let intake = home.flatMap { organisation.position($0.intake) }
        let team = intake.flatMap { organisation.team($0.team) }
        self.init(
            site: home?.code ?? site, team: team?.code ?? "", position: intake?.code ?? "",
            team.map { circumstances(of: $0, among: 0) }
                ?? RoutingReasons.Choice(isOpen: false, speaks: false, candidates: 0), isFallback: true)
    }

    private init(
        site: String, team: String, position: String, _ circumstances: RoutingReasons.Choice, isFallback: Bool
    ) {
        (self.site, self.team, self.position) = (site, team, position)
        (self.circumstances, self.isFallback) = (circumstances, isFallback)
    }

    typealias Candidate = (team: Team, site: String)

    static func candidates(
        _ draft: RoutingDraft, in organisation: Organisation, _ situation: RoutingSituation
    ) -> [Candidate] {
        guard draft.isPlaced else { return [] }
        let site = draft.result.site ?? draft.facts.site
        let position = draft.result.position.flatMap { organisation.position($0)?.team }
        if let code = draft.result.team ?? position {
            guard let team = organisation.team(code) else { return [] }
            return [(team, team.serves(site) ? site : team.sites.first ?? site)]
        }
        let (tier, skill) = (draft.result.tier ?? 1, draft.result.skill)
        let own = organisation.teams(ofTier: tier, skill: skill, workingFor: site)
        func takes(_ team: Team) -> Bool {
            situation.isOpen(organisation.calendar(of: team)) && !situation.isFull(team.code)
        }
        if own.contains(where: { takes($0.team) }) { return own }
        let others = (organisation.site(site)?.servedBy ?? []).flatMap {
            organisation.teams(ofTier: tier, skill: skill, workingFor: $0)
        }
        return own.isEmpty ? others : own + others.filter { takes($0.team) }
    }
}
