public import Moments

extension Clock {
    /// What holds for a clock from an instant on.
    public struct Setting: Hashable, Sendable {
        public var holder: Holder
        public var calendar: CalendarVersion
        /// What is waited for, if anything; the target says whether that stops the clock.
        public var waiting: PauseReason?

        public init(holder: Holder, calendar: CalendarVersion, waiting: PauseReason? = nil) {
            (self.holder, self.calendar, self.waiting) = (holder, calendar, waiting)
        }
    }

    /// A clock that starts.
    public init(
        _ key: ClockKey, _ target: Target, promised: Moment? = nil, episode: Int, at moment: Moment, in setting: Setting
    ) {
        self.init(
            key: key, episode: episode, target: target, promised: promised, state: .running, startedAt: moment,
            stoppedAt: nil, dueAt: nil, segments: [], calendar: setting.calendar)
        open(setting, at: moment)
    }

    /// Goes on under another setting or target: moved, paused, resumed, or taken up again after it was stopped, in
    /// which case the time since then is not counted. What has been counted stays counted, and where nothing is
    /// different, nothing happens.
    ///
    /// - Parameter target: the target that holds from now on; nil where it is the same.
    public mutating func go(
        on setting: Setting, under target: Target? = nil, promised: Moment? = nil, at moment: Moment
    ) {
        let next = target ?? self.target
        if !isStopped, next == self.target, promised == self.promised, isCounting(under: setting) { return }
        (self.target, self.promised) = (next, promised)
        if let stoppedAt {
            let pause: PauseReason = state == .cancelled ? .noTarget : .resolved
            segments.append(
                ClockSegment(startedAt: stoppedAt, holder: .requester, calendar: calendar.id, pause: pause))
            self.stoppedAt = nil
        }
        close(at: moment)
        open(setting, at: moment)
    }

    /// Stops, and is met or missed.
    public mutating func stop(at moment: Moment) {
        guard !isStopped else { return }
        if segments.count == 1, segments[0].startedAt == moment {
            // It took no time, and this is the segment that says so.
            segments[0].endedAt = moment
        } else {
            close(at: moment)
        }
        stoppedAt = moment
        state = remaining(at: moment) >= 0 ? .met : .missed
    }

    /// Stops because its target holds no longer.
    public mutating func cancel(at moment: Moment) {
        guard !isStopped else { return }
        stop(at: moment)
        state = .cancelled
    }

    private func isCounting(under setting: Setting) -> Bool {
        guard let open = segments.last, open.endedAt == nil else { return false }
        return open.holder == setting.holder && open.calendar == setting.calendar.id && open.pause == pause(in: setting)
    }

    private func pause(in setting: Setting) -> PauseReason? {
        setting.waiting.flatMap { promised == nil && ($0 == .parent || target.pauses.contains($0)) ? $0 : nil }
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
        let pause = pause(in: setting)
        calendar = setting.calendar
        state = pause == nil ? .running : .paused
        segments.append(
            ClockSegment(startedAt: moment, holder: setting.holder, calendar: setting.calendar.id, pause: pause))
        let rest = remaining(at: moment)
        if let promised {
            dueAt = promised
        } else if rest > 0 {
            dueAt = state == .running ? try? calendar.calendar.adding(microseconds: rest, to: moment) : nil
        } else {
            // Used up already: when it happened, or now if only the new target makes it so.
            dueAt = min(dueAt ?? moment, moment)
        }
    }
}
