public import Moments

extension Clocks {
    /// The clocks of a ticket counted from its log alone.
    ///
    /// - Parameters:
    ///   - states: what `Ticket.replay` answers.
    ///   - terms: what decided about the clocks when the ticket was like this, or ought to have.
    public init(
        replaying states: [(ticket: Ticket, effects: [Effect])], under terms: (Ticket) throws -> Terms
    ) rethrows {
        self.init()
        for (ticket, effects) in states where effects.contains(.settleClocks) {
            settle(for: ticket, after: effects, under: try terms(ticket))
        }
    }

    /// These clocks as another count has them. What differs by no more than the version of a calendar stays as it is;
    /// what the other count does not know is promised no longer, and is cancelled.
    public func revised(by other: Clocks, at moment: Moment) -> Clocks {
        let kept = clocks.map { clock in
            guard let counted = other.clocks.first(where: clock.isSame) else { return clock.cancelled(at: moment) }
            return clock.counts(as: counted) ? clock : counted
        }
        return Clocks(kept + other.clocks.filter { counted in !clocks.contains(where: counted.isSame) })
    }

    /// What is different about these clocks, in their order.
    public func shifts(since old: Clocks) -> [ClockShift] {
        clocks.compactMap { clock in
            let before = old.clocks.first(where: clock.isSame)
            if before == clock { return nil }
            return ClockShift(
                ClockMark(clock.measure, about: clock.key.subject), before: before?.dueAt, after: clock.dueAt)
        }
    }
}

extension Clock {
    /// Whether both are the clock of the same round.
    public func isSame(as other: Clock) -> Bool { key == other.key && episode == other.episode }

    /// Whether both have counted the same under the same promise, and are due at the same time.
    fileprivate func counts(as other: Clock) -> Bool {
        let (mine, others) = (segments.map(\.withoutCalendar), other.segments.map(\.withoutCalendar))
        return mine == others && target == other.target && promised == other.promised && state == other.state
            && startedAt == other.startedAt && stoppedAt == other.stoppedAt && dueAt == other.dueAt
            && deadlines == other.deadlines
    }

    fileprivate func cancelled(at moment: Moment) -> Clock {
        var clock = self
        clock.cancel(at: moment)
        clock.state = .cancelled
        return clock
    }
}

extension ClockSegment {
    fileprivate var withoutCalendar: ClockSegment {
        ClockSegment(
            startedAt: startedAt, endedAt: endedAt, holder: holder, calendar: CalendarVersionID(0), pause: pause,
            microseconds: microseconds)
    }
}
