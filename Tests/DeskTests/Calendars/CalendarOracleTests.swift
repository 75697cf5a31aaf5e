import Desk
import Foundation
import JSON
import Moments
import SeedTestSupport
import Testing
import TimeZones

@Suite("Calendars beside a walk through every minute")
struct CalendarOracleTests {
    static let zones = [
        "Europe/Oslo", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Africa/Casablanca", "Asia/Kathmandu",
        "America/Havana", "Pacific/Apia", "America/Sao_Paulo", "Asia/Singapore", "America/St_Johns", "Atlantic/Azores",
        "Pacific/Chatham", "Asia/Tehran", "Asia/Beirut", "Antarctica/Troll", "America/Asuncion", "Europe/Dublin",
        "Pacific/Kiritimati", "UTC",
    ]

    /// 128 calendars × 80 questions.
    @Test("Every question has the same answer, through the text of the calculator", arguments: 0..<128)
    func agrees(number: Int) throws {
        var random = Seed(number)
        let name = Self.zones[number % Self.zones.count]
        let zone = try #require(TimeZone(identifier: name))
        let middle = Self.instant(in: zone, &random)
        let definition = Self.definition(zone: name, around: middle, &random)
        let oracle = MinuteOracle(definition, zone: zone, around: middle, days: 16)
        var calculator = ClockCalculator(zones: { try CalendarSample.zones.zone($0) })
        let calendar = definition.json.text
        var asked = 0
        while asked < 80 {
            guard let (question, answer) = Self.question(oracle, &random) else { continue }
            asked += 1
            let given = try JSON.parse(calculator.answer(#"{"calendar":\#(calendar),\#(question)}"#))
            #expect(
                ClockCalculatorTests.instants(given) == answer,
                "\(random), question \(asked), \(name): \(calendar) \(question)")
        }
    }

    /// Mostly within a week of a change of the clocks.
    private static func instant(in zone: TimeZone, _ random: inout Seed) -> Int {
        let any = Int.random(in: 100_000_000..<4_100_000_000, using: &random)
        guard Int.random(in: 0..<10, using: &random) < 8,
            let change = zone.nextDaylightSavingTimeTransition(after: Date(timeIntervalSince1970: Double(any)))
        else { return any }
        return Int(change.timeIntervalSince1970) + Int.random(in: -6...6, using: &random) * 86_400
    }

    private static func definition(zone: String, around middle: Int, _ random: inout Seed) -> CalendarDefinition {
        var week: [Weekday: [OpenInterval]] = [:]
        for day in Weekday.allCases where Int.random(in: 0..<5, using: &random) > 0 {
            week[day] = (0..<Int.random(in: 1...4, using: &random)).map { _ in interval(&random) }
        }
        let days: [CalendarDay] = (0..<10).map { _ in
            let date = CivilDate(daysSinceEpoch: middle / 86_400 + Int.random(in: -14...14, using: &random))
            return Bool.random(using: &random) ? .date(date) : .yearly(month: date.month, day: date.day)
        }
        var special: [CalendarDefinition.SpecialDay] = []
        for day in days.prefix(6) where !special.contains(where: { $0.day == day }) {
            let hours = (0..<Int.random(in: 0...2, using: &random)).map { _ in interval(&random) }
            special.append(CalendarDefinition.SpecialDay(day, hours: hours))
        }
        return CalendarDefinition(
            zone: zone, weekly: .hours(week), holidays: Array(days.dropFirst(3)), special: special)
    }

    /// Odd minutes and quarters, with a liking for the small hours and for midnight.
    private static func interval(_ random: inout Seed) -> OpenInterval {
        let times = [
            0, 15, 60, 90, 120, 135, 150, 165, 180, 240, 361, 480, 719, 720, 1000, 1320, 1380, 1410, 1425, 1439,
        ]
        let start = times.randomElement(using: &random) ?? 0
        let end = Int.random(in: 0..<4, using: &random) == 0 ? 1440 : times.randomElement(using: &random) ?? 1440
        guard let interval = OpenInterval(from: start * 60, to: end * 60) else { preconditionFailure("hours of a day") }
        return interval
    }

    /// A question without its calendar, and its answer; nil where the walk was too short for it.
    private static func question(_ oracle: MinuteOracle, _ random: inout Seed) -> (String, [String: JSON])? {
        let (one, other) = (second(in: oracle, &random), second(in: oracle, &random))
        switch Int.random(in: 0..<8, using: &random) {
        case 0:
            return (#""op":"open","at":\#(text(one, &random))"#, ["open": .bool(oracle.open(at: one))])
        case 1:
            guard let opening = oracle.nextOpen(at: one) else { return nil }
            return (#""op":"next_open","at":\#(text(one, &random))"#, ["at": instant(opening)])
        case 2...4:
            return (
                #""op":"elapsed","from":\#(text(one, &random)),"to":\#(text(other, &random))"#,
                ["seconds": oracle.elapsed(from: one, to: other).json]
            )
        default:
            var seconds = oracle.elapsed(from: one, to: other)
            // What ends exactly at a boundary is what most are wrong about.
            if Bool.random(using: &random) { seconds += Int.random(in: -4000...4000, using: &random) }
            guard let due = oracle.adding(seconds, to: one) else { return nil }
            return (#""op":"add","start":\#(text(one, &random)),"seconds":\#(seconds)"#, ["due": instant(due)])
        }
    }

    /// A second, a minute or a quarter.
    private static func second(in oracle: MinuteOracle, _ random: inout Seed) -> Int {
        let step = [1, 60, 900].randomElement(using: &random) ?? 1
        return Int.random(in: oracle.range, using: &random) / step * step
    }

    private static func instant(_ second: Int) -> JSON { Moment(seconds: Int64(second)).rfc3339.json }

    /// The instant as clocks somewhere show it.
    private static func text(_ second: Int, _ random: inout Seed) -> String {
        let offset = Int.random(in: -56...56, using: &random) * 15
        let local = Moment(seconds: Int64(second + offset * 60)).rfc3339.dropLast()
        let sign = String(format: "%@%02d:%02d", offset < 0 ? "-" : "+", abs(offset) / 60, abs(offset) % 60)
        return "\"\(local)\(offset == 0 ? "Z" : sign)\""
    }
}
