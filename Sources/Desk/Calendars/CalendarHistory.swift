public import Moments
public import TimeZones

/// The versions of one calendar, each of which counts from its beginning until the next one: the hours that somebody
/// really had, whatever was changed since.
public struct CalendarHistory: Sendable {
    private let versions: [(validFrom: Moment, calendar: BusinessCalendar)]

    /// - Parameter versions: in any order; the earliest also counts before it was known.
    public init(_ versions: some Sequence<(validFrom: Moment, calendar: BusinessCalendar)>) {
        self.versions = versions.sorted { $0.validFrom < $1.validFrom }
    }

    /// The hours of somebody who went by one calendar after the other, by each until the next one's beginning.
    ///
    /// - Parameter parts: in order; the first also counts before its beginning.
    public init(following parts: [(from: Moment, hours: CalendarHistory)]) {
        versions = parts.indices.flatMap { place in
            let part = parts[place]
            let next = parts.indices.contains(place + 1) ? parts[place + 1].from : nil
            let begun = part.hours.versions.lastIndex { $0.validFrom <= part.from } ?? part.hours.versions.startIndex
            return part.hours.versions[begun...].map { version in
                (max(version.validFrom, part.from), version.calendar)
            }.filter { version in next.map { version.0 < $0 } ?? true }
        }
    }

    /// How long it was open between two instants, in microseconds; nothing where `end` is the earlier.
    public func elapsed(from start: Moment, to end: Moment) -> Int64 {
        parts(from: start, to: end).reduce(0) { $0 + $1.calendar.elapsed(from: $1.start, to: $1.end) }
    }

    /// The same for each day on which it was open, by the days of its zone; a day may come once for each version that
    /// was in force on it.
    public func days(from start: Moment, to end: Moment) -> [(day: CivilDate, microseconds: Int64)] {
        var days: [(day: CivilDate, microseconds: Int64)] = []
        for part in parts(from: start, to: end) {
            let zone = part.calendar.zone
            var day = zone.local(at: part.start).date
            var begin = part.start
            while begin < part.end {
                day = day.adding(days: 1)
                let next = min(zone.startOfDay(day), part.end)
                let open = part.calendar.elapsed(from: begin, to: next)
                if open > 0 { days.append((day.adding(days: -1), open)) }
                begin = next
            }
        }
        return days
    }

    private func parts(
        from start: Moment, to end: Moment
    ) -> [(calendar: BusinessCalendar, start: Moment, end: Moment)] {
        versions.indices.compactMap { place in
            let begin = place == versions.startIndex ? start : max(start, versions[place].validFrom)
            let next = versions.indices.contains(place + 1) ? min(end, versions[place + 1].validFrom) : end
            return begin < next ? (versions[place].calendar, begin, next) : nil
        }
    }
}
