/// People of one tier who share a queue of tickets.
public struct Team: Hashable, Sendable {
    public var code: String
    public var name: String
    /// The codes of the sites for which it works, its home first.
    public var sites: [String]
    /// 1 is the first line.
    public var tier: Int
    public var languages: [String]
    public var skills: [String]
    /// The code of its calendar; nil where it keeps that of its home site.
    public var calendar: String?
    /// Whether only the team itself may see its tickets.
    public var isConfidential: Bool
    /// The codes of what it must be told before it can work on a ticket.
    public var needs: [String]
    /// How its tickets find a person.
    public var assignment: Assignment
    /// How many open tickets it takes before tickets go to another team that would do; nil for any number.
    public var capacity: Int?
    /// How many open tickets one person is given before he is passed over; nil for any number.
    public var personCapacity: Int?

    /// How a team's tickets find a person. Whoever is given one holds a position of the team that leads nobody, is
    /// available, and has room; where there is nobody, the ticket waits in the queue.
    public enum Assignment: String, CaseIterable, Codable, Hashable, Sendable {
        /// They wait until somebody takes them.
        case queue
        /// Whoever was given one least recently.
        case roundRobin = "round_robin"
        /// Whoever has the fewest that are open; of equals, whoever was given one least recently.
        case leastLoaded = "least_loaded"
    }

    /// Whether it works for a site.
    public func serves(_ site: String) -> Bool { sites.contains(site) }

    public init(
        code: String, name: String, sites: [String], tier: Int, languages: [String] = [], skills: [String] = [],
        calendar: String? = nil, isConfidential: Bool = false, needs: [String] = [], assignment: Assignment = .queue,
        capacity: Int? = nil, personCapacity: Int? = nil
    ) {
        self.code = code
        self.name = name
        self.sites = sites
        self.tier = tier
        self.languages = languages
        self.skills = skills
        self.calendar = calendar
        self.isConfidential = isConfidential
        self.needs = needs
        self.assignment = assignment
        self.capacity = capacity
        self.personCapacity = personCapacity
    }
}
