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

    /// Whether it works for a site.
    public func serves(_ site: String) -> Bool { sites.contains(site) }

    public init(
        code: String, name: String, sites: [String], tier: Int, languages: [String] = [], skills: [String] = [],
        calendar: String? = nil, isConfidential: Bool = false, needs: [String] = []
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
    }
}
