import TimeZones

/// The days that an event takes when it happens first.
struct DaySpan {
    let first: CivilDate
    let count: Int
    /// Whether the event's times in UTC are meant as they are written.
    let isUniversal: Bool
    /// Whether its beginning was written as a day and not as a time.
    let isOfDates: Bool

    /// A day, and the second of it unless the whole day is meant.
    typealias Time = (date: CivilDate, second: Int?)

    /// More would be no holiday.
    private static let longest = 366
    private static let day = 86_400

    /// Nil where the times are not those of whole days.
    /// - Throws: why no such event can be.
    init?(
        _ start: Time, _ end: Time?, _ duration: Int?, saysAllDay: Bool, isUniversal: Bool
    ) throws(LineFault) {
        guard (start.second ?? 0) == 0 else { return nil }
        var days: Int
        if let end {
            guard let rest = Self.wholeDays(end.second ?? 0) else { return nil }
            // The end is the day after the last one.
            days = end.date.daysSinceEpoch - start.date.daysSinceEpoch + rest
        } else if let duration {
            guard let rest = Self.wholeDays(duration % Self.day) else { return nil }
            days = duration / Self.day + rest
        } else {
            guard start.second == nil || saysAllDay else { return nil }
            days = 1
        }
        // Some feeds write the same day as beginning and as end.
        if days == 0, start.second == nil || saysAllDay { days = 1 }
        guard days > 0 else { throw LineFault("it ends before it begins") }
        guard days <= Self.longest else { throw LineFault("it lasts for more than a year") }
        (first, count, self.isUniversal, isOfDates) = (start.date, days, isUniversal, start.second == nil)
    }

    /// Midnight adds no day; the last minute or second of a day, as some write its end, adds it whole.
    private static func wholeDays(_ second: Int) -> Int? {
        switch second {
        case 0: 0
        case day - 60, day - 1: 1
        default: nil
        }
    }

    /// The day that another time of the event means.
    func date(_ value: DateValue) -> CivilDate {
        isUniversal ? value.universal?.date ?? value.date : value.date
    }

    /// The last day that a rule's UNTIL lets through. Where days repeat until a time in UTC, some mean the day there
    /// and others the day here; a holiday more is better than one less.
    func last(until value: DateValue) -> CivilDate {
        isOfDates ? max(value.date, value.universal?.date ?? value.date) : date(value)
    }
}

extension DateValue {
    var asLocal: DaySpan.Time { (date, secondOfDay) }
}

extension DateValue.Written {
    var asTime: DaySpan.Time { (date, secondOfDay) }
}
