import Desk
import Foundation
import TimeZones

/// The same questions answered by walking through every minute of some weeks, with Foundation's time zones and nothing
/// of ours but the definition of the calendar.
///
/// Boundaries of hours are found on the clocks that were walked past: a start where its time is shown first, an end
/// where it is shown last, and what is never shown where the clocks are put forward over it.
struct MinuteOracle {
    /// The seconds since 1970 of the first minute and of the end.
    let range: Range<Int>
    private let isOpen: [Bool]
    /// Open minutes before each minute, and before the end.
    private let sums: [Int]

    /// Minutes at either end where hours of days outside may be missing.
    private static let margin = 4 * 1440

    init(_ definition: CalendarDefinition, zone: TimeZone, around middle: Int, days: Int) {
        let first = (middle - days / 2 * 86_400) / 86_400 * 1440 - Self.margin
        let count = days * 1440 + 2 * Self.margin
        // What clocks show at each minute, in minutes since 1970 by the clock.
        let shown = (first..<first + count).map { minute in
            minute + zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(minute * 60))) / 60
        }
        var places: [Int: (first: Int, last: Int)] = [:]
        for (index, time) in shown.enumerated() { places[time] = (places[time]?.first ?? index, index) }
        func place(_ time: Int, isEnd: Bool) -> Int? {
            if let place = places[time] { return isEnd ? place.last : place.first }
            return shown.indices.dropFirst().first { shown[$0 - 1] < time && shown[$0] > time }
        }
        var isOpen = Array(repeating: false, count: count)
        let dates = Days(definition)
        for day in shown[0] / 1440 + 1..<shown[count - 1] / 1440 - 1 {
            for interval in dates.hours(ofDay: day) {
                guard let begin = place(day * 1440 + interval.start / 60, isEnd: false),
                    let end = place(day * 1440 + interval.end / 60, isEnd: true), begin < end
                else { continue }
                for minute in begin..<end { isOpen[minute] = true }
            }
        }
        var sums = [0]
        for minute in isOpen[Self.margin..<count - Self.margin] { sums.append(sums[sums.count - 1] + (minute ? 1 : 0)) }
        self.isOpen = Array(isOpen[Self.margin..<count - Self.margin])
        self.sums = sums
        range = (first + Self.margin) * 60..<(first + count - Self.margin) * 60
    }

    func open(at second: Int) -> Bool { isOpen[(second - range.lowerBound) / 60] }

    func elapsed(from start: Int, to end: Int) -> Int { openSeconds(before: end) - openSeconds(before: start) }

    /// Nil where the answer lies outside of the minutes that were walked.
    func nextOpen(at second: Int) -> Int? {
        if open(at: second) { return second }
        let later = (second - range.lowerBound) / 60 + 1
        return isOpen[later...].firstIndex(of: true).map { range.lowerBound + $0 * 60 }
    }

    func adding(_ seconds: Int, to start: Int) -> Int? {
        let wanted = openSeconds(before: start) + seconds
        guard seconds != 0 else { return start }
        guard wanted >= 0, wanted <= sums[sums.count - 1] * 60 else { return nil }
        if seconds > 0 {
            // The first minute at whose end so much was open.
            let minute = sums.indices.first { $0 > 0 && sums[$0] * 60 >= wanted } ?? 0
            return range.lowerBound + minute * 60 - (sums[minute] * 60 - wanted)
        }
        guard wanted < sums[sums.count - 1] * 60 else { return nil }
        // The last minute at whose beginning no more was open.
        let minute = sums.indices.dropLast().last { isOpen[$0] && sums[$0] * 60 <= wanted } ?? 0
        return range.lowerBound + minute * 60 + wanted - sums[minute] * 60
    }

    private func openSeconds(before second: Int) -> Int {
        let (minute, rest) = (second - range.lowerBound).quotientAndRemainder(dividingBy: 60)
        return sums[minute] * 60 + (rest > 0 && isOpen[minute] ? rest : 0)
    }
}

/// Which hours a day has, by Foundation's calendar.
private struct Days {
    private let definition: CalendarDefinition
    private var calendar = Calendar(identifier: .gregorian)

    init(_ definition: CalendarDefinition) {
        self.definition = definition
        calendar.timeZone = .gmt
    }

    func hours(ofDay day: Int) -> [OpenInterval] {
        let date = Date(timeIntervalSince1970: Double(day) * 86_400)
        let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
        let month = String(format: "-%02d-%02d", parts.month ?? 0, parts.day ?? 0)
        let names = [String(format: "%04d", parts.year ?? 0) + month, "-" + month]
        for name in names {
            if let special = definition.special.last(where: { $0.day.description == name }) { return special.hours }
        }
        if definition.holidays.contains(where: { names.contains($0.description) }) { return [] }
        guard case .hours(let week) = definition.weekly else { return [] }
        // Foundation's week begins on Sunday, which is 1; ours with Monday.
        return Weekday(rawValue: ((parts.weekday ?? 0) + 5) % 7 + 1).flatMap { week[$0] } ?? []
    }
}
