public import Moments
public import TimeZones

/// How things stand at the desks at the instant of a decision.
public struct RoutingSituation {
    /// Whether the calendar with a code is open.
    public var isOpen: (String) -> Bool
    /// What the clock on the wall of the site with a code shows; nil where nobody knows.
    public var time: (String) -> CivilTime?
    /// How teams stand, by their codes, as far as anybody has looked.
    public var standings: [String: TeamStanding]

    public init(
        isOpen: @escaping (String) -> Bool, time: @escaping (String) -> CivilTime? = { _ in nil },
        standings: [String: TeamStanding] = [:]
    ) {
        (self.isOpen, self.time, self.standings) = (isOpen, time, standings)
    }

    func isFull(_ team: String) -> Bool { standings[team]?.isFull ?? false }
}

/// How a team stands at an instant.
public struct TeamStanding: Hashable, Sendable {
    /// Whether somebody of it is there: holds a position of it at that hour, is not absent, and does not say that he is
    /// busy or away. Nil where nobody looked, because there is no other team to choose.
    public var isStaffed: Bool?
    /// How many of its open tickets there are to each hundred that it takes; nil for a team that takes any number.
    public var load: Int?

    public init(isStaffed: Bool? = nil, load: Int? = nil) { (self.isStaffed, self.load) = (isStaffed, load) }

    /// - Parameter capacity: how many it takes; nil for any number.
    public init(isStaffed: Bool?, open: Int, capacity: Int?) {
        self.init(isStaffed: isStaffed, load: capacity.map { open >= $0 ? 100 : open * 100 / max($0, 1) })
    }

    /// Whether it has as many open tickets as it takes.
    public var isFull: Bool { (load ?? 0) >= 100 }

    /// Loads in steps of ten: a few tickets more or less are no reason to prefer a team that is farther away.
    var loadStep: Int { (load ?? 0) / 10 }
}

extension RoutingSituation {
    /// How things stand at an instant.
    ///
    /// - Parameters:
    ///   - calendar: the calendar with a code, if there is one.
    ///   - zone: the time zone of a name, if this machine knows it.
    public init(
        at moment: Moment, in organisation: Organisation, calendar: @escaping (String) -> BusinessCalendar?,
        zone: @escaping (String) -> Zone?, standings: [String: TeamStanding] = [:]
    ) {
        self.init(
            isOpen: { calendar($0)?.isOpen(at: moment) ?? false },
            time: { organisation.site($0).flatMap { zone($0.zone) }?.local(at: moment) },
            standings: standings)
    }
}
