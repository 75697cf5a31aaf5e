/// The rule by which a zone goes on after the last change its file lists: standard time, and daylight saving time
/// between two days of each year.
struct ZoneRule: Equatable {
    let standard: ZoneStyle
    let daylight: Daylight?

    struct Daylight: Equatable {
        let style: ZoneStyle
        /// Read from clocks that show standard time.
        let start: Change
        /// Read from clocks that show daylight saving time.
        let end: Change
    }

    /// A day that every year has, and the time of the change on the clock of that day.
    struct Change: Equatable {
        let day: Day
        /// May be negative or beyond 24 hours: -167 to 167 hours (RFC 9636 section 3.3.1).
        let secondOfDay: Int

        /// Local seconds from 1970-01-01 00:00 to the change.
        func local(in year: Int) -> Int64 {
            Int64(day.daysSinceEpoch(in: year)) * 86_400 + Int64(secondOfDay)
        }
    }

    enum Day: Equatable {
        /// `Jn`: day 1 to 365, never counting 29 February.
        case withoutLeapDay(Int)
        /// `n`: day 0 to 365, counting 29 February.
        case withLeapDay(Int)
        /// `Mm.w.d`: the w-th weekday d (0 is Sunday) of month m; week 5 is the last.
        case weekday(month: Int, week: Int, day: Int)

        func daysSinceEpoch(in year: Int) -> Int {
            let newYear = CivilDate.daysSinceEpoch(startOf: year)
            switch self {
            case .withoutLeapDay(let day):
                return newYear + day - 1 + (day > 59 && CivilDate.isLeap(year: year) ? 1 : 0)
            case .withLeapDay(let day):
                return newYear + day
            case .weekday(let month, let week, let day):
                let lengths = (1..<month).map { CivilDate.length(ofMonth: $0, in: year) }
                let first = newYear + lengths.reduce(0, +)
                // 1970-01-01 was a Thursday, the fourth day after a Sunday.
                let wait = (day - (first + 4)).remainder(below: 7)
                let wanted = wait + (week - 1) * 7
                return first + (wanted < CivilDate.length(ofMonth: month, in: year) ? wanted : wanted - 7)
            }
        }
    }

    /// The changes of clocks in a range of years, in order; empty without daylight saving time.
    ///
    /// Where one year's end of daylight saving time is the next year's start, only the start is told.
    func changes(in years: Range<Int>) -> [(start: Int64, style: ZoneStyle)] {
        guard let daylight else { return [] }
        var changes: [(start: Int64, style: ZoneStyle)] = []
        for year in years {
            changes.append((daylight.start.local(in: year) - Int64(standard.offset), daylight.style))
            changes.append((daylight.end.local(in: year) - Int64(daylight.style.offset), standard))
        }
        changes.sort { ($0.start, $0.style == standard ? 0 : 1) < ($1.start, $1.style == standard ? 0 : 1) }
        var kept: [(start: Int64, style: ZoneStyle)] = []
        for change in changes {
            if let last = kept.last, last.start == change.start { kept.removeLast() }
            if let last = kept.last, last.style == change.style { continue }
            kept.append(change)
        }
        return kept
    }
}
