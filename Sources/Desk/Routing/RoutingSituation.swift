public import Moments
public import TimeZones

/// How things stand at the desks at the instant of a decision.
public struct RoutingSituation {
    /// Whether the calendar with a code is open.
    public var isOpen: (String) -> Bool
    /// What the clock on the wall of the site with a code shows; nil where nobody knows.
    public var time: (String) -> CivilTime?
    /// The codes of the teams that have as many open tickets as they take.
    public var full: Set<String>

    public init(
        isOpen: @escaping (String) -> Bool, time: @escaping (String) -> CivilTime? = { _ in nil },
        full: Set<String> = []
    ) {
        (self.isOpen, self.time, self.full) = (isOpen, time, full)
    }
}

extension RoutingSituation {
    /// How things stand at an instant.
    ///
    /// - Parameters:
    ///   - calendar: the calendar with a code, if there is one.
    ///   - zone: the time zone of a name, if this machine knows it.
    public init(
        at moment: Moment, in organisation: Organisation, calendar: @escaping (String) -> BusinessCalendar?,
        zone: @escaping (String) -> Zone?, full: Set<String> = []
    ) {
        self.init(
            isOpen: { calendar($0)?.isOpen(at: moment) ?? false },
            time: { organisation.site($0).flatMap { zone($0.zone) }?.local(at: moment) }, full: full)
    }
}
