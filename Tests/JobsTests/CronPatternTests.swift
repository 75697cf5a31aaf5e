import Moments
import Testing
import TimeZones

@testable import Jobs

@Suite("Patterns of times")
struct CronPatternTests {
    private static let oslo = "Europe/Oslo"

    struct Case: Sendable {
        var pattern: String
        var rule = CronPattern.ClockChange.once
        var zone = oslo
        var after: String
        var next: [String]
    }

    private static let cases = [
        Case(
            pattern: "30 8 * * mon-fri", after: "2026-11-20T07:30:00Z",
            next: ["2026-11-23T07:30:00Z", "2026-11-24T07:30:00Z"]),
        Case(
            pattern: "*/20 8-9 * * *", after: "2026-11-20T08:39:59Z",
            next: ["2026-11-20T08:40:00Z", "2026-11-21T07:00:00Z", "2026-11-21T07:20:00Z"]),
        Case(pattern: "0 0 29 2 *", zone: "UTC", after: "2026-01-01T00:00:00Z", next: ["2028-02-29T00:00:00Z"]),
        Case(pattern: "0 0 29 2 *", zone: "UTC", after: "2096-03-01T00:00:00Z", next: ["2104-02-29T00:00:00Z"]),
        Case(
            pattern: "0 12 13 * fri", zone: "UTC", after: "2026-11-10T00:00:00Z",
            next: ["2026-11-13T12:00:00Z", "2026-11-20T12:00:00Z", "2026-11-27T12:00:00Z", "2026-12-04T12:00:00Z"]),
        Case(
            pattern: "0 12 1 jan,jul 7", zone: "UTC", after: "2026-07-01T12:00:00Z",
            next: ["2026-07-05T12:00:00Z", "2026-07-12T12:00:00Z"]),
        Case(pattern: "50/5 23 31 12 *", zone: "UTC", after: "2026-12-31T23:50:00Z", next: ["2026-12-31T23:55:00Z"]),
        // 02:30 is skipped on 29 March and shown twice on 25 October.
        Case(
            pattern: "30 2 * * *", after: "2026-03-28T12:00:00Z",
            next: ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]),
        Case(pattern: "30 2 * * *", rule: .asShown, after: "2026-03-28T12:00:00Z", next: ["2026-03-30T00:30:00Z"]),
        Case(
            pattern: "30 2 * * *", after: "2026-10-24T12:00:00Z",
            next: ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]),
        Case(
            pattern: "30 2 * * *", rule: .asShown, after: "2026-10-24T12:00:00Z",
            next: ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z"]),
        Case(
            pattern: "*/30 * * * *", rule: .asShown, after: "2026-10-25T00:00:00Z",
            next: ["2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:00:00Z"]),
        Case(
            pattern: "*/30 * * * *", after: "2026-10-25T00:00:00Z",
            next: ["2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z"]),
    ]

    @Test("give the next times by the clocks of a zone, also when these are put on or back", arguments: cases)
    func next(of example: Case) throws {
        let zone = try TimeZones().zone(example.zone)
        let pattern = try CronPattern(example.pattern)
        var moment = try #require(Moment(rfc3339: example.after))
        for expected in example.next {
            moment = try #require(pattern.next(after: moment, in: zone, clockChange: example.rule))
            #expect(moment.rfc3339 == expected, "\(example.pattern)")
        }
    }

    @Test("say that a day never comes")
    func never() throws {
        #expect(try CronPattern("0 0 31 2 *").next(after: Moment(seconds: 0), in: .utc) == nil)
    }

    @Test(
        "that cannot be read are refused with the field that is wrong",
        arguments: [
            ("* * * *", nil), ("60 * * * *", "minute"), ("* 24 * * *", "hour"), ("* * 0 * *", "day"),
            ("* * * 13 *", "month"), ("* * * * 8", "day of the week"), ("*/0 * * * *", "minute"),
            ("9-5 * * * *", "minute"), ("1, * * * *", "minute"), ("* * * foo *", "month"), ("1-2-3 * * * *", "minute"),
        ] as [(String, String?)])
    func faults(text: String, field: String?) {
        #expect(throws: CronFault(text: text, field: field)) { try CronPattern(text) }
    }
}
