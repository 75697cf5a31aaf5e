/// One thing that a rule or a macro does to a ticket, in the words of the organisation document.
public indirect enum AutomationAction: Hashable, Sendable {
    /// With the note that says why, for the desk.
    case priority(Priority, because: AutomationText)
    case category(String)
    case addTags([String])
    case removeTags([String])
    /// To the position, or to the team's first that leads nobody; it stays at its site where the team works for it.
    case assign(Destination)
    case handOver(Destination, note: AutomationText)
    /// To the supplier with this code, with the note that goes along.
    case refer(String, note: AutomationText)
    /// For the desk alone.
    case note(AutomationText)
    /// To the requester.
    case message(AutomationText)
    case tell(Recipient, AutomationText)
    case escalate(EscalationLevel, EscalationReason)
    /// Asks the requester; the ticket waits for him.
    case ask(AutomationText)
    /// The ticket waits for something else.
    case hold(AutomationText?)
    case resume
    case resolve(Ticket.Outcome, AutomationText?)
    /// All that a macro does.
    case macro(String)

    /// Where a ticket goes; codes.
    public enum Destination: Hashable, Sendable {
        case team(String)
        case position(String)
    }

    /// Who is told.
    public enum Recipient: Hashable, Sendable {
        case position(String)
        case team(String)
        /// Those who lead the team that has the ticket, or manage its site or the organisation.
        case level(EscalationLevel)
    }

    /// The word by which a document names it.
    public enum Verb: String, CaseIterable, Sendable {
        case priority
        case category
        case addTags = "add_tags"
        case removeTags = "remove_tags"
        case assign
        case handOver = "hand_over"
        case refer
        case note
        case message
        case tell
        case escalate
        case ask
        case hold
        case resume
        case resolve
        case macro
    }

    public var verb: Verb {
        switch self {
        case .priority: .priority
        case .category: .category
        case .addTags: .addTags
        case .removeTags: .removeTags
        case .assign: .assign
        case .handOver: .handOver
        case .refer: .refer
        case .note: .note
        case .message: .message
        case .tell: .tell
        case .escalate: .escalate
        case .ask: .ask
        case .hold: .hold
        case .resume: .resume
        case .resolve: .resolve
        case .macro: .macro
        }
    }
}
