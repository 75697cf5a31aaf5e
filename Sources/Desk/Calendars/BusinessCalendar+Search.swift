public import Moments

/// Why a calendar has no answer.
public enum CalendarFault: Error, Hashable, Sendable {
    /// The calendar does not open, or not long enough, within ten years of the instant.
    case noOpening(near: Moment)
    /// The answer would lie outside the years 0000 to 9999.
    case outOfRange
}

extension CalendarFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noOpening(let moment):
            "the calendar has no opening within ten years of \(moment); give it weekly hours, or fewer holidays"
        case .outOfRange: "the answer lies outside the years 0000 to 9999; ask for less time"
        }
    }
}

extension BusinessCalendar {
    /// The first instant at or after `moment` at which the desk is open: `moment` itself where it is.
    public func nextOpen(at moment: Moment) throws(CalendarFault) -> Moment {
        if isOpen(at: moment) { return moment }
        return try adding(microseconds: 1, to: moment) - .microseconds(1)
    }

    /// The instant at which the desk has been open for so many seconds since `moment`.
    public func adding(seconds: Int64, to moment: Moment) throws(CalendarFault) -> Moment {
        let (microseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { throw .outOfRange }
        return try adding(microseconds: microseconds, to: moment)
    }

    /// The instant at which the desk has been open for so long since `moment`.
    ///
    /// What ends exactly at a closing ends then and not at the next opening. A negative number counts back; what ends
    /// exactly at an opening ends then and not at the closing before it. Nothing added is `moment` itself, open or not.
    public func adding(microseconds: Int64, to moment: Moment) throws(CalendarFault) -> Moment {
        if microseconds == 0 { return moment }
        guard let openings else {
            let (sum, overflow) = moment.microseconds.addingReportingOverflow(microseconds)
            guard !overflow, Moment.rfc3339Range.contains(Moment(microseconds: sum)) else { throw .outOfRange }
            return Moment(microseconds: sum)
        }
        guard Moment.rfc3339Range.contains(moment) else { throw .outOfRange }
        let answer =
            microseconds > 0
            ? try forward(microseconds, from: moment.microseconds, openings)
            : try back(microseconds.magnitude, from: moment.microseconds, openings)
        guard Moment.rfc3339Range.contains(answer) else { throw .outOfRange }
        return answer
    }

    private func forward(
        _ microseconds: Int64, from start: Int64, _ openings: Openings
    ) throws(CalendarFault) -> Moment {
        var index = Openings.index(of: start)
        var block = openings[index]
        var passed = block.open(before: start)
        var left = microseconds
        // The last instant that was open, or the start.
        var latest = start
        while true {
            if left <= block.total - passed {
                return Moment(microseconds: block.instant(after: passed + left))
            }
            left -= block.total - passed
            latest = max(latest, block.ends.last ?? latest)
            index += 1
            block = openings[index]
            passed = 0
            let upcoming = block.begins.first ?? block.range.upperBound
            guard upcoming - latest <= Self.horizon else { throw .noOpening(near: Moment(microseconds: latest)) }
            guard block.range.lowerBound <= Moment.rfc3339Range.upperBound.microseconds else { throw .outOfRange }
        }
    }

    private func back(
        _ microseconds: UInt64, from start: Int64, _ openings: Openings
    ) throws(CalendarFault) -> Moment {
        var index = Openings.index(of: start)
        var block = openings[index]
        var passed = block.open(before: start)
        guard var left = Int64(exactly: microseconds) else { throw .outOfRange }
        // The earliest instant that was open, or the start.
        var earliest = start
        while true {
            if left <= passed {
                return Moment(microseconds: block.instant(before: passed - left))
            }
            left -= passed
            earliest = passed > 0 ? block.begins[0] : earliest
            index -= 1
            block = openings[index]
            passed = block.total
            let upcoming = block.ends.last ?? block.range.lowerBound
            guard earliest - upcoming <= Self.horizon else { throw .noOpening(near: Moment(microseconds: earliest)) }
            guard block.range.upperBound >= Moment.rfc3339Range.lowerBound.microseconds else { throw .outOfRange }
        }
    }
}
