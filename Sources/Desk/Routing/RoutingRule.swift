/// A line of the routing table: for such tickets, this is so.
public struct RoutingRule: Hashable, Sendable {
    public var name: String
    public var condition: Condition
    public var result: Result

    /// What must be true of a ticket. Each list is a choice, and an empty list asks nothing.
    public struct Condition: Hashable, Sendable {
        public var kinds: [Ticket.Kind] = []
        /// Codes of categories; a ticket of a part of one is meant as well.
        public var categories: [String] = []
        /// What stands in the subject or the body.
        public var words: [Phrase] = []
        public var subjectWords: [Phrase] = []
        public var bodyWords: [Phrase] = []
        public var channels: [Channel] = []
        /// Addresses that were written to.
        public var recipients: [String] = []
        /// Codes of sites of origin.
        public var sites: [String] = []
        public var requesterClasses: [String] = []
        public var requesterLanguages: [String] = []
        /// Codes of the requesters' home sites.
        public var requesterSites: [String] = []
        /// Names of organisations or departments, or the domains of mail addresses; a domain means those below it too.
        public var requesterOrganisations: [String] = []
        /// Codes of calendars of which one is open.
        public var open: [String] = []
        /// Codes of calendars of which one is closed.
        public var closed: [String] = []
        /// Hours of the week of which one is now.
        public var hours: [WeekHours] = []

        public init() {}
    }

    /// What the rule says about the ticket. What an earlier rule has said stands.
    public struct Result: Hashable, Sendable {
        public var kind: Ticket.Kind?
        public var category: String?
        public var impact: Impact?
        public var urgency: Urgency?
        /// Instead of what the matrix gives.
        public var priority: Priority?
        /// The site that is to have the ticket.
        public var site: String?
        public var tier: Int?
        /// What the team must be able to do.
        public var skill: String?
        /// The team itself, whatever its tier.
        public var team: String?
        /// The position itself, and with it its team.
        public var position: String?
        /// The code of a supplier that gets the ticket from whoever answers for it then.
        public var supplier: String?
        /// Codes that are added to those of earlier rules.
        public var tags: [String] = []

        public init() {}
    }

    public init(name: String, condition: Condition = Condition(), result: Result) {
        (self.name, self.condition, self.result) = (name, condition, result)
    }
}
