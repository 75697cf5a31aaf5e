/// Where a ticket belongs and what it is, with the reasons.
public struct RoutingDecision: Hashable, Sendable {
    public var kind: Ticket.Kind
    public var category: String?
    public var impact: Impact
    public var urgency: Urgency
    public var priority: Priority
    /// The codes of the site, the team and the position that are to have it.
    public var site: String
    public var team: String
    public var position: String
    /// Whether the team is open at the instant of the decision.
    public var isOpen: Bool
    /// The name of the rule that decided where it goes; `fallback` where none did.
    public var rule: String
    /// Every rule that had a say, in order.
    public var steps: [Step]

    /// The rule of a ticket that no rule places: it stays with the intake of its site.
    public static let fallback = "intake"

    /// A rule that matched, and why.
    public struct Step: Hashable, Sendable {
        public let rule: String
        /// What was found in the ticket, such as `text contains "vpn"`.
        public let facts: [String]
        /// What the rule decided, such as `category network`; what earlier rules had decided is not among it.
        public let decided: [String]

        public init(rule: String, facts: [String], decided: [String]) {
            (self.rule, self.facts, self.decided) = (rule, facts, decided)
        }
    }
}

extension RoutingDecision {
    /// What the decision changes about a ticket, beside its place.
    ///
    /// - Parameter category: the key of the decision's category, if the database knows it.
    public func changes(to old: Classification, category: CategoryID?) -> Changes {
        var changes = Changes()
        if kind != old.kind { changes.kind = kind }
        if let category, category != old.category { changes.category = category }
        if impact != old.impact { changes.impact = impact }
        if urgency != old.urgency { changes.urgency = urgency }
        if priority != old.priority { changes.priority = priority }
        return changes
    }
}

extension RoutingDecision: CustomStringConvertible {
    /// Why the ticket is where it is, a line a step.
    public var description: String {
        let lines = steps.map { step in
            let facts = step.facts.isEmpty ? "always" : step.facts.joined(separator: " and ")
            let decided = step.decided.isEmpty ? "nothing new" : step.decided.joined(separator: ", ")
            return "\(step.rule): \(facts) -> \(decided)"
        }
        return (lines + ["\(rule): site \(site), team \(team), position \(position)"]).joined(separator: "\n")
    }
}
