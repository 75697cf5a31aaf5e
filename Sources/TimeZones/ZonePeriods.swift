/// How clocks are set during one stretch of time.
struct ZoneStyle: Hashable, Sendable {
    /// Seconds east of UTC.
    let offset: Int
    let isDaylightSaving: Bool
    let abbreviation: String
}

/// The history and the foreseen future of a zone as stretches of time with one style each.
///
/// A rule that goes on for ever is written out for 400 years; after those the Gregorian calendar repeats itself
/// to the day of the week, so later instants are looked up one or more cycles earlier.
final class ZonePeriods: Sendable {
    /// Seconds since 1970 at which the periods after the first begin, ascending.
    private let starts: [Int64]
    /// For each period the index of its style; one more than there are starts.
    private let indices: [UInt8]
    private let styles: [ZoneStyle]
    /// From this instant on the last 400 years repeat; nil if the last style holds for ever.
    private let repeatsFrom: Int64?

    /// The length of the cycle in seconds.
    static let cycle = Int64(CivilDate.daysInCycle) * 86_400
    /// More than any offset from UTC that a zone file may hold (RFC 9636 section 3.2 names 25 and 26 hours).
    private static let widestOffset: Int64 = 27 * 3600

    /// - Parameter styles: the style of each period; one more than there are starts.
    init(starts: [Int64], styles: [ZoneStyle], repeatsFrom: Int64? = nil) {
        precondition(styles.count == starts.count + 1, "a zone has one period more than it has changes")
        var known: [ZoneStyle] = []
        self.starts = starts
        indices = styles.map { style in
            if let index = known.firstIndex(of: style) { return UInt8(index) }
            known.append(style)
            return UInt8(known.count - 1)
        }
        self.styles = known
        self.repeatsFrom = repeatsFrom
    }

    func style(at seconds: Int64) -> ZoneStyle {
        styles[Int(indices[period(at: seconds - shift(for: seconds))])]
    }

    func nextStart(after seconds: Int64) -> Int64? {
        let shift = shift(for: seconds)
        let period = period(at: seconds - shift)
        return period < starts.count ? starts[period] + shift : nil
    }

    /// The instant for a wall time, given as the seconds that UTC would need to show it.
    func instant(local: Int64, overlap: Zone.Overlap) -> Int64 {
        let shift = shift(for: local)
        let local = local - shift
        let first = period(at: local - Self.widestOffset)
        let last = period(at: local + Self.widestOffset)
        var found: Int64?
        for period in first...last {
            let instant = local - Int64(styles[Int(indices[period])].offset)
            guard period == 0 || instant >= starts[period - 1], period == starts.count || instant < starts[period]
            else { continue }
            found = instant
            if overlap == .earlier { break }
        }
        return (found ?? endOfGap(local, periods: first...last)) + shift
    }

    /// The change of clocks that skipped a wall time which no period shows.
    private func endOfGap(_ local: Int64, periods: ClosedRange<Int>) -> Int64 {
        for period in periods where period < starts.count {
            let after = styles[Int(indices[period + 1])]
            if local < starts[period] + Int64(after.offset) { return starts[period] }
        }
        preconditionFailure("a wall time that no period shows lies before the end of a gap")
    }

    /// How far an instant must be moved back to fall within what is written out.
    private func shift(for seconds: Int64) -> Int64 {
        guard let repeatsFrom, seconds >= repeatsFrom else { return 0 }
        return ((seconds - repeatsFrom) / Self.cycle + 1) * Self.cycle
    }

    /// The index of the period that holds an instant: the number of starts at or before it.
    private func period(at seconds: Int64) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
