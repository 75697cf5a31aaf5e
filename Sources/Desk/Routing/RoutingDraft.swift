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
    /// Whether any rule has said where the ticket goes.
    var isPlaced: Bool { placedBy != nil }

    /// Takes what a rule says and none before it has said; answers with what is new.
    mutating func take(_ rule: RoutingRule) -> [RoutingFinding] {
        var decided: [RoutingFinding] = []
        let new = rule.result
        func fill<Value>(
            _ field: inout Value?, _ value: Value?, _ about: RoutingFinding.Topic, _ text: (Value) -> String
        ) {
            guard field == nil, let value else { return }
            field = value
            decided.append(RoutingFinding(about, text(value)))
        }
        if !facts.settled.contains(.kind) { fill(&result.kind, new.kind, .kind) { $0.rawValue } }
        if facts.category == nil { fill(&result.category, new.category, .category) { $0 } }
        if !facts.settled.contains(.impact) { fill(&result.impact, new.impact, .impact) { "\($0.rawValue)" } }
        if !facts.settled.contains(.urgency) { fill(&result.urgency, new.urgency, .urgency) { "\($0.rawValue)" } }
        if facts.priority == nil { fill(&result.priority, new.priority, .priority) { "\($0.rawValue)" } }
        fill(&result.supplier, new.supplier, .supplier) { $0 }
        for tag in new.tags where !result.tags.contains(tag) {
            result.tags.append(tag)
            decided.append(RoutingFinding(.tag, tag))
        }
        let before = decided.count
        fill(&result.site, new.site, .site) { $0 }
        // A tier or a skill of a later rule must not steer away from a team that is named.
        if result.team == nil, result.position == nil {
            fill(&result.tier, new.tier, .tier) { "\($0)" }
            fill(&result.skill, new.skill, .skill) { $0 }
            if result.tier == nil, result.skill == nil {
                fill(&result.team, new.team, .team) { $0 }
                fill(&result.position, new.position, .position) { $0 }
            }
        }
        if decided.count > before, placedBy == nil { placedBy = rule.name }
        return decided
    }
}
