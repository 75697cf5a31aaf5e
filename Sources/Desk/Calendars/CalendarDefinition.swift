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

    public init(zone: String, weekly: Weekly, holidays: [CalendarDay] = [], special: [SpecialDay] = []) {
        self.zone = zone
        self.weekly = weekly
        self.holidays = holidays
        self.special = special
    }

    /// Whether no day of any year is open.
    public var isNeverOpen: Bool {
        guard case .hours(let week) = weekly else { return false }
        return week.values.allSatisfy(\.isEmpty) && special.allSatisfy(\.hours.isEmpty)
    }
}
