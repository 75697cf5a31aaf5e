/// A day of the proleptic Gregorian calendar, without a place or an hour.
public struct CivilDate: Hashable, Sendable {
    public let year: Int
    /// 1 for January to 12.
    public let month: Int
    /// 1 to the length of the month.
    public let day: Int

    /// The day, or nil where the calendar has none: 30 February, month 13.
    public init?(year: Int, month: Int, day: Int) {
        guard Self.supportedYears.contains(year), (1...12).contains(month),
            day >= 1, day <= Self.length(ofMonth: month, in: year)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The day that is `days` after 1970-01-01; negative numbers count back from it.
    ///
    /// Years are counted from March within a cycle of 400, so that the leap day is the last of its year.
    public init(daysSinceEpoch days: Int) {
        let shifted = days + Self.daysFromCycleStartToEpoch
        let cycle = shifted.flooredQuotient(by: Self.daysInCycle)
        let dayOfCycle = shifted - cycle * Self.daysInCycle
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36524 - dayOfCycle / 146096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01.
    public var daysSinceEpoch: Int {
        let yearFromMarch = month <= 2 ? year - 1 : year
        let cycle = yearFromMarch.flooredQuotient(by: 400)
        let yearOfCycle = yearFromMarch - cycle * 400
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
        return cycle * Self.daysInCycle + dayOfCycle - Self.daysFromCycleStartToEpoch
    }

    public var weekday: Weekday {
        // 1970-01-01 was a Thursday, three days after a Monday.
        let index = (daysSinceEpoch + 3).remainder(below: 7)
        return Weekday.allCases[index]
    }

    /// 1 for 1 January to 365 or 366.
    public var dayOfYear: Int {
        daysSinceEpoch - Self.daysSinceEpoch(startOf: year) + 1
    }

    public func adding(days: Int) -> CivilDate {
        CivilDate(daysSinceEpoch: daysSinceEpoch + days)
    }

    public static func isLeap(year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// Days in a month.
    /// - Precondition: `month` is 1 to 12.
    public static func length(ofMonth month: Int, in year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: isLeap(year: year) ? 29 : 28
        default: 31
        }
    }

    /// Days from 1970-01-01 to 1 January of the year.
    static func daysSinceEpoch(startOf year: Int) -> Int {
        let before = year - 1
        return before * 365 + before.flooredQuotient(by: 4) - before.flooredQuotient(by: 100)
            + before.flooredQuotient(by: 400) - 719_162
    }

    /// Wide enough for every `Moment`, narrow enough that no sum overflows.
    static let supportedYears = -300_000...300_000
    static let daysInCycle = 146_097
    private static let daysFromCycleStartToEpoch = 719_468
}

extension CivilDate: Comparable {
    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension CivilDate: CustomStringConvertible {
    /// The form of ISO 8601, `2026-03-29`.
    public var description: String {
        let digits = String(year.magnitude)
        let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return "\(year < 0 ? "-" : "")\(padded)-\(twoDigits(month))-\(twoDigits(day))"
    }

    /// Reads `YYYY-MM-DD` and nothing else; nil if it is not such a day.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = decimalNumber(bytes[0..<4]), let month = decimalNumber(bytes[5..<7]),
            let day = decimalNumber(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}
