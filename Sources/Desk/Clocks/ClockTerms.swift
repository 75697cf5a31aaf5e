import Moments

extension Clocks {
    /// What decides about a ticket's clocks besides the ticket: the targets that hold for its demands, and the
    /// calendars as they are in force at the instant of the event.
    public struct Terms: Sendable {
        public var targets: [ClockKey: Target]
        /// Of the team that has the ticket or answers for it.
        public var holderCalendar: CalendarVersion
        /// Of the site that received it.
        public var originCalendar: CalendarVersion
        /// Of the requester's home site; nil where he has none.
        public var requesterCalendar: CalendarVersion?
        /// By code, those that targets name.
        public var agreementCalendars: [String: CalendarVersion]
        /// The calendar that never closes, by which promised instants are counted.
        public var always: CalendarVersion?

        public init(
            targets: [ClockKey: Target], holderCalendar: CalendarVersion, originCalendar: CalendarVersion,
            requesterCalendar: CalendarVersion? = nil, agreementCalendars: [String: CalendarVersion] = [:],
            always: CalendarVersion? = nil
        ) {
            self.requesterCalendar = requesterCalendar
            (self.targets, self.agreementCalendars, self.always) = (targets, agreementCalendars, always)
            (self.holderCalendar, self.originCalendar) = (holderCalendar, originCalendar)
        }

        /// The calendar that counts for a target; that of the holder where another one is not there.
        func calendar(for target: Target) -> CalendarVersion {
            switch target.calendar {
            case .holder: holderCalendar
            case .origin: originCalendar
            case .requester: requesterCalendar ?? originCalendar
            case .agreement(let code): agreementCalendars[code] ?? holderCalendar
            case .always: always ?? holderCalendar
            }
        }

        /// The target of a demand, without its conditions: they are met. A promised instant makes its own, with the
        /// warnings of the target that holds.
        func target(for demand: ClockDemand, at start: Moment) -> Target? {
            guard let promised = demand.promised else { return targets[demand.key]?.unconditional }
            let span = promised.duration(since: start).wholeMicroseconds
            let usual = targets[demand.key]
            return Target(
                name: usual?.name ?? "", measure: demand.key.measure, seconds: max(1, (span + 999_999) / 1_000_000),
                calendar: .always, pauses: [],
                warningPercents: usual?.warningPercents ?? Target.usualWarningPercents,
                escalations: usual?.escalations)
        }
    }
}
