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
        weigh(facts, in: organisation, situation).decision(in: organisation, situation)
    }

    /// Asks the rules alone, so that whoever decides can look at the teams that come into question.
    public func weigh(
        _ facts: RoutingFacts, in organisation: Organisation, _ situation: RoutingSituation
    ) -> RoutingOpinion {
        var draft = RoutingDraft(facts)
        let text = RoutingText(facts)
        var steps: [RoutingDecision.Step] = []
        for place in index.candidates(for: text.all) {
            let rule = rules[place]
            guard let found = rule.condition.matches(draft, text, situation, in: organisation) else { continue }
            steps.append(RoutingDecision.Step(rule: rule.name, facts: found, decided: draft.take(rule)))
        }
        return RoutingOpinion(draft: draft, steps: steps)
    }
}

extension RoutingTable: Hashable {
    public static func == (one: RoutingTable, other: RoutingTable) -> Bool { one.rules == other.rules }

    public func hash(into hasher: inout Hasher) { hasher.combine(rules) }
}
