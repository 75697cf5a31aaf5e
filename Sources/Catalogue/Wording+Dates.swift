public import Moments
public import TimeZones

extension Wording {
    /// How much of a date is written.
    public enum DateStyle: Sendable {
        /// 12 Mar 2026
        case short
        /// Thursday 12 March 2026
        case long
        /// 12 Mar, where the year is plain from elsewhere
        case dayAndMonth
    }

    /// A date that nobody can read as another one: the month is always a word.
    public func date(_ date: CivilDate, _ style: DateStyle = .short) -> String {
        let formats = catalogue.formats
        let (format, months) =
            switch style {
            case .short: (formats.date, formats.shortMonths)
            case .long: (formats.dateWithWeekday, formats.months)
            case .dayAndMonth: (formats.dayAndMonth, formats.shortMonths)
            }
        return fill(
            format,
            [
                "weekday": formats.weekdays[date.weekday.rawValue - 1], "day": String(date.day),
                "month": months[date.month - 1], "year": String(date.year),
            ])
    }

    public func date(_ moment: Moment, in zone: Zone, _ style: DateStyle = .short) -> String {
        date(zone.local(at: moment).date, style)
    }

    /// A date and a time with the name of the zone: `12 Mar 2026, 14:05 CET`.
    public func dateAndTime(_ moment: Moment, in zone: Zone) -> String {
        fill(catalogue.formats.dateAndTime, ["date": date(moment, in: zone), "time": time(moment, in: zone)])
    }

    /// A time of day with the name of the zone: `14:05 CET`.
    public func time(_ moment: Moment, in zone: Zone) -> String {
        hourAndMinute(moment, in: zone) + "\u{A0}" + zone.abbreviation(at: moment).zoneName
    }

    /// A time of day alone, for a column whose heading names the zone.
    public func hourAndMinute(_ moment: Moment, in zone: Zone) -> String {
        let time = zone.local(at: moment)
        return (time.hour < 10 ? "0" : "") + "\(time.hour):" + (time.minute < 10 ? "0" : "") + "\(time.minute)"
    }

    /// A month and its year, as a heading.
    public func month(_ date: CivilDate) -> String { "\(catalogue.formats.lonelyMonths[date.month - 1]) \(date.year)" }

    public func weekday(_ weekday: Weekday, short: Bool = false) -> String {
        (short ? catalogue.formats.shortWeekdays : catalogue.formats.weekdays)[weekday.rawValue - 1]
    }
}

extension String {
    /// The abbreviation of a zone; where the zone has no word but only a number, what the number means.
    fileprivate var zoneName: String { hasPrefix("+") || hasPrefix("-") ? "UTC" + self : self }
}
