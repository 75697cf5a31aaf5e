public import Moments

/// A time zone of the IANA database: which offset from UTC clocks at a place show at any instant.
///
/// An immutable value; two zones are equal when they have the same name.
public struct Zone: Sendable {
    /// The name in the IANA database, such as `Europe/Oslo`.
    public let name: String
    let periods: ZonePeriods

    public static let utc = Zone(
        name: "UTC",
        periods: ZonePeriods(starts: [], styles: [ZoneStyle(offset: 0, isDaylightSaving: false, abbreviation: "UTC")]))

    /// What to do with a wall time that clocks show twice, because they are put back in between.
    public enum Overlap: Sendable {
        case earlier
        case later
    }

    /// Seconds to add to UTC for local time; positive east of Greenwich.
    public func offset(at moment: Moment) -> Int {
        periods.style(at: moment.seconds).offset
    }

    public func isDaylightSaving(at moment: Moment) -> Bool {
        periods.style(at: moment.seconds).isDaylightSaving
    }

    /// What people write behind a local time, such as `CEST`; a number like `+03` where they have no word.
    public func abbreviation(at moment: Moment) -> String {
        periods.style(at: moment.seconds).abbreviation
    }

    /// What calendar and clock show at an instant.
    public func local(at moment: Moment) -> CivilTime {
        let seconds = moment.seconds
        let local = Int(seconds) + periods.style(at: seconds).offset
        let day = local.flooredQuotient(by: 86_400)
        return CivilTime(
            date: CivilDate(daysSinceEpoch: day), secondOfDay: local - day * 86_400,
            microsecond: Int(moment.microseconds.remainder(below: 1_000_000)))
    }

    /// The instant at which clocks show a time. A time in a gap, which no clock shows, is the gap's end.
    public func moment(_ time: CivilTime, overlap: Overlap = .earlier) -> Moment {
        let whole = moment(time.date, secondOfDay: time.secondOfDay, overlap: overlap)
        // The end of a gap is one instant, whatever fraction of the missing hour was asked for.
        guard time.microsecond > 0, local(at: whole).secondOfDay == time.secondOfDay else { return whole }
        return Moment(microseconds: whole.microseconds + Int64(time.microsecond))
    }

    /// The instant at which clocks show a number of seconds since the midnight of a date.
    ///
    /// The number may lie outside the day: 86,400 is 24:00, 108,000 is 06:00 of the following day.
    public func moment(_ date: CivilDate, secondOfDay: Int, overlap: Overlap = .earlier) -> Moment {
        Moment(seconds: periods.instant(local: Int64(date.daysSinceEpoch * 86_400 + secondOfDay), overlap: overlap))
    }

    /// The instant at which clocks show a time, or nil where the calendar has no such day or the clock no such time.
    public func moment(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, overlap: Overlap = .earlier
    ) -> Moment? {
        guard let date = CivilDate(year: year, month: month, day: day),
            let time = CivilTime(date, hour: hour, minute: minute, second: second)
        else { return nil }
        return moment(time, overlap: overlap)
    }

    /// The first instant of a day; where midnight is skipped, the first instant after it.
    public func startOfDay(_ date: CivilDate) -> Moment {
        moment(date, secondOfDay: 0, overlap: .earlier)
    }

    /// The next instant after `moment` at which the offset or its name changes; nil if none is foreseen.
    public func nextChange(after moment: Moment) -> Moment? {
        periods.nextStart(after: moment.seconds).map { Moment(seconds: $0) }
    }
}

extension Zone: Hashable {
    public static func == (left: Zone, right: Zone) -> Bool { left.name == right.name }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Zone: CustomStringConvertible {
    public var description: String { name }
}
