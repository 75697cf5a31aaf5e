public import TimeZones

/// When a desk is open, as people write it down: hours by the clock on its wall, and the days that differ.
public struct CalendarDefinition: Hashable, Sendable {
    /// The name of a time zone in the IANA database.
    public var zone: String
    public var weekly: Weekly
    /// Days on which the desk stays closed.
    public var holidays: [CalendarDay]
    /// Days with hours of their own, holidays or not; none at all close the day.
    public var special: [SpecialDay]
    /// The address of an iCalendar feed whose days are holidays too.
    public var holidayFeed: String?

    public enum Weekly: Hashable, Sendable {
        /// Never closed, holidays included.
        case always
        /// A weekday that is not named is closed.
        case hours([Weekday: [OpenInterval]])
    }

    public struct SpecialDay: Hashable, Sendable {
        public var day: CalendarDay
        public var hours: [OpenInterval]

        public init(_ day: CalendarDay, hours: [OpenInterval]) {
            (self.day, self.hours) = (day, hours)
        }
    }

    public init(
        zone: String, weekly: Weekly, holidays: [CalendarDay] = [], special: [SpecialDay] = [],
        holidayFeed: String? = nil
    ) {
        self.zone = zone
        self.weekly = weekly
        self.holidays = holidays
        self.special = special
        self.holidayFeed = holidayFeed
    }

    /// The calendar with further holidays, each day once and in order behind those that stand there.
    public func adding(holidays days: some Sequence<CivilDate>) -> CalendarDefinition {
        var definition = self
        definition.holidays += Set(days.map(CalendarDay.date)).subtracting(holidays).sorted {
            $0.description < $1.description
        }
        return definition
    }

    /// What counts the time of tickets: the calendar with the days of its feed, wherever they are from.
    public func counting(feed days: some Sequence<CivilDate>) -> CalendarDefinition {
        var definition = adding(holidays: days)
        definition.holidayFeed = nil
        return definition
    }

    /// Whether no day of any year is open.
    public var isNeverOpen: Bool {
        guard case .hours(let week) = weekly else { return false }
        return week.values.allSatisfy(\.isEmpty) && special.allSatisfy(\.hours.isEmpty)
    }
}

extension Organisation {
    /// The same with further holidays in one calendar; nil if there is no such calendar.
    public func adding(holidays days: some Sequence<CivilDate>, to calendar: String) -> Organisation? {
        guard let definition = calendars[calendar] else { return nil }
        var organisation = self
        organisation.calendars[calendar] = definition.adding(holidays: days)
        return organisation
    }
}
