/// What the desk does by itself: at such an event or hour, for such tickets, these actions.
public struct AutomationRule: Hashable, Sendable {
    public var name: String
    /// A rule that is switched off stays in the document and does nothing.
    public var isEnabled: Bool
    public var trigger: Trigger
    public var condition: AutomationCondition
    public var actions: [AutomationAction]

    /// When a rule is asked.
    public enum Trigger: Hashable, Sendable {
        case event(Occurrence)
        case time(Wait)
    }

    /// One of these events.
    public struct Occurrence: Hashable, Sendable {
        public var kinds: [Ticket.Event.Kind]
        /// By one of these; by anybody if empty.
        public var origins: [Origin]
        /// For the warning or the breach of a clock: of one of these; of any if empty.
        public var measures: [Measure]

        public init(_ kinds: [Ticket.Event.Kind], by origins: [Origin] = [], measures: [Measure] = []) {
            (self.kinds, self.origins, self.measures) = (kinds, origins, measures)
        }
    }

    /// Some time after an instant, while the ticket is in one of these states.
    public struct Wait: Hashable, Sendable {
        public var seconds: Int64
        public var states: [Ticket.State]
        public var since: Since
        public var hours: Hours

        public init(
            seconds: Int64, while states: [Ticket.State], since: Since = .state, hours: Hours = .always
        ) {
            (self.seconds, self.states, self.since, self.hours) = (seconds, states, since, hours)
        }
    }

    /// From which instant a time is counted.
    public enum Since: String, CaseIterable, Hashable, Sendable {
        /// When the ticket came into the states.
        case state
        /// When it was opened.
        case opened
        /// When the requester last heard from the desk.
        case update
    }

    /// In which hours a time is counted.
    public enum Hours: Hashable, Sendable {
        case always
        /// While the team that has the ticket is open.
        case team
        case calendar(String)
    }

    /// Who did something, as rules tell people apart.
    public enum Origin: String, CaseIterable, Codable, Hashable, Sendable {
        case requester
        case agent
        case supplier
        /// Another program, by a token.
        case machine
        /// One of our own programs: routing, clocks, the end of a shift.
        case program
        case automation
    }

    public init(
        name: String, isEnabled: Bool = true, trigger: Trigger,
        condition: AutomationCondition = AutomationCondition(), actions: [AutomationAction]
    ) {
        (self.name, self.isEnabled, self.trigger) = (name, isEnabled, trigger)
        (self.condition, self.actions) = (condition, actions)
    }
}

extension AutomationRule {
    /// The time that the rule waits for, where it waits.
    public var wait: Wait? { if case .time(let wait) = trigger { wait } else { nil } }

    /// The events that a rule can be asked at: all but those that tell of rules.
    public static let eventKinds = Ticket.Event.Kind.allCases.filter {
        $0 != .automated && $0 != .automationStopped && $0 != .told && $0 != .mentioned
    }

    /// Whether it is asked at an event.
    public func listens(to event: Ticket.Event, by origin: Origin) -> Bool {
        switch event {
        case .deadlineNear(let mark), .deadlineMissed(let mark):
            listens(to: event.kind, by: origin, about: mark.measure)
        default: listens(to: event.kind, by: origin, about: nil)
        }
    }

    /// - Parameter measure: of a clock's deadline, which clock.
    func listens(to kind: Ticket.Event.Kind, by origin: Origin, about measure: Measure?) -> Bool {
        guard isEnabled, case .event(let occurrence) = trigger, occurrence.kinds.contains(kind) else { return false }
        if !occurrence.origins.isEmpty, !occurrence.origins.contains(origin) { return false }
        guard let measure, !occurrence.measures.isEmpty else { return true }
        return occurrence.measures.contains(measure)
    }
}

extension AutomationRule.Origin {
    /// Whoever acts of his own; what a rule does is by ``automation``.
    public init(_ actor: Ticket.Actor, requester: PersonID) {
        switch actor {
        case .person(let person): self = person == requester ? .requester : .agent
        case .supplier: self = .supplier
        case .token: self = .machine
        case .program: self = .program
        }
    }
}
