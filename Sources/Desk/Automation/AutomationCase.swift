public import JSON
public import Moments
public import TimeZones

/// A ticket and an event that somebody thought of, and which rules ought to do something then.
public struct AutomationCase: Hashable, Sendable {
    /// What the case is about.
    public var name: String
    public var at: Moment
    public var facts: AutomationFacts
    /// What happened; nil to ask the rules that wait, as if all their hours had come.
    public var event: Ticket.Event.Kind?
    public var origin: AutomationRule.Origin
    /// Of a clock's deadline, which clock.
    public var measure: Measure?
    /// The names of the rules that match, in the order of the document.
    public var expected: [String]
}

extension AutomationCase {
    /// Reads cases of a file with the words that an organisation has.
    ///
    /// - Throws: everything that is wrong with the cases, each with its place.
    public static func read(_ text: String, in organisation: Organisation) throws(JSONFaults) -> [AutomationCase] {
        try CaseFile.read(text, form(in: organisation))
    }

    private static func form(in organisation: Organisation) -> JSONForm<AutomationCase> {
        .object { reader in
            let name = reader.optional("name", .line())
            let at = reader.required("at", .moment)
            let routing = reader.optional("facts", RoutingCase.factsForm(in: organisation))
            let ticket = reader.optional("ticket", ticketForm(in: organisation))
            let event = reader.optional("on", .word(among: AutomationRule.eventKinds.map(\.rawValue)))
            let origin: AutomationRule.Origin? = reader.optional("by", .word())
            let measure: Measure? = reader.optional("measure", .word())
            let rules = organisation.automation.rules.map(\.name)
            let expected = reader.required("expect", .list(of: .word(among: rules)))
            guard let at, let expected else { return nil }
            var facts = (ticket ?? { usual(in: organisation, $0, $1) })(at, routing ?? usual(in: organisation))
            facts.routing.priority = nil
            return AutomationCase(
                name: name ?? facts.routing.subject, at: at, facts: facts,
                event: event.flatMap { Ticket.Event.Kind(rawValue: $0) }, origin: origin ?? .program,
                measure: measure, expected: expected)
        }
    }

    private typealias Completion = (Moment, RoutingFacts) -> AutomationFacts

    /// What has become of the ticket; what is left out is as routing would leave it.
    private static func ticketForm(in organisation: Organisation) -> JSONForm<Completion> {
        .object { reader in
            let state: Ticket.State? = reader.optional("state", .word())
            let team = reader.optional("team", .word(among: organisation.teams.map(\.code)))
            let priority: Priority? = reader.optional("priority", .grade())
            let tags = reader.optional("tags", .list(of: .code))
            let opened = reader.optional("opened_at", .moment)
            return { at, routing in
                var facts = usual(in: organisation, at, routing)
                facts.state = state ?? facts.state
                facts.team = team ?? facts.team
                facts.tier = organisation.team(facts.team)?.tier ?? facts.tier
                facts.priority = priority ?? facts.priority
                facts.tags = tags ?? []
                facts.openedAt = opened ?? at
                return facts
            }
        }
    }

    private static func usual(in organisation: Organisation, _ at: Moment, _ routing: RoutingFacts) -> AutomationFacts {
        let intake = organisation.site(routing.site).flatMap { organisation.position($0.intake) }
        let team = intake?.team ?? organisation.teams.first?.code ?? ""
        return AutomationFacts(
            routing: routing, state: .assigned, team: team, tier: organisation.team(team)?.tier ?? 1,
            priority: routing.priority ?? organisation.matrix.priority(routing.impact, routing.urgency), tags: [],
            openedAt: at)
    }

    private static func usual(in organisation: Organisation) -> RoutingFacts {
        RoutingFacts(
            site: organisation.defaultSite, channel: .web, kind: .incident, impact: .medium, urgency: .medium,
            subject: "", text: "",
            requester: RoutingFacts.Requester(
                address: "somebody@example.org", language: organisation.site(organisation.defaultSite)?.language ?? "en"
            ))
    }
}

extension AutomationCase {
    /// What became of a case: the rules that match, each with what it found.
    public struct Outcome: Sendable {
        public let matched: [(rule: String, found: [RoutingFinding])]
        public let isAsExpected: Bool
    }

    /// Plays the case against the rules of an organisation; nothing is done.
    ///
    /// - Parameters:
    ///   - calendar: the calendar with a code, if there is one.
    ///   - zone: the time zone of a name, if this machine knows it.
    public func play(
        in organisation: Organisation, calendar: @escaping (String) -> BusinessCalendar?,
        zone: @escaping (String) -> Zone?
    ) -> Outcome {
        let situation = RoutingSituation(at: at, in: organisation, calendar: calendar, zone: zone)
        let asked = organisation.automation.rules.filter { rule in
            if let event { return rule.listens(to: event, by: origin, about: measure) }
            return rule.isEnabled && rule.wait?.states.contains(facts.state) ?? false
        }
        let matched = asked.compactMap { rule in
            rule.condition.matches(facts, at: at, situation, in: organisation).map { (rule.name, $0) }
        }
        return Outcome(matched: matched, isAsExpected: matched.map(\.0) == expected)
    }
}
