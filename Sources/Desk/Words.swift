/// The values that stand on the wire, in the database and in the organisation document. They are public interface.
extension Ticket {
    /// Where a ticket is in its life.
    public enum State: String, CaseIterable, Codable, Hashable, Sendable {
        case new
        case assigned
        case inProgress = "in_progress"
        case waitingRequester = "waiting_requester"
        case waitingSupplier = "waiting_supplier"
        case waitingOther = "waiting_other"
        case resolved
        case closed
    }

    /// What is asked for (S38).
    public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        case incident
        case serviceRequest = "service_request"
        case informationRequest = "information_request"
    }

    /// What became of a ticket; no ticket is resolved without one (S57, S59).
    public enum Outcome: String, CaseIterable, Codable, Hashable, Sendable {
        case solved
        case solvedFirstContact = "solved_first_contact"
        case workedAround = "worked_around"
        case tooCostly = "too_costly"
        case unrepairable
        case referred
        case withdrawn
        case duplicate
    }

    /// Why a resolved or closed ticket is taken up again.
    public enum ReopenReason: String, CaseIterable, Codable, Hashable, Sendable {
        /// The requester wrote after the ticket was resolved.
        case requesterReplied = "requester_replied"
        case notSolved = "not_solved"
        case closedByMistake = "closed_by_mistake"
    }
}

/// How many people or how much of the business a ticket touches.
public enum Impact: Int, CaseIterable, Codable, Hashable, Sendable {
    case high = 1
    case medium
    case low
}

/// How soon it hurts.
public enum Urgency: Int, CaseIterable, Codable, Hashable, Sendable {
    case high = 1
    case medium
    case low
}

/// The order of work that impact and urgency give; 1 is first.
public enum Priority: Int, CaseIterable, Codable, Hashable, Sendable {
    case critical = 1
    case high
    case medium
    case low
    case planned
}

/// The way in which something reached the desk or left it (S21 to S26).
public enum Channel: String, CaseIterable, Codable, Hashable, Sendable {
    case mail
    case web
    case api
    case phone
    case counter
    case chat
    case supplier
    case `import`
}

/// What is needed to solve a ticket, as the team that has it decides (S27, S56).
public enum Means: String, CaseIterable, Codable, Hashable, Sendable {
    case remote
    /// Somebody goes to where the trouble is.
    case visit
    case other
}

/// Who may read an entry: the requester too, or the desk alone.
public enum Visibility: String, CaseIterable, Codable, Hashable, Sendable {
    case `public`
    case `internal`
}

/// What an entry of the timeline is.
public enum EntryKind: String, CaseIterable, Codable, Hashable, Sendable {
    case message
    case call
    case system
}

/// What a person may do at a site, or everywhere.
public enum Role: String, CaseIterable, Codable, Hashable, Sendable {
    case agent
    case lead
    case manager
    case administrator
}

/// How far a supplier is with its side of a ticket.
public enum SupplierState: String, CaseIterable, Codable, Hashable, Sendable {
    case sent
    case acknowledged
    case inProgress = "in_progress"
    case waitingForUs = "waiting_for_us"
    case resolved
    case rejected
    case withdrawn
}

/// Why a clock does not count.
public enum PauseReason: String, CaseIterable, Codable, Hashable, Sendable {
    case requester = "waiting_requester"
    case supplier = "waiting_supplier"
    case other = "waiting_other"
    /// A part waits with the whole, which has clocks of its own: stops every clock, whatever its target says.
    case parent = "waiting_parent"
    /// A supplier waits for the desk's answer; only the supplier's own clocks know it.
    case desk = "waiting_desk"
    /// Between a resolution and a reopening, which nobody is to be charged for.
    case resolved
    /// No target held for the ticket: nothing was promised for that time.
    case noTarget = "no_target"
}

/// What a target measures.
public enum Measure: String, CaseIterable, Codable, Hashable, Sendable {
    /// From the report to the first public message of a person of the desk (S69).
    case firstResponse = "first_response"
    /// From the report to the resolution.
    case resolution
    /// From one public message of the desk to the next.
    case update
    /// From the moment a person of the first line took it until the first line no longer has it (S49).
    case timeBox = "time_box"
    /// While one team answers for it: the agreement between lines (OLA).
    case team
    /// From a referral to the supplier's acknowledgement (underpinning contract).
    case supplierAcknowledgement = "supplier_acknowledgement"
    /// From a referral to the supplier's solution (underpinning contract).
    case supplierResolution = "supplier_resolution"
    /// Until the instant at which somebody promised to call.
    case callback
    /// From a question to a supplier or a team, which does not get the ticket with it, to the answer (S55).
    case question
}

/// How far up a matter is carried (hierarchical escalation), the nearest first.
public enum EscalationLevel: String, CaseIterable, Codable, Hashable, Sendable, Comparable {
    /// Those who lead the team.
    case lead
    /// The managers of the site.
    case site
    /// The managers of the organisation.
    case organisation

    public static func < (one: EscalationLevel, other: EscalationLevel) -> Bool {
        switch (one, other) {
        case (.lead, .site), (.lead, .organisation), (.site, .organisation): true
        default: false
        }
    }
}

/// Why a matter is carried up.
public enum EscalationReason: String, CaseIterable, Codable, Hashable, Sendable {
    /// A target or a promise was missed.
    case deadlineMissed = "deadline_missed"
    case requesterComplained = "requester_complained"
    case needsDecision = "needs_decision"
    case lacksPeople = "lacks_people"
}

/// How a ticket is linked to another, read from the first one.
public enum LinkKind: String, CaseIterable, Codable, Hashable, Sendable {
    case related
    case causedBy = "caused_by"
    /// It goes on where another, closed one ended.
    case followUp = "follow_up"
    /// It was a part of the other one.
    case splitFrom = "split_from"
}

/// Which of a clock's deadlines is meant.
public enum DeadlineKind: Hashable, Sendable {
    case warning
    case breach
    /// A level above is to hear of it: two levels are two deadlines, also at the same part of two targets.
    case escalation(EscalationLevel)
    /// The supplier that the clock is about is to hear of it.
    case supplier
}

extension DeadlineKind: RawRepresentable {
    public init?(rawValue: String) {
        switch rawValue {
        case "warning": self = .warning
        case "breach": self = .breach
        case "supplier": self = .supplier
        default:
            guard let level = EscalationLevel.allCases.first(where: { Self.escalation($0).rawValue == rawValue }) else {
                return nil
            }
            self = .escalation(level)
        }
    }

    public var rawValue: String {
        switch self {
        case .warning: "warning"
        case .breach: "breach"
        case .supplier: "supplier"
        case .escalation(let level): "escalation_\(level.rawValue)"
        }
    }
}

/// A letter that somebody is owed; its words are in the message catalogue.
public enum Letter: String, CaseIterable, Codable, Hashable, Sendable {
    // To the requester.
    case acknowledgement
    case message
    case question
    case supplierQuestion = "supplier_question"
    case resolution
    case callbackPromised = "callback_promised"
    case merged
    // To those who follow the ticket of another.
    case followedSolved = "followed_solved"
    // To those who answer for the ticket.
    case assigned
    case handedOver = "handed_over"
    case requesterReplied = "requester_replied"
    case supplierAsked = "supplier_asked"
    case supplierNoted = "supplier_noted"
    case supplierReturned = "supplier_returned"
    case supplierResolved = "supplier_resolved"
    case supplierUnreachable = "supplier_unreachable"
    case reopened
    case resumed
    case deadlineNear = "deadline_near"
    case deadlineMissed = "deadline_missed"
    case owned
    case missing
    case inquiry
    case inquiryAnswered = "inquiry_answered"
    case offered
    case offerAccepted = "offer_accepted"
    case offerDeclined = "offer_declined"
    case escalated
    case majorIncident = "major_incident"
    case mentioned
    case told
    case listening
    /// A letter to somebody outside the desk did not arrive.
    case undelivered
}
