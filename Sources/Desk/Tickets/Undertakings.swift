public import Moments

/// What was promised, asked or offered about a ticket and is not settled yet.
public struct Undertakings: Hashable, Sendable {
    public internal(set) var callback: Callback?
    /// In the order in which they were asked.
    public internal(set) var inquiries: [Inquiry]
    /// The place that was offered the ticket and has not answered.
    public internal(set) var offer: Place?
    /// Whether the team that got the ticket can work with what it was told (S54); nil until it has judged.
    public internal(set) var isSufficient: Bool?
    /// How often a team gave the ticket back because something was missing.
    public internal(set) var returns: Int
    /// How far up the matter has been carried in this episode, or since a promise lapsed that was given after that; nil
    /// where nobody had to.
    public internal(set) var escalation: EscalationLevel?
    /// When it was carried up last.
    public internal(set) var escalatedAt: Moment?
    /// When a ticket that is on hold is taken up again by itself; nil where somebody has to, and where it is not on
    /// hold.
    public internal(set) var resumesAt: Moment?
    /// What is needed to solve the ticket, as the team that has it decided; nil until it has (S56).
    public internal(set) var means: Means?

    public init(
        callback: Callback? = nil, inquiries: [Inquiry] = [], offer: Place? = nil, isSufficient: Bool? = nil,
        returns: Int = 0, escalation: EscalationLevel? = nil, escalatedAt: Moment? = nil,
        resumesAt: Moment? = nil, means: Means? = nil
    ) {
        self.callback = callback
        self.inquiries = inquiries
        self.offer = offer
        self.isSufficient = isSufficient
        self.returns = returns
        self.escalation = escalation
        self.escalatedAt = escalatedAt
        self.resumesAt = resumesAt
        self.means = means
    }

    /// The teams that were asked or offered something, and must see the ticket for it.
    var places: [Place] {
        inquiries.compactMap { if case .team(let place) = $0.addressee { place } else { nil } }
            + (offer.map { [$0] } ?? [])
    }

    /// The suppliers that were asked without being given the ticket.
    var suppliers: [SupplierID] {
        inquiries.compactMap { if case .supplier(let supplier) = $0.addressee { supplier } else { nil } }
    }
}

/// The promise that somebody contacts the requester (S51).
public struct Callback: Hashable, Sendable {
    /// By when.
    public let due: Moment
    public let promisedAt: Moment

    public init(due: Moment, promisedAt: Moment) { (self.due, self.promisedAt) = (due, promisedAt) }
}

/// A question about a ticket to somebody who does not get the ticket with it (S55).
public struct Inquiry: Hashable, Sendable {
    /// The entry in which it stands.
    public let question: EntryID
    public let addressee: Addressee
    public let askedAt: Moment

    /// Who was asked.
    public enum Addressee: Hashable, Sendable {
        case team(Place)
        case supplier(SupplierID)
    }

    public init(question: EntryID, addressee: Addressee, askedAt: Moment) {
        (self.question, self.addressee, self.askedAt) = (question, addressee, askedAt)
    }
}
