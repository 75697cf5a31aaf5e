import Desk
import Foundation
import Moments
import Testing

/// A ticket that goes from Stockholm to Sao Paulo to Sydney while the clocks of each are put back or forward.
///
/// The minutes that are expected were counted by a program of another kind, ``MinuteWalk``.
@Suite("A ticket around the world")
struct AroundTheWorldTests {
    private static let stockholm = SiteID(61)
    private static let saoPaulo = SiteID(62)
    private static let sydney = SiteID(63)

    /// Half a day before a holiday, a holiday, and nights of which one is short.
    private static let offices: [SiteID: Office] = [
        stockholm: Office(
            "Europe/Stockholm", "mon tue wed thu fri", #"[["08:00","17:00"]]"#,
            special: #"{"2018-10-26":[["08:00","12:00"]]}"#),
        saoPaulo: Office(
            "America/Sao_Paulo", "mon tue wed thu fri", #"[["09:00","12:00"],["13:00","18:00"]]"#,
            special: #"{"2018-11-02":[]}"#),
        sydney: Office(
            "Australia/Sydney", "mon tue wed thu fri sat sun", #"[["22:00","06:00"]]"#,
            special: #"{"2019-04-05":[["22:00","02:00"]]}"#),
    ]

    private let calendars: [SiteID: CalendarVersion]

    init() throws {
        calendars = try Dictionary(
            uniqueKeysWithValues: Self.offices.map { site, office in
                let id = CalendarVersionID(site.rawValue - Self.stockholm.rawValue + 1)
                return (site, CalendarVersion(id: id, calendar: try office.calendar))
            })
    }

    @Test("Each leg counts by its own calendar, across the change of its clocks, half days and pauses")
    func journey() throws {
        func team(_ site: SiteID) -> Responsibility {
            Responsibility(place: Place(site: site, tier: 2, team: TeamID(site.rawValue)), position: PositionID(1))
        }
        var opening = Sample.opening()
        opening.intake = team(Self.stockholm)
        var ticket = Ticket.open(
            opening, id: TicketID(1), at: try CalendarSample.moment(Self.moments[0]), by: .program
        ).ticket
        var clocks = Clocks()
        clocks.settle(for: ticket, under: try terms(ticket))
        let note = EntryID(9)
        let events: [Ticket.Event] = [
            .requesterAsked(note), .requesterReplied(note), .handedOver(team(Self.saoPaulo), reason: "-", note: note),
            .putOnHold(until: nil, note: nil), .resumed, .handedOver(team(Self.sydney), reason: "-", note: note),
            .requesterAsked(note), .requesterReplied(note), .resolved(.solved, note: nil),
        ]
        for (moment, event) in zip(Self.moments.dropFirst(), events) {
            _ = try ticket.apply(event, at: CalendarSample.moment(moment), by: .person(Sample.kari))
            clocks.settle(for: ticket, under: try terms(ticket))
        }
        let clock = try #require(clocks.clocks.first { $0.measure == .resolution })
        #expect(clock.segments.map { $0.microseconds / 60_000_000 } == Self.minutes)
        #expect(clock.segments.allSatisfy { $0.microseconds % 60_000_000 == 0 })
        #expect(clock.segments.map(\.calendar.rawValue) == [1, 1, 1, 2, 2, 2, 3, 3, 3])
        #expect(clock.elapsed(at: ticket.updatedAt) == Self.minutes.reduce(0, +) * 60_000_000)
        #expect(clock.state == .met)
    }

    /// From the report to the resolution: three segments at each site, the second one a pause.
    private static let moments = [
        "2018-10-26T06:00:00Z", "2018-10-26T09:00:00Z", "2018-10-28T20:00:00Z", "2018-10-29T10:30:00Z",
        "2018-10-30T15:20:00Z", "2018-10-31T12:10:00Z", "2018-11-05T15:45:00Z", "2018-11-07T00:00:00Z",
        "2019-04-05T08:00:00Z", "2019-04-08T01:00:00Z",
    ]

    /// By segment; a pause counts nothing.
    private static let minutes: [Int64] = [180, 0, 210, 660, 0, 1175, 675, 0, 1260]

    @Test("A walk through every minute by a program of another kind comes to the same, where Python is at hand")
    func walked() throws {
        let sites = [Self.stockholm, Self.saoPaulo, Self.sydney]
        let counting = (0..<9).filter { $0 % 3 != 1 }
        let stretches = counting.map { number in
            let office = Self.offices[sites[number / 3]]?.json ?? ""
            return #"[\#(office),"\#(Self.moments[number])","\#(Self.moments[number + 1])"]"#
        }
        guard let walked = try MinuteWalk.minutes(of: "[\(stretches.joined(separator: ","))]") else {
            print("skipped: there is no python3 with zoneinfo here")
            return
        }
        #expect(walked == counting.map { Self.minutes[$0] })
    }

    private func terms(_ ticket: Ticket) throws -> Clocks.Terms {
        let here = try #require(calendars[ticket.responsibility.place.site])
        let target = Target(measure: .resolution, seconds: 120 * 3600)
        return Clocks.Terms(
            targets: [ClockKey(.resolution): target], holderCalendar: here,
            originCalendar: try #require(calendars[Self.stockholm]))
    }
}

/// A zone with its hours.
private struct Office {
    let zone: String
    let weekly: String
    let special: String

    init(_ zone: String, _ days: String, _ hours: String, special: String) {
        self.zone = zone
        weekly = "{" + days.split(separator: " ").map { "\"\($0)\":\(hours)" }.joined(separator: ",") + "}"
        self.special = special
    }

    var calendar: BusinessCalendar {
        get throws { try CalendarSample.calendar(zone, weekly, special: special) }
    }
    var json: String { #"{"zone":"\#(zone)","weekly":\#(weekly),"special":\#(special)}"# }
}

/// Asks Python's `zoneinfo` for the local time of every single minute, which counts where that lies in an interval of
/// its own day, or in one of the day before that runs past midnight.
private enum MinuteWalk {
    private static let script = """
        import json, sys
        from datetime import datetime, timedelta
        try:
            from zoneinfo import ZoneInfo
        except ImportError:
            sys.exit(42)
        DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

        def minute(text):
            return int(text[:2]) * 60 + int(text[3:])

        def hours(calendar, day):
            found = calendar["special"].get(day.isoformat())
            return calendar["weekly"].get(DAYS[day.weekday()], []) if found is None else found

        def counts(calendar, local):
            now = local.hour * 60 + local.minute
            for begin, end in hours(calendar, local.date()):
                begin, end = minute(begin), minute(end)
                if begin <= now and (now < end or end <= begin):
                    return True
            for begin, end in hours(calendar, local.date() - timedelta(days=1)):
                if minute(end) <= minute(begin) and now < minute(end):
                    return True
            return False

        for calendar, begin, end in json.loads(sys.argv[1]):
            zone, total = ZoneInfo(calendar["zone"]), 0
            at, end = (datetime.fromisoformat(t.replace("Z", "+00:00")) for t in (begin, end))
            while at < end:
                total += counts(calendar, at.astimezone(zone))
                at += timedelta(minutes=1)
            print(total)
        """

    /// The minutes of each stretch, a list of a calendar and two moments in JSON; nil without such a Python.
    static func minutes(of stretches: String) throws -> [Int64]? {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, stretches]
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        if process.terminationStatus == 42 || process.terminationStatus == 127 { return nil }
        #expect(process.terminationStatus == 0)
        return text.split(separator: "\n").compactMap { Int64($0) }
    }
}
