public import Moments

/// A trouble ticket as TMF621 has it, whichever version it is written in. What is absent is nil or empty: an event may
/// carry no more of a ticket than has changed.
public struct TroubleTicket: Hashable, Sendable {
    public var id: String?
    public var href: String?
    public var name: String?
    public var description: String?
    public var severity: String?
    public var ticketType: String?
    public var priority: String?
    public var status: String?
    public var statusChangeDate: Moment?
    public var statusChangeReason: String?
    /// The oldest first.
    public var statusChanges: [StatusChange] = []
    public var creationDate: Moment?
    public var lastUpdate: Moment?
    public var requestedResolutionDate: Moment?
    public var expectedResolutionDate: Moment?
    public var resolutionDate: Moment?
    /// Under what other systems know it. Version 4 writes the first alone.
    public var externalIdentifiers: [ExternalIdentifier] = []
    /// The oldest first; none is ever changed or taken away (MEF 124).
    public var notes: [Note] = []
    /// The oldest first; none is ever changed or taken away (MEF 124).
    public var attachments: [Attachment] = []
    public var relatedParties: [RelatedParty] = []
    public var relatedEntities: [RelatedEntity] = []

    public init(id: String? = nil) { self.id = id }

    /// A state that it has been in.
    public struct StatusChange: Hashable, Sendable {
        public var status: String
        public var date: Moment?
        public var reason: String?

        public init(_ status: String, at date: Moment?, because reason: String? = nil) {
            (self.status, self.date, self.reason) = (status, date, reason)
        }
    }

    /// Under what another system knows the ticket.
    public struct ExternalIdentifier: Hashable, Sendable {
        public var id: String
        /// The system that gave the identifier.
        public var owner: String?
        public var type: String?

        public init(_ id: String, owner: String? = nil, type: String? = nil) {
            (self.id, self.owner, self.type) = (id, owner, type)
        }
    }

    /// What somebody wrote about the ticket.
    public struct Note: Hashable, Sendable {
        public var id: String?
        public var author: String?
        public var date: Moment?
        public var text: String
        /// Which of the two parties wrote it, where it says so (MEF 124).
        public var source: Source?
        /// Whether their own people alone read it, as ServiceNow's dialect tells.
        public var isInternal = false

        public init(
            _ text: String, id: String? = nil, author: String? = nil, date: Moment? = nil, source: Source? = nil
        ) {
            (self.text, self.id, self.author, self.date, self.source) = (text, id, author, date, source)
        }
    }

    /// Who orders work and who does it (MEF 124).
    public enum Source: String, CaseIterable, Hashable, Sendable {
        case buyer
        case seller
    }

    /// Somebody who has to do with the ticket.
    public struct RelatedParty: Hashable, Sendable {
        public var id: String
        public var role: String?
        public var name: String?
        public var referredType: String

        public init(_ id: String, role: String?, name: String? = nil, referredType: String = "Individual") {
            (self.id, self.role, self.name, self.referredType) = (id, role, name, referredType)
        }
    }

    /// Something that the ticket is about, such as a place or another ticket.
    public struct RelatedEntity: Hashable, Sendable {
        public var id: String
        public var role: String
        public var name: String?
        public var referredType: String

        public init(_ id: String, role: String, name: String? = nil, referredType: String) {
            (self.id, self.role, self.name, self.referredType) = (id, role, name, referredType)
        }
    }
}
