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
        case supplierEscalated = "supplier_escalated"
        case resolved
        case reopened
        case closed
        case released
        case ownerChanged = "owner_changed"
        case foundSufficient = "found_sufficient"
        case foundInsufficient = "found_insufficient"
        case meansChosen = "means_chosen"
        case callbackPromised = "callback_promised"
        case callbackMade = "callback_made"
        case inquired
        case inquiryAnswered = "inquiry_answered"
        case inquiryWithdrawn = "inquiry_withdrawn"
        case offered
        case offerAccepted = "offer_accepted"
        case offerDeclined = "offer_declined"
        case escalated
        case linked
        case unlinked
        case becameChild = "became_child"
        case leftParent = "left_parent"
        case waitsForParent = "waits_for_parent"
        case merged
        case absorbed
        case split
        case declaredMajor = "declared_major"
        case stoodDown = "stood_down"
        case announced
        case announcementChanged = "announcement_changed"
        case announcementEnded = "announcement_ended"
        case joined
        case listenerAdded = "listener_added"
        case mentioned
        case automated
        case automationStopped = "automation_stopped"
        case told
        case personMerged = "person_merged"
        case deadlineNear = "deadline_near"
        case deadlineMissed = "deadline_missed"
        case termsChanged = "terms_changed"
        case clocksReevaluated = "clocks_reevaluated"
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
        case .supplierEscalated: .supplierEscalated
        case .resolved: .resolved
        case .reopened: .reopened
        case .closed: .closed
        case .released: .released
        case .ownerChanged: .ownerChanged
        case .foundSufficient: .foundSufficient
        case .foundInsufficient: .foundInsufficient
        case .meansChosen: .meansChosen
        case .callbackPromised: .callbackPromised
        case .callbackMade: .callbackMade
        case .inquired: .inquired
        case .inquiryAnswered: .inquiryAnswered
        case .inquiryWithdrawn: .inquiryWithdrawn
        case .offered: .offered
        case .offerAccepted: .offerAccepted
        case .offerDeclined: .offerDeclined
        case .escalated: .escalated
        case .linked: .linked
        case .unlinked: .unlinked
        case .becameChild: .becameChild
        case .leftParent: .leftParent
        case .waitsForParent: .waitsForParent
        case .merged: .merged
        case .absorbed: .absorbed
        case .split: .split
        case .declaredMajor: .declaredMajor
        case .stoodDown: .stoodDown
        case .announced: .announced
        case .announcementChanged: .announcementChanged
        case .announcementEnded: .announcementEnded
        case .joined: .joined
        case .listenerAdded: .listenerAdded
        case .mentioned: .mentioned
        case .automated: .automated
        case .automationStopped: .automationStopped
        case .told: .told
        case .personMerged: .personMerged
        case .deadlineNear: .deadlineNear
        case .deadlineMissed: .deadlineMissed
        case .termsChanged: .termsChanged
        case .clocksReevaluated: .clocksReevaluated
        }
    }
}
