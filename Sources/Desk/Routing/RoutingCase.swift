public import JSON
public import Moments
public import TimeZones

/// A ticket that somebody thought of, and what the routing table ought to make of it at an instant.
public struct RoutingCase: Hashable, Sendable {
    /// What the case is about.
    public var name: String
    public var at: Moment
    public var facts: RoutingFacts
    /// The codes of the teams that have as many open tickets as they take.
    public var full: Set<String>
    /// The codes of the teams of which nobody is there.
    public var deserted: Set<String>
    /// What the decision must say, by the name of what it says; null for nothing. What is not named may be anything.
    public var expected: JSONObject

    /// What a case may expect of a decision.
    public static let expectations = [
        "kind", "category", "impact", "urgency", "priority", "site", "tier", "team", "position", "tags", "open", "rule",
    ]
}

extension RoutingCase {
    /// The form of a case, with the words that an organisation has.
    public static func form(in organisation: Organisation) -> JSONForm<RoutingCase> {
        .object { reader in
            let name = reader.optional("name", .line())
            let at = reader.required("at", .moment)
            let facts = reader.required("facts", factsForm(in: organisation))
            let full = reader.optional("full", .list(of: .word(among: organisation.teams.map(\.code))))
            let deserted = reader.optional("deserted", .list(of: .word(among: organisation.teams.map(\.code))))
            let expected = reader.required("expect", expectedForm)
            guard let at, let facts, let expected else { return nil }
            return RoutingCase(
                name: name ?? facts.subject, at: at, facts: facts, full: Set(full ?? []), deserted: Set(deserted ?? []),
                expected: expected)
        }
    }

    /// What is known about a ticket that somebody thought of; what is left out is as it usually is.
    static func factsForm(in organisation: Organisation) -> JSONForm<RoutingFacts> {
        .object { reader in
            let site = reader.optional("site", .word(among: organisation.sites.map(\.code)))
            let channel: Channel? = reader.optional("channel", .word())
            let kind: Ticket.Kind? = reader.optional("kind", .word())
            let impact: Impact? = reader.optional("impact", .grade())
            let urgency: Urgency? = reader.optional("urgency", .grade())
            let priority: Priority? = reader.optional("priority", .grade())
            let category = reader.optional("category", .word(among: organisation.categories.map(\.code)))
            let subject = reader.optional("subject", .text(length: 0...1000))
            let text = reader.optional("text", .text(length: 0...100_000))
            let recipient = reader.optional("recipient", .address)
            let requester = reader.optional("requester", requesterForm(in: organisation))
            let own = site ?? requester?.site ?? organisation.defaultSite
            let language = requester.flatMap { $0.language.isEmpty ? nil : $0.language }
            var facts = RoutingFacts(
                site: own, channel: channel ?? .web, kind: kind ?? .incident, impact: impact ?? .medium,
                urgency: urgency ?? .medium, category: category, subject: subject ?? "", text: text ?? "",
                recipient: recipient,
                requester: requester ?? RoutingFacts.Requester(address: "somebody@example.org", language: ""))
            facts.requester.language = language ?? organisation.site(own)?.language ?? "en"
            facts.priority = priority
            return facts
        }
    }

    private static func requesterForm(in organisation: Organisation) -> JSONForm<RoutingFacts.Requester> {
        .object { reader in
            let address = reader.optional("email", .address)
            let personClass = reader.optional("class", .code)
            let language = reader.optional("language", .language)
            let site = reader.optional("site", .word(among: organisation.sites.map(\.code)))
            let belongs = reader.optional("organisation", .line())
            return RoutingFacts.Requester(
                address: address ?? "somebody@example.org", personClass: personClass ?? Person.standardClass,
                language: language ?? "", site: site, organisation: belongs)
        }
    }

    private static var expectedForm: JSONForm<JSONObject> {
        .object { reader in
            var expected = JSONObject()
            for name in expectations {
                if let value = reader.optional(name, .any) { expected[name] = value }
            }
            if expected.isEmpty { reader.fault(nil, "expects nothing; say at least a team") }
            return expected
        }
    }
}

extension RoutingCase {
    /// What became of a case.
    public struct Outcome: Sendable {
        public let decision: RoutingDecision
        /// What is not as expected; empty where all is.
        public let differences: [Difference]

        public var isAsExpected: Bool { differences.isEmpty }
    }

    /// One thing that the decision says otherwise than expected.
    public struct Difference: Hashable, Sendable {
        public let name: String
        public let expected: JSON
        public let found: JSON
    }

    /// Plays the case against the table of an organisation.
    ///
    /// - Parameters:
    ///   - calendar: the calendar with a code, if there is one.
    ///   - zone: the time zone of a name, if this machine knows it.
    public func play(
        in organisation: Organisation, calendar: @escaping (String) -> BusinessCalendar?,
        zone: @escaping (String) -> Zone?
    ) -> Outcome {
        let standings = full.union(deserted).map { team in
            (team, TeamStanding(isStaffed: !deserted.contains(team), load: full.contains(team) ? 100 : nil))
        }
        let situation = RoutingSituation(
            at: at, in: organisation, calendar: calendar, zone: zone,
            standings: Dictionary(uniqueKeysWithValues: standings))
        let decision = organisation.routing.decide(facts, in: organisation, situation)
        let said = decision.said(in: organisation)
        let differences = expected.compactMap { member -> Difference? in
            let found = said[member.name] ?? .null
            if JSON.diff(member.value, found).isEmpty { return nil }
            return Difference(name: member.name, expected: member.value, found: found)
        }
        return Outcome(decision: decision, differences: differences)
    }
}

extension RoutingDecision {
    /// The decision under the names that cases use.
    public func said(in organisation: Organisation) -> JSONObject {
        JSONObject([
            ("kind", kind.rawValue.json), ("category", category.json), ("impact", impact.rawValue.json),
            ("urgency", urgency.rawValue.json), ("priority", priority.rawValue.json), ("site", site.json),
            ("tier", (organisation.team(team)?.tier).json), ("team", team.json), ("position", position.json),
            ("tags", tags.json), ("open", isOpen.json), ("rule", rule.json),
        ])
    }
}
