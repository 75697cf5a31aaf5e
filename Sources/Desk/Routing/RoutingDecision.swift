/// Where a ticket belongs and what it is, with the reasons.
public struct RoutingDecision: Hashable, Sendable {
    public var kind: Ticket.Kind
    public var category: String?
    public var impact: Impact
    public var urgency: Urgency
    public var priority: Priority
    public var basis: PriorityBasis
    /// What the rules add, in order.
    public var tags: [String]
    /// The codes of the site, the team and the position that are to have it.
    public var site: String
    public var team: String
    public var position: String
    /// The code of the supplier to which it is referred at once; nil where it stays with the desk.
    public var supplier: String?
    /// What the choice of the team rested on.
    public var choice: RoutingReasons.Choice
    /// The name of the rule that decided where it goes; `fallback` where none did.
    public var rule: String
    /// Every rule that matched, in order.
    public var steps: [Step]

    /// Whether the team is open at the instant of the decision.
    public var isOpen: Bool { choice.isOpen }

    /// The rule of a ticket that no rule places: it stays with the intake of its site.
    public static let fallback = "intake"

    /// A rule that matched, and why.
    public struct Step: Hashable, Sendable {
        public let rule: String
        /// What was found in the ticket, such as a phrase of the rule in its text.
        public let facts: [RoutingFinding]
        /// What the rule decided, such as a category; what earlier rules had decided is not among it.
        public let decided: [RoutingFinding]

        public init(rule: String, facts: [RoutingFinding], decided: [RoutingFinding]) {
            (self.rule, self.facts, self.decided) = (rule, facts, decided)
        }
    }
}

extension RoutingDecision {
    /// What the decision changes about a ticket, beside its place.
    ///
    /// - Parameters:
    ///   - category: the key of the decision's category, if the database knows it.
    ///   - ruled: the tags that rules gave before, which go unless the decision gives them again.
    public func changes(
        to old: Classification, category: CategoryID?, withdrawing ruled: Set<String> = []
    ) -> Changes {
        var changes = Changes()
        if kind != old.kind { changes.kind = kind }
        if let category, category != old.category { changes.category = category }
        if self.category == nil, old.category != nil { changes.removesCategory = true }
        if impact != old.impact { changes.impact = impact }
        if urgency != old.urgency { changes.urgency = urgency }
        if basis != .person {
            if priority != old.priority { changes.priority = priority }
            if basis != old.basis { changes.basis = basis }
        }
        let all = Set(old.tags).subtracting(ruled).union(tags).sorted()
        if all != old.tags { changes.tags = all }
        changes.isRuled = !changes.isEmpty
        return changes
    }

    /// What the event keeps of the reasons: the rules that had a say.
    ///
    /// - Parameter version: the version of the organisation document in which the rules stand.
    public func reasons(
        version: Int64?, assignment: Team.Assignment? = nil, isAgain: Bool = false
    ) -> RoutingReasons {
        RoutingReasons(
            steps: steps.filter { !$0.decided.isEmpty }, version: version, choice: choice, assignment: assignment,
            isAgain: isAgain)
    }
}

extension RoutingDecision: CustomStringConvertible {
    /// Why the ticket is where it is, a line a step.
    public var description: String {
        (steps.map(\.description) + ["\(rule): site \(site), team \(team), position \(position)"])
            .joined(separator: "\n")
    }
}

extension RoutingDecision.Step: CustomStringConvertible {
    /// The step in English, for the command line.
    public var description: String {
        let found = facts.isEmpty ? "always" : facts.map(\.found).joined(separator: " and ")
        let said = decided.isEmpty ? "nothing new" : decided.map(\.decided).joined(separator: ", ")
        return "\(rule): \(found) -> \(said)"
    }
}
