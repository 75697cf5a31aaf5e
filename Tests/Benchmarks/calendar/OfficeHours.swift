import Desk
import Foundation
import JSON
import Moments
import TimeZones

/// The calendar that is asked: two stretches a weekday, holidays by date and by year, a special day, clocks that are
/// changed twice a year.
enum OfficeHours {
    private static let text = """
        {"zone":"Europe/Oslo","weekly":{\(["mon", "tue", "wed", "thu", "fri"]
            .map { "\"\($0)\":[[\"08:00\",\"12:00\"],[\"13:00\",\"16:30\"]]" }.joined(separator: ","))},
         "holidays":["--01-01","--05-01","--05-17","--12-25","--12-26","2026-04-02","2026-04-03","2026-04-06",
                     "2026-05-14","2026-05-25","2027-03-25","2027-03-26","2027-03-29","2027-05-06"],
         "special":{"--12-24":[["08:00","12:00"]]}}
        """

    static func make() throws -> BusinessCalendar {
        let zones = TimeZones()
        let definition = try JSON.parse(text).read(CalendarDefinition.form { try zones.zone($0) })
        return BusinessCalendar(definition, in: try zones.zone(definition.zone))
    }
}

/// The same calendar as one writes it with Foundation: the days of a span one after another, each with its hours turned
/// into instants by `Calendar`.
struct FoundationHours {
    private var calendar = Calendar(identifier: .gregorian)
    private var week: [[OpenInterval]] = Array(repeating: [], count: 8)
    private var closed: Set<DateComponents> = []
    private var special: [DateComponents: [OpenInterval]] = [:]
    /// How far a search goes.
    private static let days = 3653

    init(_ definition: CalendarDefinition) throws {
        guard let zone = TimeZone(identifier: definition.zone) else { throw CocoaError(.featureUnsupported) }
        calendar.timeZone = zone
        if case .hours(let hours) = definition.weekly {
            // Foundation's week begins on Sunday, which is 1.
            for (day, intervals) in hours { week[day.rawValue % 7 + 1] = intervals }
        }
        closed = Set(definition.holidays.map(Self.key))
        for exception in definition.special { special[Self.key(exception.day)] = exception.hours }
    }

    private static func key(_ day: CalendarDay) -> DateComponents {
        switch day {
        case .date(let date): DateComponents(year: date.year, month: date.month, day: date.day)
        case .yearly(let month, let day): DateComponents(month: month, day: day)
        }
    }

    /// Seconds of opening hours between two instants.
    func elapsed(from start: Date, to end: Date) -> TimeInterval {
        var sum: TimeInterval = 0
        var day = calendar.startOfDay(for: start)
        while day < end {
            for (begin, finish) in openings(on: day) {
                let overlap = min(finish, end).timeIntervalSince(max(begin, start))
                if overlap > 0 { sum += overlap }
            }
            guard let next = calendar.date(byAdding: .day, value: 1, to: day) else { break }
            day = next
        }
        return sum
    }

    /// The instant at which so many seconds of opening hours have passed; nil if that takes more than ten years.
    func adding(_ seconds: TimeInterval, to start: Date) -> Date? {
        var left = seconds
        var day = calendar.startOfDay(for: start)
        for _ in 0..<Self.days {
            for (begin, finish) in openings(on: day) {
                let from = max(begin, start)
                let here = finish.timeIntervalSince(from)
                guard here > 0 else { continue }
                if here >= left { return from + left }
                left -= here
            }
            guard let next = calendar.date(byAdding: .day, value: 1, to: day) else { break }
            day = next
        }
        return nil
    }

    private func openings(on day: Date) -> [(begin: Date, end: Date)] {
        let shown = calendar.dateComponents([.year, .month, .day, .weekday], from: day)
        return hours(of: shown).compactMap { interval in
            var boundary = DateComponents(year: shown.year, month: shown.month, day: shown.day)
            boundary.second = interval.start
            guard let begin = calendar.date(from: boundary) else { return nil }
            boundary.second = interval.end
            return calendar.date(from: boundary).map { (begin, $0) }
        }
    }

    private func hours(of shown: DateComponents) -> [OpenInterval] {
        let date = DateComponents(year: shown.year, month: shown.month, day: shown.day)
        let yearly = DateComponents(month: shown.month, day: shown.day)
        if let hours = special[date] ?? special[yearly] { return hours }
        if closed.contains(date) || closed.contains(yearly) { return [] }
        return week[shown.weekday ?? 0]
    }
}
