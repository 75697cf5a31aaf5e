public import Moments
public import TimeZones

/// Times of day on days of the calendar, as `cron` writes them: minute, hour, day of the month, month, day of the week.
///
/// Each field is `*` or a list of numbers, ranges and steps: `5`, `1-5`, `*/15`, `8-18/2`, `mon-fri`, `jan,jul`. Sunday
/// is 0 and 7. Where both the day of the month and the day of the week are restricted, a day that is either counts.
public struct CronPattern: Sendable, Hashable {
    private let minutes, hours, days, months, weekdays: Set<Int>
    private let isEitherDay: Bool

    /// What becomes of times when clocks are put on or back.
    public enum ClockChange: Sendable, Hashable {
        /// Each time of a day counts once: one that clocks skip when they show it no more, one that they show twice at
        /// the first.
        case once
        /// What clocks show counts: twice where they show it twice, and not at all where they skip it. For what comes
        /// every few minutes.
        case asShown
    }

    /// - Throws: ``CronFault``.
    public init(_ text: String) throws(CronFault) {
        let fields = text.split(separator: " ").map { $0.lowercased() }
        guard fields.count == 5 else { throw CronFault(text: text, field: nil) }
        minutes = try Self.minute.read(fields[0], of: text)
        hours = try Self.hour.read(fields[1], of: text)
        days = try Self.day.read(fields[2], of: text)
        months = try Self.month.read(fields[3], of: text)
        weekdays = Set(try Self.weekday.read(fields[4], of: text).map { $0 % 7 })
        isEitherDay = !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*")
    }

    /// The first time after a moment; nil if there is none within the eight years in which 29 February must come.
    public func next(after moment: Moment, in zone: Zone, clockChange: ClockChange = .once) -> Moment? {
        // The day before too: what clocks show twice around midnight may be on either.
        let first = zone.local(at: moment).date.adding(days: -1)
        for date in (0...(8 * 366)).lazy.map(first.adding(days:)) where has(date) {
            let times = times(on: date, in: zone, clockChange).filter { $0 > moment }
            if let next = times.min() { return next }
        }
        return nil
    }

    private func has(_ date: CivilDate) -> Bool {
        guard months.contains(date.month) else { return false }
        let isDay = days.contains(date.day)
        // Days since the epoch, which was a Thursday.
        let isWeekday = weekdays.contains(((date.daysSinceEpoch + 4) % 7 + 7) % 7)
        return isEitherDay ? isDay || isWeekday : isDay && isWeekday
    }

    private func times(on date: CivilDate, in zone: Zone, _ clockChange: ClockChange) -> [Moment] {
        hours.flatMap { hour in
            minutes.flatMap { minute in
                let second = hour * 3600 + minute * 60
                let earlier = zone.moment(date, secondOfDay: second)
                guard clockChange == .asShown else { return [earlier] }
                let later = zone.moment(date, secondOfDay: second, overlap: .later)
                let isShown = zone.local(at: earlier).secondOfDay == second
                return isShown ? [earlier, later] : []
            }
        }
    }
}

/// A text is no pattern of times.
public struct CronFault: Error, Hashable, CustomStringConvertible {
    public let text: String
    /// The field that is wrong, by its name; nil if there are not five.
    public let field: String?

    public var description: String {
        field.map { "the \($0) of \"\(text)\" cannot be read: numbers, ranges and steps such as 5, 1-5 or */15" }
            ?? "\"\(text)\" is no five fields: minute, hour, day, month and day of the week"
    }
}

extension CronPattern {
    private static let minute = Field(name: "minute", range: 0...59)
    private static let hour = Field(name: "hour", range: 0...23)
    private static let day = Field(name: "day", range: 1...31)
    private static let month = Field(
        name: "month", range: 1...12,
        words: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
    private static let weekday = Field(
        name: "day of the week", range: 0...7, words: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"])

    private struct Field {
        let name: String
        let range: ClosedRange<Int>
        /// Names for the numbers from the first on.
        var words: [String] = []

        func read(_ list: String, of text: String) throws(CronFault) -> Set<Int> {
            var numbers: Set<Int> = []
            for part in list.split(separator: ",", omittingEmptySubsequences: false) {
                guard let some = stride(part) else { throw CronFault(text: text, field: name) }
                numbers.formUnion(some)
            }
            return numbers
        }

        /// `*`, `5`, `1-5`, each with a step or without.
        private func stride(_ part: Substring) -> StrideThrough<Int>? {
            let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let step = halves.count == 1 ? 1 : Int(halves[1]), step > 0 else { return nil }
            if halves[0] == "*" { return Swift.stride(from: range.lowerBound, through: range.upperBound, by: step) }
            let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false).map(number)
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last
            else { return nil }
            // `5/15` goes on to the end of the field.
            let end = ends.count == 1 && halves.count == 2 ? range.upperBound : last
            return Swift.stride(from: first, through: end, by: step)
        }

        private func number(_ word: Substring) -> Int? {
            let number = words.firstIndex(of: String(word)).map { $0 + range.lowerBound } ?? Int(word)
            return number.flatMap { range.contains($0) ? $0 : nil }
        }
    }
}
