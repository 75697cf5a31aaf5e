/// What is known about a ticket when it is routed; codes as in the organisation document.
public struct RoutingFacts: Hashable, Sendable {
    /// The site of origin.
    public var site: String
    public var channel: Channel
    public var kind: Ticket.Kind
    public var impact: Impact
    public var urgency: Urgency
    /// The category that somebody chose, if anybody did.
    public var category: String?
    public var subject: String
    public var text: String
    /// The address that was written to.
    public var recipient: String?
    public var requester: Requester

    /// Who asks (S96).
    public struct Requester: Hashable, Sendable {
        public var address: String
        /// Such as `vip`; most are `standard`.
        public var personClass: String
        public var language: String
        /// His home site.
        public var site: String?

        public init(address: String, personClass: String = "standard", language: String, site: String? = nil) {
            (self.address, self.personClass) = (address, personClass)
            (self.language, self.site) = (language, site)
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
