public import Moments

extension Clock {
    /// What holds for a clock from an instant on.
    public struct Setting: Hashable, Sendable {
        public var holder: Holder
        public var calendar: CalendarVersion
        /// What the ticket waits for, if anything; the target says whether that stops the clock.
        public var waiting: PauseReason?

        public init(holder: Holder, calendar: CalendarVersion, waiting: PauseReason? = nil) {
            (self.holder, self.calendar, self.waiting) = (holder, calendar, waiting)
        }
    }

    /// A clock that starts.
    public init(_ target: Target, episode: Int, at moment: Moment, in setting: Setting) {
        self.init(
            target: target, episode: episode, state: .running, startedAt: moment, stoppedAt: nil, dueAt: nil,
            warnAt: nil, segments: [], calendar: setting.calendar)
        open(setting, at: moment)
    }

    /// Goes on under another setting or target: moved, paused, resumed, or taken up again after it was stopped, in
    /// which case the time since then is not counted. What has been counted stays counted.
    ///
    /// - Parameter target: the target that holds from now on; nil where it is the same.
    public mutating func go(on setting: Setting, under target: Target? = nil, at moment: Moment) {
        if let target { self.target = target }
        if let stoppedAt {
            segments.append(
                ClockSegment(
                    startedAt: stoppedAt, holder: .requester, calendar: calendar.id, pause: .resolved))
            self.stoppedAt = nil
        }
        close(at: moment)
        open(setting, at: moment)
    }

    /// Stops, and is met or missed.
    public mutating func stop(at moment: Moment) {
        guard !isStopped else { return }
        close(at: moment)
        stoppedAt = moment
        state = remaining(at: moment) >= 0 ? .met : .missed
        warnAt = nil
    }

    /// Stops because its target holds no longer.
    public mutating func cancel(at moment: Moment) {
        guard !isStopped else { return }
        stop(at: moment)
        state = .cancelled
    }

    private mutating func close(at moment: Moment) {
        guard var last = segments.last, last.endedAt == nil else { return }
        if last.startedAt == moment {
            // It lasted no time: what comes next takes its place.
            segments.removeLast()
            return
        }
        last.endedAt = moment
        last.microseconds = last.isCounting ? calendar.calendar.elapsed(from: last.startedAt, to: moment) : 0
        segments[segments.count - 1] = last
    }

    private mutating func open(_ setting: Setting, at moment: Moment) {
        let pause = setting.waiting.flatMap { target.pauses.contains($0) ? $0 : nil }
        calendar = setting.calendar
        state = pause == nil ? .running : .paused
        segments.append(
            ClockSegment(startedAt: moment, holder: setting.holder, calendar: setting.calendar.id, pause: pause))
        let elapsed = elapsed(at: moment)
        warnAt = deadline(after: target.warningMicroseconds - elapsed, from: moment)
        if elapsed < target.microseconds {
            dueAt = deadline(after: target.microseconds - elapsed, from: moment)
        } else {
            // Used up already: when it happened, or now if only the new target makes it so.
            dueAt = min(dueAt ?? moment, moment)
        }
    }

    private func deadline(after microseconds: Int64, from moment: Moment) -> Moment? {
        guard state == .running, microseconds > 0 else { return nil }
        return try? calendar.calendar.adding(microseconds: microseconds, to: moment)
    }
}
