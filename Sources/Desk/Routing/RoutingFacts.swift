/// What is known about a ticket when it is routed; codes as in the organisation document.
public struct RoutingFacts: Hashable, Sendable {
    /// The site of origin.
    public var site: String
    public var channel: Channel
    public var kind: Ticket.Kind
    public var impact: Impact
    public var urgency: Urgency
    /// The priority that a person chose; it stands before the table's and the matrix's.
    public var priority: Priority?
    /// The category that somebody chose, if anybody did.
    public var category: String?
    public var subject: String
    public var text: String
    /// The address that was written to.
    public var recipient: String?
    public var requester: Requester
    /// What people of the desk have decided about the ticket since it came: no rule changes it.
    public var settled: Set<Settled> = []
    /// The tags that rules gave it before; one that no rule gives any more goes.
    public var ruledTags: Set<String> = []

    /// What a person can have decided, so that rules leave it alone.
    public enum Settled: Hashable, Sendable {
        case kind
        case impact
        case urgency
    }

    /// Who asks (S96).
    public struct Requester: Hashable, Sendable {
        public var address: String
        /// Such as `vip`; most are `standard`.
        public var personClass: String
        public var language: String
        /// His home site.
        public var site: String?
        /// The organisation or department he belongs to, where it is known.
        public var organisation: String?

        public init(
            address: String, personClass: String = "standard", language: String, site: String? = nil,
            organisation: String? = nil
        ) {
            (self.address, self.personClass) = (address, personClass)
            (self.language, self.site, self.organisation) = (language, site, organisation)
        }

        /// Whether he belongs to an organisation, or writes from its domain or one below it.
        func belongs(to organisation: String) -> Bool {
            let wanted = organisation.lowercased()
            if let own = self.organisation, own.lowercased() == wanted { return true }
            guard let domain = address.lowercased().split(separator: "@").last else { return false }
            return domain == wanted || domain.hasSuffix("." + wanted)
        }
    }

    public init(
        site: String, channel: Channel, kind: Ticket.Kind, impact: Impact, urgency: Urgency, category: String? = nil,
        subject: String, text: String, recipient: String? = nil, requester: Requester
    ) {
        self.site = site
        self.channel = channel
        self.kind = kind
        self.impact = impact
        self.urgency = urgency
        self.category = category
        self.subject = subject
        self.text = text
        self.recipient = recipient
        self.requester = requester
    }
}
