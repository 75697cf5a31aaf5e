import Desk
import Moments
import SeedTestSupport
import Testing
import TimeZones

@Suite("Properties of business calendars")
struct CalendarPropertyTests {
    static let zones = [
        "Europe/Oslo", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kathmandu", "America/Havana",
        "Pacific/Apia", "America/Sao_Paulo", "Asia/Singapore", "America/St_Johns",
    ]

    @Test("Every question has the answer of a plain count over days", arguments: 0..<120)
    func agreesWithPlainCount(number: Int) throws {
        var random = Seed(number)
        let name = try #require(Self.zones.randomElement(using: &random))
        let zone = try CalendarSample.zones.zone(name)
        let definition = Self.definition(zone: name, &random)
        let calendar = BusinessCalendar(definition, in: zone)
        for _ in 0..<12 {
            let start = Moment(seconds: Int64.random(in: 1_262_304_000...1_830_000_000, using: &random))
            let end = start + .seconds(Int.random(in: 0...40 * 86_400, using: &random))
            let plain = PlainCount(definition, zone).elapsed(from: start, to: end)
            #expect(calendar.elapsed(from: start, to: end) == plain, "seed \(number), \(name), \(start) to \(end)")
            guard plain > 0 else { continue }
            let due = try calendar.adding(microseconds: plain, to: start)
            #expect(due <= end && calendar.elapsed(from: start, to: due) == plain, "seed \(number)")
            let begin = try calendar.adding(microseconds: -plain, to: end)
            #expect(begin >= start && calendar.elapsed(from: begin, to: end) == plain, "seed \(number)")
            let opening = try calendar.nextOpen(at: start)
            #expect(calendar.isOpen(at: opening) && calendar.elapsed(from: start, to: opening) == 0, "seed \(number)")
        }
    }

    @Test("A span may be cut anywhere; the parts add up to the whole, over decades too", arguments: 0..<25)
    func addsUp(number: Int) throws {
        var random = Seed(number)
        let name = try #require(Self.zones.randomElement(using: &random))
        let calendar = BusinessCalendar(
            Self.definition(zone: name, &random), in: try CalendarSample.zones.zone(name))
        let cuts = (0..<12).map { _ in Moment(seconds: Int64.random(in: 0...4_000_000_000, using: &random)) }.sorted()
        let parts = zip(cuts, cuts.dropFirst()).map { calendar.elapsed(from: $0, to: $1) }
        #expect(parts.reduce(0, +) == calendar.elapsed(from: cuts[0], to: cuts[11]), "seed \(number)")
    }

    private static func definition(zone: String, _ random: inout Seed) -> CalendarDefinition {
        var week: [Weekday: [OpenInterval]] = [:]
        for day in Weekday.allCases where Int.random(in: 0..<4, using: &random) > 0 {
            week[day] = (0...Int.random(in: 0...2, using: &random)).map { _ in interval(&random) }
        }
        var exceptions: [CalendarDay] = []
        for _ in 0..<12 {
            let date = CivilDate(daysSinceEpoch: Int.random(in: 14_610...21_180, using: &random))
            exceptions.append(
                Bool.random(using: &random) ? .date(date) : .yearly(month: date.month, day: date.day))
        }
        let special = exceptions.suffix(6).map { CalendarDefinition.SpecialDay($0, hours: [interval(&random)]) }
        return CalendarDefinition(
            zone: zone, weekly: .hours(week), holidays: exceptions.dropLast(3), special: special)
    }

    /// Hours at quarters, with a liking for the night, when clocks change.
    private static func interval(_ random: inout Seed) -> OpenInterval {
        let start = Int.random(in: 0..<96, using: &random) * 900
        let end = Int.random(in: 0...96, using: &random) * 900
        guard let interval = OpenInterval(from: start, to: end) else { preconditionFailure("hours of a day") }
        return interval
    }
}

/// The same rules without blocks and sums: all openings of all days near a span, sorted and added up.
private struct PlainCount {
    let definition: CalendarDefinition
    let zone: Zone

    init(_ definition: CalendarDefinition, _ zone: Zone) { (self.definition, self.zone) = (definition, zone) }

    func elapsed(from start: Moment, to end: Moment) -> Int64 {
        var date = zone.local(at: start).date.adding(days: -3)
        let last = zone.local(at: end).date.adding(days: 1)
        var spans: [(Moment, Moment)] = []
        while date <= last {
            for interval in hours(on: date) {
                let begin = zone.moment(date, secondOfDay: interval.start, overlap: .earlier)
                spans.append((begin, zone.moment(date, secondOfDay: interval.end, overlap: .later)))
            }
            date = date.adding(days: 1)
        }
        var (sum, reached) = (Int64(0), start)
        for (begin, finish) in spans.sorted(by: { $0.0 < $1.0 }) {
            let from = max(begin, reached)
            let to = min(finish, end)
            guard from < to else { continue }
            sum += to.duration(since: from).wholeMicroseconds
            reached = to
        }
        return sum
    }

    private func hours(on date: CivilDate) -> [OpenInterval] {
        let days: [CalendarDay] = [.date(date), .yearly(month: date.month, day: date.day)]
        for day in days {
            if let special = definition.special.last(where: { $0.day == day }) { return special.hours }
        }
        if days.contains(where: definition.holidays.contains) { return [] }
        guard case .hours(let week) = definition.weekly else { return [] }
        return week[date.weekday] ?? []
    }
}
