/// Decides what a ticket is and where it belongs: rules in order, each of which may say what none before it has said.
public struct RoutingTable: Sendable {
    public let rules: [RoutingRule]
    private let index: RuleIndex

    public init(rules: [RoutingRule]) {
        self.rules = rules
        index = RuleIndex(rules)
    }

    /// - Parameters:
    ///   - organisation: whose teams there are.
    ///   - isOpen: whether the calendar with a code is open now.
    public func decide(
        _ facts: RoutingFacts, in organisation: Organisation, isOpen: @escaping (String) -> Bool
    ) -> RoutingDecision {
        decide(facts, in: organisation, RoutingSituation(isOpen: isOpen))
    }

    /// - Parameter organisation: whose teams there are.
    public func decide(
        _ facts: RoutingFacts, in organisation: Organisation, _ situation: RoutingSituation
    ) -> RoutingDecision {
        var draft = RoutingDraft(facts)
        let text = RoutingText(facts)
        var steps: [RoutingDecision.Step] = []
        for place in index.candidates(for: text.all) {
            let rule = rules[place]
            guard let found = rule.condition.matches(draft, text, situation, in: organisation) else { continue }
            steps.append(RoutingDecision.Step(rule: rule.name, facts: found, decided: draft.take(rule)))
        }
        let choice = TeamChoice(draft, in: organisation, situation)
        let isChosen = facts.priority != nil
        let basis: PriorityBasis = isChosen ? .person : draft.result.priority == nil ? .matrix : .rule
        return RoutingDecision(
            kind: draft.kind, category: draft.category, impact: draft.impact, urgency: draft.urgency,
            priority: facts.priority ?? draft.result.priority
                ?? organisation.matrix.priority(draft.impact, draft.urgency),
            basis: basis, tags: draft.result.tags.sorted(), site: choice.site, team: choice.team,
            position: choice.position, choice: choice.circumstances,
            rule: choice.isFallback ? RoutingDecision.fallback : draft.placedBy ?? RoutingDecision.fallback,
            steps: steps)
    }
}

extension RoutingTable: Hashable {
    public static func == (one: RoutingTable, other: RoutingTable) -> Bool { one.rules == other.rules }

    public func hash(into hasher: inout Hasher) { hasher.combine(rules) }
}
