/// What the desk promises for some tickets: a time within which to respond, to resolve, to report, to hand over.
public struct Target: Hashable, Sendable {
    /// What people call it; rules do not depend on it.
    public var name: String
    public var measure: Measure
    public var conditions: Conditions
    /// Seconds of opening hours, 1 or more.
    public var seconds: Int64
    public var calendar: CalendarPolicy
    /// What stops its clock.
    public var pauses: Set<PauseReason>
    /// The parts of the time after which to warn, in percent, 1 ... 99, in order.
    public var warningPercents: [Int]
    /// How far up it is carried when, in order.
    public var escalations: [EscalationStep]
    /// The parts of the time after which the supplier is told whose promise it is, in percent, 1 ... 1000, in order:
    /// what its contract says.
    public var supplierPercents: [Int]

    /// Which tickets it holds for: those that meet all of the conditions; an empty one is met by all.
    public struct Conditions: Hashable, Sendable {
        public var kinds: [Ticket.Kind] = []
        public var priorities: [Priority] = []
        /// The codes of categories; what is part of one of them is meant too.
        public var categories: [String] = []
        /// The classes of requesters.
        public var classes: [String] = []
        /// The codes of the sites of origin.
        public var sites: [String] = []
        /// The codes of the teams that answer for the ticket, and their tiers.
        public var teams: [String] = []
        public var tiers: [Int] = []
        /// The codes of the suppliers that the clock is about or, where it is about none, that share the ticket.
        public var suppliers: [String] = []

        public init(
            kinds: [Ticket.Kind] = [], priorities: [Priority] = [], categories: [String] = [], classes: [String] = [],
            sites: [String] = [], teams: [String] = [], tiers: [Int] = [], suppliers: [String] = []
        ) {
            (self.kinds, self.priorities, self.categories) = (kinds, priorities, categories)
            (self.classes, self.sites, self.teams) = (classes, sites, teams)
            (self.tiers, self.suppliers) = (tiers, suppliers)
        }
    }

    /// Whose opening hours count.
    public enum CalendarPolicy: Hashable, Sendable {
        /// Those of the team that has the ticket or answers for it; they change when the ticket moves.
        case holder
        /// Those of the site that received the ticket.
        case origin
        /// Those of the requester's home site; where he has none, of the site that received the ticket.
        case requester
        /// Those of the calendar with this code, whoever has the ticket.
        case agreement(String)
        /// All hours.
        case always
    }

    /// What the desk waits for is not charged to it; what its own supplier takes is, except to the team or the line
    /// that cannot help it.
    public static func usualPauses(of measure: Measure) -> Set<PauseReason> {
        switch measure {
        case .firstResponse, .resolution: [.requester, .other]
        case .update: [.requester]
        case .timeBox, .team: [.requester, .supplier, .other]
        case .supplierAcknowledgement, .supplierResolution: [.desk]
        case .callback, .question: []
        }
    }

    public static let usualWarningPercents = [75]

    /// - Parameters:
    ///   - pauses: what stops its clock; nil for what usually does.
    ///   - escalations: how far up it is carried; nil for what is usual.
    ///   - supplierPercents: when the supplier is told whose promise it is.
    public init(
        name: String = "", measure: Measure, for conditions: Conditions = Conditions(), seconds: Int64,
        calendar: CalendarPolicy = .holder, pauses: Set<PauseReason>? = nil,
        warningPercents: [Int] = usualWarningPercents, escalations: [EscalationStep]? = nil,
        supplierPercents: [Int] = []
    ) {
        (self.name, self.measure, self.conditions, self.seconds) = (name, measure, conditions, seconds)
        self.calendar = calendar
        self.pauses = pauses ?? Self.usualPauses(of: measure)
        self.warningPercents = Set(warningPercents).sorted()
        self.escalations = escalations ?? Self.usualEscalations(of: measure)
        self.supplierPercents = supplierPercents
    }

    /// The promise alone, as a clock keeps it.
    var unconditional: Target {
        var promise = self
        promise.conditions = Conditions()
        return promise
    }

    var microseconds: Int64 { seconds * 1_000_000 }
}
