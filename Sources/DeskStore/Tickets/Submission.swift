public import Desk

/// Who asks, as a door knows him.
public struct Contact: Sendable, Equatable {
    public var address: String
    public var name: String
    public var language: String?
    /// The language of somebody who is not known yet, as what he writes with states it; a person's own outweighs it.
    public var likelyLanguage: String?

    public init(address: String, name: String = "", language: String? = nil, likelyLanguage: String? = nil) {
        (self.address, self.name, self.language) = (address, name, language)
        self.likelyLanguage = likelyLanguage
    }
}

/// A request for help, whichever door it came through: what is missing has been settled, what is doubtful refused.
public struct Submission: Sendable {
    public var requester: Contact
    public var subject: String
    public var text: String
    public var channel: Channel
    /// The site that was chosen or written to; else the requester's home site, else the organisation's default.
    public var site: SiteID?
    public var kind: Ticket.Kind?
    public var category: CategoryID?
    public var impact: Impact?
    public var urgency: Urgency?
    public var uploads: [Upload]
    /// What of the text is shown folded, in order.
    public var folds: [EntryFold] = []
    /// The same words as they looked where they were written, made safe.
    public var html: String?
    /// Whether the requester is told that it has arrived. A program that writes must not be answered by one (RFC 3834).
    public var isAcknowledged = true
    /// The desk that gives it to us, where it is one.
    public var client: Client?

    public init(
        from requester: Contact, subject: String, text: String, channel: Channel, site: SiteID? = nil,
        kind: Ticket.Kind? = nil, category: CategoryID? = nil, impact: Impact? = nil, urgency: Urgency? = nil,
        uploads: [Upload] = []
    ) {
        (self.requester, self.subject, self.text, self.channel) = (requester, subject, text, channel)
        (self.site, self.kind, self.category) = (site, kind, category)
        (self.impact, self.urgency, self.uploads) = (impact, urgency, uploads)
    }
}
