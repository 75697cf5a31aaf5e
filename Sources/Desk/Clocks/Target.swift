/// What the desk promises for some tickets: a time within which to respond or to resolve.
public struct Target: Hashable, Sendable {
    /// What people call it; rules do not depend on it.
    public var name: String
    public var measure: Measure
    /// The kinds and priorities of ticket it holds for, and the codes of the sites of origin; empty for all.
    public var kinds: [Ticket.Kind]
    public var priorities: [Priority]
    public var sites: [String]
    /// Seconds of opening hours, 1 or more.
    public var seconds: Int64
    public var calendar: CalendarPolicy
    /// What stops its clock.
    public var pauses: Set<PauseReason>
    /// The part of the time after which to warn, in percent, 1 ... 99.
    public var warningPercent: Int

    /// Whose opening hours count.
    public enum CalendarPolicy: Hashable, Sendable {
        /// Those of the team that has the ticket or answers for it; they change when the ticket moves.
        case holder
        /// Those of the site that received the ticket.
        case origin
        /// Those of the calendar with this code, whoever has the ticket.
        case agreement(String)
    }

    /// What the desk waits for is not charged to it; what its own supplier takes is.
    public static let usualPauses: Set<PauseReason> = [.requester, .other]
    public static let usualWarningPercent = 75

    public init(
        name: String = "", measure: Measure, kinds: [Ticket.Kind] = [], priorities: [Priority] = [],
        sites: [String] = [], seconds: Int64, calendar: CalendarPolicy = .holder,
        pauses: Set<PauseReason> = usualPauses,
        warningPercent: Int = usualWarningPercent
    ) {
        self.name = name
        self.measure = measure
        self.kinds = kinds
        self.priorities = priorities
        self.sites = sites
        self.seconds = seconds
        self.calendar = calendar
        self.pauses = pauses
        self.warningPercent = warningPercent
    }

    var microseconds: Int64 { seconds * 1_000_000 }
    var warningMicroseconds: Int64 { seconds * 10_000 * Int64(warningPercent) }

    /// Whether it holds for a ticket of a site of origin.
    public func holds(for classification: Classification, site: String) -> Bool {
        (kinds.isEmpty || kinds.contains(classification.kind))
            && (priorities.isEmpty || priorities.contains(classification.priority))
            && (sites.isEmpty || sites.contains(site))
    }
}

extension [Target] {
    /// The first target of each measure that holds for a ticket.
    public func applying(to classification: Classification, site: String) -> [Measure: Target] {
        var found: [Measure: Target] = [:]
        for target in self where found[target.measure] == nil && target.holds(for: classification, site: site) {
            found[target.measure] = target
        }
        return found
    }
}
