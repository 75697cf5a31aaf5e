/// What the rules say of a ticket, before a team is chosen.
public struct RoutingOpinion {
    let draft: RoutingDraft
    let steps: [RoutingDecision.Step]

    /// The teams whose standing makes a difference and is not known: each of several that come into question, and one
    /// alone where it can be full. Closed ones make none while others are open.
    public func unknownTeams(in organisation: Organisation, _ situation: RoutingSituation) -> [Team] {
        let candidates = TeamChoice.candidates(draft, in: organisation, situation).map(\.team)
        let open = candidates.filter { situation.isOpen(organisation.calendar(of: $0)) }
        let teams = open.isEmpty ? candidates : open
        let asked = teams.count > 1 ? teams : teams.filter { $0.capacity != nil }
        return asked.filter { situation.standings[$0.code] == nil }
    }

    public func decision(in organisation: Organisation, _ situation: RoutingSituation) -> RoutingDecision {
        let (facts, choice) = (draft.facts, TeamChoice(draft, in: organisation, situation))
        let isChosen = facts.priority != nil
        let basis: PriorityBasis = isChosen ? .person : draft.result.priority == nil ? .matrix : .rule
        return RoutingDecision(
            kind: draft.kind, category: draft.category, impact: draft.impact, urgency: draft.urgency,
            priority: facts.priority ?? draft.result.priority
                ?? organisation.matrix.priority(draft.impact, draft.urgency),
            basis: basis, tags: draft.result.tags.sorted(), site: choice.site, team: choice.team,
            position: choice.position, supplier: draft.result.supplier, choice: choice.circumstances,
            rule: choice.isFallback ? RoutingDecision.fallback : draft.placedBy ?? RoutingDecision.fallback,
            steps: steps)
    }
}
