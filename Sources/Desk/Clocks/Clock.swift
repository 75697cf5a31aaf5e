public import Moments

/// A target running over the legs of a ticket, with the arithmetic of every stretch of it.
///
/// Elapsed time is the sum of the segments; nothing that has been counted is ever counted anew.
public struct Clock: Hashable, Sendable {
    public internal(set) var target: Target
    public let episode: Int
    public internal(set) var state: State
    public let startedAt: Moment
    public internal(set) var stoppedAt: Moment?
    /// When the target is or was used up. Nil while the clock is paused before that, and where the calendar does not
    /// open for long enough within ten years.
    public internal(set) var dueAt: Moment?
    /// When to warn; nil while the clock is paused, and once that part of the target is used up.
    public internal(set) var warnAt: Moment?
    /// In order, without gaps; the last is open unless the clock has stopped.
    public internal(set) var segments: [ClockSegment]
    /// The calendar of the last segment.
    public internal(set) var calendar: CalendarVersion

    public enum State: String, CaseIterable, Codable, Hashable, Sendable {
        case running
        case paused
        /// Stopped within the target.
        case met
        /// Stopped after the target was used up.
        case missed
        /// The target holds no longer for the ticket.
        case cancelled
    }

    public var measure: Measure { target.measure }
    public var isStopped: Bool { state == .met || state == .missed || state == .cancelled }

    /// A clock as it was kept.
    public init(
        target: Target, episode: Int, state: State, startedAt: Moment, stoppedAt: Moment?, dueAt: Moment?,
        warnAt: Moment?, segments: [ClockSegment], calendar: CalendarVersion
    ) {
        self.target = target
        self.episode = episode
        self.state = state
        self.startedAt = startedAt
        self.stoppedAt = stoppedAt
        self.dueAt = dueAt
        self.warnAt = warnAt
        self.segments = segments
        self.calendar = calendar
    }

    /// What has been counted until an instant, in microseconds.
    public func elapsed(at moment: Moment) -> Int64 {
        var sum = segments.reduce(0) { $0 + $1.microseconds }
        if let open = segments.last, open.endedAt == nil, open.isCounting, moment > open.startedAt {
            sum += calendar.calendar.elapsed(from: open.startedAt, to: moment)
        }
        return sum
    }

    /// What is left of the target at an instant, in microseconds; negative once it is used up.
    public func remaining(at moment: Moment) -> Int64 { target.microseconds - elapsed(at: moment) }

    /// The instants at which somebody has to be told, if the clock runs on as it does.
    public var deadlines: [Deadline] {
        guard state == .running else { return [] }
        return [(DeadlineKind.warning, warnAt), (.breach, dueAt)].compactMap { kind, moment in
            moment.map { Deadline(measure: measure, kind: kind, at: $0) }
        }
    }
}

/// An instant at which a clock reaches a part of its target.
public struct Deadline: Hashable, Sendable {
    public let measure: Measure
    public let kind: DeadlineKind
    public let at: Moment

    public init(measure: Measure, kind: DeadlineKind, at: Moment) {
        (self.measure, self.kind, self.at) = (measure, kind, at)
    }
}
