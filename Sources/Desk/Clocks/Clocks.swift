/// The clocks of one ticket.
public struct Clocks: Hashable, Sendable {
    public private(set) var clocks: [Clock]

    public init(_ clocks: [Clock] = []) { self.clocks = clocks }

    /// What decides about a ticket's clocks besides the ticket: the targets that hold for it, and the calendars as they
    /// are in force at the instant of the event.
    public struct Terms: Sendable {
        public var targets: [Measure: Target]
        /// Of the team that has the ticket or answers for it.
        public var holderCalendar: CalendarVersion
        /// Of the site that received it.
        public var originCalendar: CalendarVersion
        /// By code, those that targets name.
        public var agreementCalendars: [String: CalendarVersion]

        public init(
            targets: [Measure: Target], holderCalendar: CalendarVersion, originCalendar: CalendarVersion,
            agreementCalendars: [String: CalendarVersion] = [:]
        ) {
            self.targets = targets
            self.holderCalendar = holderCalendar
            self.originCalendar = originCalendar
            self.agreementCalendars = agreementCalendars
        }

        /// The calendar that counts for a target; that of the holder where an agreement's is not there.
        func calendar(for target: Target) -> CalendarVersion {
            switch target.calendar {
            case .holder: holderCalendar
            case .origin: originCalendar
            case .agreement(let code): agreementCalendars[code] ?? holderCalendar
            }
        }
    }

    /// Performs what the effects of an event say about clocks.
    ///
    /// - Parameter ticket: the ticket after the event; its `updatedAt` is the instant.
    public mutating func perform(_ effects: [Effect], on ticket: Ticket, under terms: Terms) {
        if effects.contains(.startClocks) { start(for: ticket, under: terms) }
        if effects.contains(.stopClock(.firstResponse)) { stop(ticket) { $0.measure == .firstResponse } }
        if effects.contains(.stopClocks) {
            stop(ticket) { _ in true }
        } else if effects.contains(where: \.movesClocks) {
            goOn(for: ticket, under: terms, retargets: effects.contains(.retargetClocks))
        }
    }

    private mutating func start(for ticket: Ticket, under terms: Terms) {
        for measure in Measure.allCases {
            // A response given by the very event that opens the ticket is measured: it took no time.
            let isAnswered =
                measure == .firstResponse && ticket.times.firstResponse.map { $0 < ticket.updatedAt } ?? false
            if !isAnswered { start(measure, for: ticket, under: terms) }
        }
    }

    private mutating func start(_ measure: Measure, for ticket: Ticket, under terms: Terms) {
        guard let target = terms.targets[measure] else { return }
        let setting = ticket.clockSetting(for: target, under: terms)
        clocks.append(Clock(target, episode: ticket.episode, at: ticket.updatedAt, in: setting))
    }

    private mutating func stop(_ ticket: Ticket, where isMeant: (Clock) -> Bool) {
        for index in clocks.indices where clocks[index].episode == ticket.episode && isMeant(clocks[index]) {
            clocks[index].stop(at: ticket.updatedAt)
        }
    }

    private mutating func goOn(for ticket: Ticket, under terms: Terms, retargets: Bool) {
        for measure in Measure.allCases where measure != .firstResponse || ticket.times.firstResponse == nil {
            let place = clocks.firstIndex { $0.episode == ticket.episode && $0.measure == measure }
            if let place {
                clocks[place].follow(ticket, under: terms, retargets: retargets)
            } else if retargets {
                start(measure, for: ticket, under: terms)
            }
        }
    }
}

extension Clock {
    fileprivate mutating func follow(_ ticket: Ticket, under terms: Clocks.Terms, retargets: Bool) {
        guard state != .cancelled else { return }
        let target = retargets ? terms.targets[measure] : target
        guard let target else { return cancel(at: ticket.updatedAt) }
        go(on: ticket.clockSetting(for: target, under: terms), under: target, at: ticket.updatedAt)
    }
}

extension Effect {
    fileprivate var movesClocks: Bool {
        switch self {
        case .pauseClocks, .resumeClocks, .moveClocks, .retargetClocks: true
        default: false
        }
    }
}

extension Ticket {
    fileprivate func clockSetting(for target: Target, under terms: Clocks.Terms) -> Clock.Setting {
        let waiting: PauseReason? =
            switch ClockCondition(state) {
            case .counting, .stopped: nil
            case .paused(let reason): reason
            }
        return Clock.Setting(holder: holder, calendar: terms.calendar(for: target), waiting: waiting)
    }
}
