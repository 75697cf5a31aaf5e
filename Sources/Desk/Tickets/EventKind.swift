extension Ticket.Event {
    /// The name of an event in the log, in the API and in the audit trail. A name is never reused for something else.
    public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        case opened
        case changed
        case routed
        case assigned
        case taken
        case handedOver = "handed_over"
        case noteAdded = "note_added"
        case messageSent = "message_sent"
        case requesterAsked = "requester_asked"
        case requesterReplied = "requester_replied"
        case putOnHold = "put_on_hold"
        case resumed
        case referred
        case supplierAcknowledged = "supplier_acknowledged"
        case supplierNoted = "supplier_noted"
        case supplierAsked = "supplier_asked"
        case supplierAnswered = "supplier_answered"
        case supplierReturned = "supplier_returned"
        case supplierResolved = "supplier_resolved"
        case recalled
        case supplierUnreachable = "supplier_unreachable"
        case resolved
        case reopened
        case closed
        case deadlineNear = "deadline_near"
        case deadlineMissed = "deadline_missed"
    }

    public var kind: Kind {
        switch self {
        case .opened: .opened
        case .changed: .changed
        case .routed: .routed
        case .assigned: .assigned
        case .taken: .taken
        case .handedOver: .handedOver
        case .noteAdded: .noteAdded
        case .messageSent: .messageSent
        case .requesterAsked: .requesterAsked
        case .requesterReplied: .requesterReplied
        case .putOnHold: .putOnHold
        case .resumed: .resumed
        case .referred: .referred
        case .supplierAcknowledged: .supplierAcknowledged
        case .supplierNoted: .supplierNoted
        case .supplierAsked: .supplierAsked
        case .supplierAnswered: .supplierAnswered
        case .supplierReturned: .supplierReturned
        case .supplierResolved: .supplierResolved
        case .recalled: .recalled
        case .supplierUnreachable: .supplierUnreachable
        case .resolved: .resolved
        case .reopened: .reopened
        case .closed: .closed
        case .deadlineNear: .deadlineNear
        case .deadlineMissed: .deadlineMissed
        }
    }
}
