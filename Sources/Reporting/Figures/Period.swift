import Moments
import TimeZones

/// Whole days of one time zone, over which a report counts.
struct Period: Sendable, Hashable {
    let first: CivilDate
    let last: CivilDate
    let zone: Zone

    /// The most days of a report.
    static let longest = 1100
    /// How many days a report covers if nobody chooses.
    static let usual = 30

    /// Nil where the last day is before the first, or they are too far apart.
    init?(from first: CivilDate, to last: CivilDate, in zone: Zone) {
        let days = last.daysSinceEpoch - first.daysSinceEpoch
        guard days >= 0, days < Self.longest else { return nil }
        (self.first, self.last, self.zone) = (first, last, zone)
    }

    /// The days up to today.
    init(lastDays days: Int, until now: Moment, in zone: Zone) {
        last = zone.local(at: now).date
        first = last.adding(days: 1 - days)
        self.zone = zone
    }

    /// The first instant.
    var start: Moment { zone.startOfDay(first) }
    /// The first instant that is no longer in it.
    var end: Moment { zone.startOfDay(last.adding(days: 1)) }

    var days: Int { last.daysSinceEpoch - first.daysSinceEpoch + 1 }

    /// The first days of the columns of a chart: each day, or as many days together as make no more than 31 columns.
    var columns: [CivilDate] {
        let width = (days + 30) / 31
        return stride(from: 0, to: days, by: width).map { first.adding(days: $0) }
    }

    /// The first days of the months that it touches.
    var months: [CivilDate] {
        var months = [first.adding(days: 1 - first.day)]
        while let month = months.last?.adding(days: 31), month.daysSinceEpoch - month.day < last.daysSinceEpoch {
            months.append(month.adding(days: 1 - month.day))
        }
        return months
    }
}
