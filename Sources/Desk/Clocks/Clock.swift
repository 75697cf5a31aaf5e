public import Moments

/// A target running over the legs of a ticket, with the arithmetic of every stretch of it.
///
/// Elapsed time is the sum of the segments; nothing that has been counted is ever counted anew.
public struct Clock: Hashable, Sendable {
    public let key: ClockKey
    public let episode: Int
    public internal(set) var target: Target
    /// The instant that was promised; nil where the target's time counts.
    public internal(set) var promised: Moment?
    public internal(set) var state: State
    public let startedAt: Moment
    public internal(set) var stoppedAt: Moment?
    /// When the target is or was used up. Nil while the clock is paused before that, and where the calendar does not
    /// open for long enough within ten years.
    public internal(set) var dueAt: Moment?
    /// In order, without gaps; the last is open unless the clock has stopped. There is always one.
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
        /// The target holds no longer for the ticket, or what was promised is not wanted any more.
        case cancelled
    }

    public var measure: Measure { key.measure }
    public var isStopped: Bool { state == .met || state == .missed || state == .cancelled }

    /// A clock as it was kept.
    public init(
        key: ClockKey, episode: Int, target: Target, promised: Moment?, state: State, startedAt: Moment,
        stoppedAt: Moment?, dueAt: Moment?, segments: [ClockSegment], calendar: CalendarVersion
    ) {
        (self.key, self.episode, self.target, self.promised) = (key, episode, target, promised)
        (self.state, self.startedAt, self.stoppedAt, self.dueAt) = (state, startedAt, stoppedAt, dueAt)
        (self.segments, self.calendar) = (segments, calendar)
    }

    /// What has been counted until an instant, in microseconds.
    public func elapsed(at moment: Moment) -> Int64 {
        counted + (segments.last.map { calendar.counts($0, until: moment) } ?? 0)
    }

    /// What one of its segments counted until an instant, in microseconds: the parts of which `elapsed` is the sum.
    public func counted(by segment: ClockSegment, at moment: Moment) -> Int64 {
        segment.endedAt == nil ? calendar.counts(segment, until: moment) : segment.microseconds
    }

    /// What is left of the target at an instant, in microseconds; negative once it is used up.
    public func remaining(at moment: Moment) -> Int64 { budget - elapsed(at: moment) }

    /// What may be counted before the target is missed, in microseconds.
    public var budget: Int64 {
        promised.map { max(1, $0.duration(since: startedAt).wholeMicroseconds) } ?? target.microseconds
    }

    /// What the segments that have ended counted.
    var counted: Int64 { segments.reduce(0) { $0 + $1.microseconds } }

    /// The instants at which somebody has to be told, if the clock runs on as it does: each warning that is not used
    /// up, the end of the target, and each step by which it is carried up. A step that a shorter target has passed is
    /// due at once, since that level has not heard of it.
    public var deadlines: [Deadline] {
        guard !isStopped, let open = segments.last else { return [] }
        func deadline(_ kind: DeadlineKind, at percent: Int) -> Deadline? {
            let rest = budget / 100 * Int64(percent) + budget % 100 * Int64(percent) / 100 - counted
            if rest <= 0 {
                return kind == .warning ? nil : Deadline(kind: kind, percent: percent, at: open.startedAt)
            }
            // While it pauses, nothing comes nearer.
            let at = state == .running ? try? calendar.calendar.adding(microseconds: rest, to: open.startedAt) : nil
            return at.map { Deadline(kind: kind, percent: percent, at: $0) }
        }
        return target.warningPercents.compactMap { deadline(.warning, at: $0) }
            + (dueAt.map { [Deadline(kind: .breach, percent: 0, at: $0)] } ?? [])
            + target.escalations.compactMap { deadline(.escalation($0.level), at: $0.percent) }
            + target.supplierPercents.compactMap { deadline(.supplier, at: $0) }
    }
}

extension CalendarVersion {
    /// What a segment that is open counts until an instant.
    fileprivate func counts(_ segment: ClockSegment, until moment: Moment) -> Int64 {
        guard segment.endedAt == nil, segment.isCounting, moment > segment.startedAt else { return 0 }
        return calendar.elapsed(from: segment.startedAt, to: moment)
    }
}

/// An instant at which a clock reaches a part of its target.
public struct Deadline: Hashable, Sendable {
    public let kind: DeadlineKind
    /// The step of a warning, or of what is carried up or told the supplier; 0 for the breach.
    public let percent: Int
    public let at: Moment

    public init(kind: DeadlineKind, percent: Int, at: Moment) {
        (self.kind, self.percent, self.at) = (kind, percent, at)
    }
}
