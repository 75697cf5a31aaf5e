import Desk
import Moments
import Testing

/// A ticket that goes from Stockholm to Sao Paulo to Sydney while the clocks of each are put back or forward.
///
/// The minutes were counted by a program of another kind: for every single minute, Python's `zoneinfo` was asked for
/// the local time, and the minute counted where that lay in an interval of its own day or of the day before.
@Suite("A ticket around the world")
struct AroundTheWorldTests {
    private static let stockholm = SiteID(61)
    private static let saoPaulo = SiteID(62)
    private static let sydney = SiteID(63)

    private let calendars: [SiteID: CalendarVersion]

    init() throws {
        func version(_ id: Int64, _ zone: String, _ weekly: String, special: String) throws -> CalendarVersion {
            CalendarVersion(
                id: CalendarVersionID(id),
                calendar: try CalendarSample.calendar(zone, weekly, special: special))
        }
        func week(_ days: [String], _ hours: String) -> String {
            "{" + days.map { "\"\($0)\":\(hours)" }.joined(separator: ",") + "}"
        }
        let working = ["mon", "tue", "wed", "thu", "fri"]
        calendars = [
            Self.stockholm: try version(
                1, "Europe/Stockholm", week(working, #"[["08:00","17:00"]]"#),
                special: #"{"2018-10-26":[["08:00","12:00"]]}"#),
            Self.saoPaulo: try version(
                2, "America/Sao_Paulo", week(working, #"[["09:00","12:00"],["13:00","18:00"]]"#),
                special: #"{"2018-11-02":[]}"#),
            Self.sydney: try version(
                3, "Australia/Sydney", week(working + ["sat", "sun"], #"[["22:00","06:00"]]"#),
                special: #"{"2019-04-05":[["22:00","02:00"]]}"#),
        ]
    }

    @Test("Each leg counts by its own calendar, across the change of its clocks, half days and pauses")
    func journey() throws {
        func team(_ site: SiteID) -> Responsibility {
            Responsibility(place: Place(site: site, tier: 2, team: TeamID(site.rawValue)), position: PositionID(1))
        }
        var opening = Sample.opening()
        opening.intake = team(Self.stockholm)
        var ticket = Ticket.open(
            opening, id: TicketID(1), at: try CalendarSample.moment("2018-10-26T06:00:00Z"), by: .program
        ).ticket
        var clocks = Clocks()
        clocks.settle(for: ticket, under: try terms(ticket))
        let note = EntryID(9)
        let events: [(String, Ticket.Event)] = [
            ("2018-10-26T09:00:00Z", .requesterAsked(note)), ("2018-10-28T20:00:00Z", .requesterReplied(note)),
            ("2018-10-29T10:30:00Z", .handedOver(team(Self.saoPaulo), reason: "-", note: note)),
            ("2018-10-30T15:20:00Z", .putOnHold(until: nil, note: nil)), ("2018-10-31T12:10:00Z", .resumed),
            ("2018-11-05T15:45:00Z", .handedOver(team(Self.sydney), reason: "-", note: note)),
            ("2018-11-07T00:00:00Z", .requesterAsked(note)), ("2019-04-05T08:00:00Z", .requesterReplied(note)),
            ("2019-04-08T01:00:00Z", .resolved(.solved, note: nil)),
        ]
        for (moment, event) in events {
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

    /// By segment; a pause counts nothing.
    private static let minutes: [Int64] = [180, 0, 210, 660, 0, 1175, 675, 0, 1260]

    private func terms(_ ticket: Ticket) throws -> Clocks.Terms {
        let here = try #require(calendars[ticket.responsibility.place.site])
        let target = Target(measure: .resolution, seconds: 120 * 3600)
        return Clocks.Terms(
            targets: [ClockKey(.resolution): target], holderCalendar: here,
            originCalendar: try #require(calendars[Self.stockholm]))
    }
}
