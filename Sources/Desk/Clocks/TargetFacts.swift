/// What targets ask about a ticket, in the codes of the organisation document.
public struct TargetFacts: Hashable, Sendable {
    public var kind: Ticket.Kind
    public var priority: Priority
    /// Its category and those that this one is part of.
    public var categories: [String]
    public var requesterClass: String
    /// The site of origin.
    public var site: String
    /// The team that answers for it, and its tier.
    public var team: String
    public var tier: Int
    public var suppliers: [String]

    public init(
        kind: Ticket.Kind, priority: Priority, categories: [String] = [], requesterClass: String = "standard",
        site: String, team: String, tier: Int, suppliers: [String] = []
    ) {
        (self.kind, self.priority, self.categories) = (kind, priority, categories)
        (self.requesterClass, self.site, self.team) = (requesterClass, site, team)
        (self.tier, self.suppliers) = (tier, suppliers)
    }
}

extension Target.Conditions {
    public func hold(for facts: TargetFacts) -> Bool {
        meets(kinds, [facts.kind]) && meets(priorities, [facts.priority]) && meets(categories, facts.categories)
            && meets(classes, [facts.requesterClass]) && meets(sites, [facts.site]) && meets(teams, [facts.team])
            && meets(tiers, [facts.tier]) && meets(suppliers, facts.suppliers)
    }

    private func meets<Fact: Hashable>(_ wanted: [Fact], _ facts: [Fact]) -> Bool {
        wanted.isEmpty || facts.contains(where: wanted.contains)
    }
}

extension [Target] {
    /// The target of a measure that holds for a ticket: the first, in the order of the document.
    public func first(of measure: Measure, for facts: TargetFacts) -> Target? {
        first { $0.measure == measure && $0.conditions.hold(for: facts) }
    }
}
