/// Decides what a ticket is and where it belongs: rules in order, each of which may say what none before it has said.
public struct RoutingTable: Hashable, Sendable {
    public let rules: [RoutingRule]

    public init(rules: [RoutingRule]) { self.rules = rules }

    /// - Parameters:
    ///   - organisation: whose teams there are.
    ///   - isOpen: whether the calendar with a code is open now.
    public func decide(
        _ facts: RoutingFacts, in organisation: Organisation, isOpen: (String) -> Bool
    ) -> RoutingDecision {
        var draft = RoutingDraft(facts)
        let words = TextWords("\(facts.subject)\n\(facts.text)")
        var steps: [RoutingDecision.Step] = []
        for rule in rules {
            guard let found = rule.condition.matches(draft, words, in: organisation) else { continue }
            let decided = draft.take(rule)
            steps.append(RoutingDecision.Step(rule: rule.name, facts: found, decided: decided))
        }
        let choice = TeamChoice(draft, in: organisation, isOpen: isOpen)
        return RoutingDecision(
            kind: draft.kind, category: draft.category, impact: draft.impact, urgency: draft.urgency,
            priority: organisation.matrix.priority(draft.impact, draft.urgency), site: choice.site, team: choice.team,
            position: choice.position, isOpen: choice.isOpen,
            rule: choice.isFallback ? RoutingDecision.fallback : draft.placedBy ?? RoutingDecision.fallback,
            steps: steps)
    }
}

/// What has been decided so far.
struct RoutingDraft {
    let facts: RoutingFacts
    private(set) var result = RoutingRule.Result()
    /// The first rule that said something about the place.
    private(set) var placedBy: String?

    init(_ facts: RoutingFacts) { self.facts = facts }

    var kind: Ticket.Kind { result.kind ?? facts.kind }
    var impact: Impact { result.impact ?? facts.impact }
    var urgency: Urgency { result.urgency ?? facts.urgency }
    /// A category that a person chose stands before any rule's.
    var category: String? { facts.category ?? result.category }
    var isPlaced: Bool { result.site != nil || result.tier != nil || result.skill != nil || result.team != nil }

    /// Takes from a rule what is still open, and tells what that was.
    mutating func take(_ rule: RoutingRule) -> [String] {
        var decided: [String] = []
        let new = rule.result
        func fill<Value>(_ old: inout Value?, _ value: Value?, _ name: String, _ text: (Value) -> String) {
            guard old == nil, let value else { return }
            old = value
            decided.append("\(name) \(text(value))")
        }
        fill(&result.kind, new.kind, "kind") { $0.rawValue }
        if facts.category == nil { fill(&result.category, new.category, "category") { $0 } }
        fill(&result.impact, new.impact, "impact") { "\($0.rawValue)" }
        fill(&result.urgency, new.urgency, "urgency") { "\($0.rawValue)" }
        let before = decided.count
        fill(&result.site, new.site, "site") { $0 }
        // A tier or a skill of a later rule must not steer away from a team that is named.
        if result.team == nil {
            fill(&result.tier, new.tier, "tier") { "\($0)" }
            fill(&result.skill, new.skill, "skill") { $0 }
            if result.tier == nil, result.skill == nil { fill(&result.team, new.team, "team") { $0 } }
        }
        if decided.count > before, placedBy == nil { placedBy = rule.name }
        return decided
    }
}

extension RoutingRule.Condition {
    /// What was found in the ticket, or nil where something asked for was not.
    func matches(_ draft: RoutingDraft, _ words: TextWords, in organisation: Organisation) -> [String]? {
        let facts = draft.facts
        var found: [String] = []
        func among<Value: Equatable>(_ value: Value?, _ wanted: [Value], _ text: (Value) -> String) -> Bool {
            if wanted.isEmpty { return true }
            guard let value, wanted.contains(value) else { return false }
            found.append(text(value))
            return true
        }
        let requester = facts.requester
        guard among(draft.kind, kinds, { "kind is \($0.rawValue)" }),
            among(facts.channel, channels, { "channel is \($0.rawValue)" }),
            among(facts.site, sites, { "site is \($0)" }),
            among(facts.recipient?.lowercased(), recipients, { "written to \($0)" }),
            among(requester.personClass, requesterClasses, { "requester's class is \($0)" }),
            among(requester.language, requesterLanguages, { "requester's language is \($0)" }),
            among(requester.site, requesterSites, { "requester's site is \($0)" })
        else { return nil }
        if !categories.isEmpty {
            guard let category = draft.category, organisation.isPart(category, ofAny: categories) else { return nil }
            found.append("category is \(category)")
        }
        if !self.words.isEmpty {
            guard let word = self.words.first(where: words.contain) else { return nil }
            found.append("text contains \"\(word.text)\"")
        }
        return found
    }
}
