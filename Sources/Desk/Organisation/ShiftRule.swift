import JSON

/// Which tickets do not wait at a desk that is closed: at the end of a shift they go, or are offered, to the next site
/// that is open (follow-the-sun).
public struct ShiftRule: Hashable, Sendable {
    public var name: String
    /// The kinds, priorities and categories it holds for; empty for all. A part of a category is meant with it.
    public var kinds: [Ticket.Kind]
    public var priorities: [Priority]
    public var categories: [String]
    /// The codes of the sites in the order of the sun; after the last comes the first again.
    public var sites: [String]
    public var action: Action
    /// How long before the end of the shift it begins, in seconds, so that people of both shifts can speak.
    public var lead: Int64

    /// A desk that opens again after at most this time, in seconds, is at lunch: its shift goes on.
    public static let longestBreak: Int64 = 7200

    public enum Action: String, CaseIterable, Hashable, Sendable {
        case handOver = "hand_over"
        /// The ticket stays until the other team accepts it.
        case offer
    }

    public init(
        name: String, kinds: [Ticket.Kind] = [], priorities: [Priority] = [], categories: [String] = [],
        sites: [String], action: Action = .handOver, lead: Int64 = 0
    ) {
        (self.name, self.sites, self.action, self.lead) = (name, sites, action, lead)
        (self.kinds, self.priorities, self.categories) = (kinds, priorities, categories)
    }
}

extension ShiftRule {
    static func form(_ references: References) -> JSONForm<ShiftRule> {
        .object { reader in
            let name = reader.required("name", .line())
            let kinds = reader.optional("kinds", JSONForm<[Ticket.Kind]>.list(of: .word()))
            let priorities = reader.optional("priorities", JSONForm<[Priority]>.list(of: .grade()))
            let categories = reader.optional("categories", .list(of: references.mentioning(.category)))
            let sites = reader.required("sites", .list(of: references.mentioning(.site), count: 2...1000))
            let action: Action? = reader.optional("action", .word())
            let lead = reader.optional("lead", WorkingTime.form)
            guard let name, let sites else { return nil }
            return ShiftRule(
                name: name, kinds: kinds ?? [], priorities: priorities ?? [], categories: categories ?? [],
                sites: sites, action: action ?? .handOver, lead: lead ?? 0)
        }
    }

    var json: JSON {
        var object = JSONObject([
            ("name", name.json), ("kinds", kinds.map(\.rawValue).json), ("priorities", priorities.map(\.rawValue).json),
            ("categories", categories.json), ("sites", sites.json), ("action", action.rawValue.json),
        ])
        if lead > 0 { object["lead"] = WorkingTime.text(lead).json }
        return .object(object)
    }
}

extension Organisation {
    /// Where a team's tickets can go while it is closed: of the sites that come after its own, those with an open team
    /// of the same tier, the next one first. Of several teams there, the one that shares most of its skills.
    ///
    /// - Parameter isOpen: whether the calendar with a code is open.
    public func reliefs(
        of team: Team, at site: String, under rule: ShiftRule, isOpen: (String) -> Bool
    ) -> [(team: Team, site: String)] {
        guard !team.isConfidential, let place = rule.sites.firstIndex(of: site) else { return [] }
        let next = rule.sites[(place + 1)...] + rule.sites[..<place]
        return next.compactMap { site in
            let candidates = teams.filter { other in
                other.tier == team.tier && other.serves(site) && !other.isConfidential && other.code != team.code
                    && isOpen(calendar(of: other))
            }
            let skills = Set(team.skills)
            let best = candidates.max { skills.intersection($0.skills).count < skills.intersection($1.skills).count }
            return best.map { ($0, site) }
        }
    }
}
