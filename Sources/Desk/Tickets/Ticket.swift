public import Moments

/// The rules of one enquiry from its report to its end: what may happen to it next, and what must follow.
///
/// A value: `apply` moves it and answers with effects, or refuses and leaves it as it was. Text, attachments and
/// letters are kept by the store; nothing here depends on them.
public struct Ticket: Hashable, Sendable {
    public let id: TicketID
    public let number: TicketNumber
    /// The site whose desk received it; it never changes.
    public let origin: SiteID
    public let channel: Channel
    /// The desk that gave it to us and speaks for its requester; nil where he came himself.
    public let client: SupplierID?
    public internal(set) var requester: PersonID
    public internal(set) var language: String
    public internal(set) var classification: Classification

    public internal(set) var state: State
    public internal(set) var outcome: Outcome?
    public internal(set) var holder: Holder
    /// Who answers for it inside the desk, also while a supplier or the requester has it.
    public internal(set) var responsibility: Responsibility
    /// The position that answers for it from its report to its end, whoever works on it (S63).
    public internal(set) var owner: PositionID
    /// The suppliers with whom the ticket is shared, in the order in which they got it. One of them may be the holder.
    public internal(set) var sharings: [Sharing]

    /// What was promised, asked or offered and is not settled yet.
    public internal(set) var undertakings: Undertakings
    /// The tickets that it belongs to.
    public internal(set) var ties: Ties

    /// Whether another team or a supplier has had it, or it came back after a resolution: nobody solves it at first
    /// contact any more (S62).
    public internal(set) var wasPassedOn: Bool

    public internal(set) var times: Times
    /// When the present holder got it: the beginning of the open leg, or of the last one once the ticket is closed.
    public internal(set) var heldSince: Moment
    /// The instant of the last event.
    public internal(set) var updatedAt: Moment
    /// 1, and one more for each reopening after the ticket was closed.
    public internal(set) var episode: Int
    /// The number of events so far.
    public internal(set) var revision: Int64

    /// Whether it is resolved or closed.
    public var hasEnded: Bool { state == .resolved || state == .closed }

    /// The instants of its life that people ask for.
    public struct Times: Hashable, Sendable {
        public internal(set) var opened: Moment
        public internal(set) var firstResponse: Moment?
        public internal(set) var resolved: Moment?
        public internal(set) var closed: Moment?
        /// When the requester last heard from the desk, or began to wait for it: the report, or a reopening.
        public internal(set) var lastUpdate: Moment
        /// When the team that answers for it got it, or got it anew by a reopening.
        public internal(set) var teamSince: Moment
        /// When a person of the first line began to work on it; nil once the first line no longer has it.
        public internal(set) var firstLineSince: Moment?

        public init(
            opened: Moment, firstResponse: Moment? = nil, resolved: Moment? = nil, closed: Moment? = nil,
            lastUpdate: Moment? = nil, teamSince: Moment? = nil, firstLineSince: Moment? = nil
        ) {
            (self.opened, self.firstResponse, self.resolved, self.closed) = (opened, firstResponse, resolved, closed)
            self.lastUpdate = lastUpdate ?? opened
            self.teamSince = teamSince ?? opened
            self.firstLineSince = firstLineSince
        }
    }

    /// A ticket as it was kept.
    public init(
        id: TicketID, number: TicketNumber, origin: SiteID, channel: Channel, client: SupplierID? = nil,
        requester: PersonID, language: String,
        classification: Classification, state: State, outcome: Outcome?, holder: Holder,
        responsibility: Responsibility, owner: PositionID, sharings: [Sharing],
        undertakings: Undertakings = Undertakings(), ties: Ties = Ties(), wasPassedOn: Bool = false, times: Times,
        heldSince: Moment,
        updatedAt: Moment, episode: Int, revision: Int64
    ) {
        self.id = id
        self.number = number
        self.origin = origin
        self.channel = channel
        self.client = client
        self.requester = requester
        self.language = language
        self.classification = classification
        self.state = state
        self.outcome = outcome
        self.holder = holder
        self.responsibility = responsibility
        self.owner = owner
        self.sharings = sharings
        self.undertakings = undertakings
        self.ties = ties
        self.wasPassedOn = wasPassedOn
        self.times = times
        self.heldSince = heldSince
        self.updatedAt = updatedAt
        self.episode = episode
        self.revision = revision
    }

    public var suppliers: [SupplierID] { sharings.map(\.supplier) }

    /// Who sees the ticket beside its requester: the site of origin, those that got the same enquiry, the site that has
    /// it and those that were asked about it or offered it, or only the team if that is confidential; and the suppliers
    /// who share it or were asked.
    public var scopes: [Scope] {
        var sites: [Scope] = [.site(origin)]
        for site in ties.listeners + places.map(\.site) where !sites.contains(.site(site)) {
            sites.append(.site(site))
        }
        return (responsibility.isConfidential ? [.team(responsibility.place.team)] : sites)
            + bonded.map { .supplier($0) }
    }

    /// The team that has it and those that were asked about it or offered it, each at the site for which it acts.
    public var places: [Place] { [responsibility.place] + undertakings.places }

    /// The suppliers with whom we exchange anything about it: those who share it, and those who were only asked.
    public var bonded: [SupplierID] {
        suppliers + undertakings.suppliers.filter { !suppliers.contains($0) }
    }

    /// The open question to a supplier that has not got the ticket.
    public func inquiry(to supplier: SupplierID) -> Inquiry? {
        suppliers.contains(supplier) ? nil : undertakings.inquiries.first { $0.addressee == .supplier(supplier) }
    }

    /// The person who works on it, or else whoever holds the position that answers for it.
    public var caretaker: Audience {
        responsibility.person.map { .person($0) } ?? .position(responsibility.position)
    }
}
