import Desk
import JSON
import Moments
import Testing
import TimeZones

@Suite("The calendar calculator")
struct ClockCalculatorTests {
    private func answer(_ question: String) throws -> JSON {
        var calculator = ClockCalculator(zones: { try CalendarSample.zones.zone($0) })
        return try JSON.parse(calculator.answer(question))
    }

    private let office =
        #""calendar":{"zone":"Europe/Oslo","weekly":\#(CalendarSample.officeHours),"holidays":["--05-01"]}"#

    @Test("Each question has its answer")
    func answers() throws {
        #expect(
            try answer(#"{"op":"add",\#(office),"start":"2026-04-30T15:00:00+02:00","seconds":7200}"#)
                == ["due": "2026-05-04T07:00:00Z"])
        #expect(
            try answer(
                #"{"op":"elapsed",\#(office),"from":"2026-05-04T12:00:00+02:00","to":"2026-05-04T10:00:00.5+02:00"}"#)
                == ["seconds": -7199.5])
        #expect(try answer(#"{"op":"open",\#(office),"at":"2026-05-04T08:00:00+02:00"}"#) == ["open": true])
        #expect(
            try answer(#"{"op":"next_open","id":7,\#(office),"at":"2026-05-01T08:00:00+02:00"}"#)
                == ["at": "2026-05-04T06:00:00Z"])
    }

    @Test(
        "A line that it cannot answer is told what is wrong",
        arguments: [
            ("", "line 1"), ("[]", "must be an object"), (#"{"op":"open"}"#, "/calendar is required"),
            (#"{"op":"opne","calendar":{"zone":"UTC","weekly":"24x7"}}"#, "did you mean \"open\"?"),
            (#"{"op":"open","at":"today","calendar":{"zone":"UTC","weekly":"24x7"}}"#, "/at must be a time"),
            (
                #"{"op":"open","at":"2026-01-01T00:00:00Z","calendar":{"zone":"UTC","weekly":"7x24"}}"#,
                "/calendar/weekly"
            ),
            (
                #"{"op":"next_open","at":"2026-01-01T00:00:00Z","calendar":{"zone":"UTC","weekly":{}}}"#,
                "no opening within ten years"
            ),
        ])
    func tellsFaults(line: String, part: String) throws {
        let error = try #require(try answer(line)["error"]?.string)
        #expect(error.contains(part), "\(error)")
    }

    @Test("The questions of a well-known library are answered as it answers them")
    func knownCases() throws {
        guard let lines = SharedData.text("calendars/working_hours_cases.jsonl") else {
            print("skipped: there is no ../shared/data/calendars here")
            return
        }
        var calculator = ClockCalculator(zones: { try CalendarSample.zones.zone($0) })
        let cases = try lines.split(separator: "\n").map { try JSON.parse(String($0)) }
        #expect(cases.count == 66)
        for one in cases {
            let question = try #require(one["question"])
            let given = try JSON.parse(calculator.answer(question.text))
            #expect(Self.instants(given) == Self.instants(one["answer"]), "\(question)")
        }
    }

    /// The members of an answer, with texts that are instants as instants.
    static func instants(_ answer: JSON?) -> [String: JSON] {
        var members: [String: JSON] = [:]
        for member in answer?.object ?? JSONObject() {
            let moment = member.value.string.flatMap { Moment(rfc3339: $0) }
            members[member.name] = moment.map { $0.rfc3339.json } ?? member.value
        }
        return members
    }
}
