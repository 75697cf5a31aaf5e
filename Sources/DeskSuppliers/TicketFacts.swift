public import Desk
import JSON

/// What there is to tell of a ticket before a supplier's allow-list is applied.
public struct TicketFacts: Hashable, Sendable {
    public var subject: String
    public var kind: Ticket.Kind
    /// The code of its category.
    public var category: String?
    public var impact: Impact
    public var urgency: Urgency
    public var priority: Priority
    /// The code of the site it came in at.
    public var site: String
    public var requesterName: String
    public var requesterEmail: String
    /// What the requester wrote first.
    public var description: String?
    /// The note that goes along with the message.
    public var note: String?
    /// What the desk and the requester wrote to one another.
    public var message: String?
    /// The files that came with these words.
    public var files: [SharedFile] = []

    public init(
        subject: String, kind: Ticket.Kind, category: String?, impact: Impact, urgency: Urgency, priority: Priority,
        site: String, requesterName: String, requesterEmail: String, description: String?, note: String?,
        message: String? = nil
    ) {
        (self.subject, self.kind, self.category) = (subject, kind, category)
        (self.impact, self.urgency, self.priority) = (impact, urgency, priority)
        (self.site, self.requesterName, self.requesterEmail) = (site, requesterName, requesterEmail)
        (self.description, self.note, self.message) = (description, note, message)
    }

    subscript(field: Supplier.Field) -> JSON? {
        switch field {
        case .subject: subject.json
        case .kind: kind.rawValue.json
        case .category: category?.json
        case .impact: impact.rawValue.json
        case .urgency: urgency.rawValue.json
        case .priority: priority.rawValue.json
        case .site: site.json
        case .requesterName: requesterName.json
        case .requesterEmail: requesterEmail.json
        case .description: description?.json
        case .note: note?.json
        case .message: message?.json
        case .files: files.isEmpty ? nil : .array(files.map(\.json))
        case .fileNames: files.isEmpty ? nil : files.map(\.name).json
        // They stand in the words above, or were left out where these were read.
        case .quotations: nil
        }
    }
}
