import JSON
public import Moments

/// What must be true of a ticket for a rule: what the routing table can ask, and what has become of the ticket since.
/// Each list is a choice, and an empty list asks nothing.
public struct AutomationCondition: Hashable, Sendable {
    public var routing = RoutingRule.Condition()
    public var states: [Ticket.State] = []
    /// Codes of the teams that answer for it.
    public var teams: [String] = []
    public var tiers: [Int] = []
    public var priorities: [Priority] = []
    /// It has one of these.
    public var tags: [String] = []
    /// It has none of these.
    public var withoutTags: [String] = []
    /// It was opened longer ago than this, in seconds.
    public var olderThan: Int64?

    public init() {}
}

/// What is known about a ticket when rules are asked; codes as in the organisation document.
public struct AutomationFacts: Hashable, Sendable {
    public var routing: RoutingFacts
    public var state: Ticket.State
    public var team: String
    public var tier: Int
    public var priority: Priority
    public var tags: [String]
    public var openedAt: Moment

    public init(
        routing: RoutingFacts, state: Ticket.State, team: String, tier: Int, priority: Priority, tags: [String],
        openedAt: Moment
    ) {
        (self.routing, self.state, self.team, self.tier) = (routing, state, team, tier)
        (self.priority, self.tags, self.openedAt) = (priority, tags, openedAt)
    }
}

extension AutomationCondition {
    /// What was found in the ticket, or nil where something asked for was not.
    public func matches(
        _ facts: AutomationFacts, at now: Moment, _ situation: RoutingSituation, in organisation: Organisation
    ) -> [RoutingFinding]? {
        var found: [RoutingFinding] = []
        func has<Value: Equatable>(
            _ wanted: [Value], _ value: Value, _ about: RoutingFinding.Topic, _ text: String
        ) -> Bool {
            if wanted.isEmpty { return true }
            guard wanted.contains(value) else { return false }
            found.append(RoutingFinding(about, text))
            return true
        }
        guard has(states, facts.state, .state, facts.state.rawValue), has(teams, facts.team, .team, facts.team),
            has(tiers, facts.tier, .tier, "\(facts.tier)"),
            has(priorities, facts.priority, .priority, "\(facts.priority.rawValue)")
        else { return nil }
        if !tags.isEmpty {
            guard let tag = tags.first(where: facts.tags.contains) else { return nil }
            found.append(RoutingFinding(.tag, tag))
        }
        guard withoutTags.allSatisfy({ !facts.tags.contains($0) }) else { return nil }
        if let olderThan, now.duration(since: facts.openedAt) <= .seconds(olderThan) { return nil }
        let text = RoutingText(facts.routing)
        guard let more = routing.matches(RoutingDraft(facts.routing), text, situation, in: organisation) else {
            return nil
        }
        return found + more
    }
}

extension AutomationCondition {
    static func form(_ references: References) -> JSONForm<AutomationCondition> {
        .object { reader in
            var condition = AutomationCondition()
            condition.routing.read(from: &reader, references)
            condition.states = reader.choice("states", .word())
            condition.teams = reader.choice("teams", references.mentioning(.team))
            condition.tiers = reader.choice("tiers", .integer(1...99))
            condition.priorities = reader.choice("priorities", .grade())
            condition.tags = reader.choice("tags", .code)
            condition.withoutTags = reader.choice("without_tags", .code)
            condition.olderThan = reader.optional("older_than", WorkingTime.form)
            if !Set(condition.tags).isDisjoint(with: condition.withoutTags),
                Set(condition.tags).isSubset(of: condition.withoutTags)
            {
                reader.fault("without_tags", "forbids every tag that \"tags\" asks for; the rule can never match")
            }
            return condition
        }
    }

    var json: JSON {
        var object = JSONObject()
        if case .object(let asked) = routing.json { object = asked }
        if !states.isEmpty { object["states"] = states.map(\.rawValue).json }
        if !teams.isEmpty { object["teams"] = teams.json }
        if !tiers.isEmpty { object["tiers"] = tiers.json }
        if !priorities.isEmpty { object["priorities"] = priorities.map(\.rawValue).json }
        if !tags.isEmpty { object["tags"] = tags.json }
        if !withoutTags.isEmpty { object["without_tags"] = withoutTags.json }
        object["older_than"] = olderThan.map { WorkingTime.text($0).json }
        return .object(object)
    }
}
