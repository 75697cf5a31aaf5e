import Desk
import DeskStore
import DeskTestSupport
import Foundation
import JSON
import PostgresTestSupport
import Testing

@Suite("deskctl clock, routing test, automation test and calendar import", .database(template: TestDesk.template))
struct TryingCommandTests {
    private static let example = TestDesk.root.appending(path: "Deploy/example")
    private static let known = TestDesk.root.appending(path: "../shared/data/calendars/working_hours_cases.jsonl")
    private static let organisation = example.appending(path: "organisation.json").path

    /// At a shell that knows of no desk.
    private let nowhere = Operator(only: [:])

    private func file(_ text: String, named name: String) throws -> URL {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)-\(name)")
        try Data(text.utf8).write(to: file)
        return file
    }

    @Test("The calculator answers each line of a pipe with a line, and goes on behind one that it cannot answer")
    func pipe() async throws {
        let calendar = #"{"zone":"Europe/Zurich","weekly":{"sat":[["22:00","06:00"]]}}"#
        let lines = [
            #"{"op":"elapsed","calendar":\#(calendar),"from":"2026-03-28T00:00:00Z","to":"2026-03-30T00:00:00Z"}"#,
            "what?", #"{"op":"open","calendar":{"zone":"UTC","weekly":"24x7"},"at":"2026-01-01T00:00:00Z"}"#,
        ]
        let answer = try await nowhere.run("clock", input: Array(lines.joined(separator: "\n").utf8))
        #expect(answer.status == 0 && answer.errors.isEmpty && answer.output.count == 3)
        #expect(answer.output.first == #"{"seconds":25200}"# && answer.output.last == #"{"open":true}"#)
        #expect(try JSON.parse(answer.output[1])["error"]?.string?.isEmpty == false)
    }

    @Test("The questions of a well-known library, through a pipe, are answered as it answers them")
    func knownCases() async throws {
        guard
            let data = FileManager.default.contents(
                atPath: Self.known.path)
        else {
            print("skipped: there is no ../shared/data/calendars here")
            return
        }
        let cases = try String(decoding: data, as: UTF8.self).split(separator: "\n").map { try JSON.parse(String($0)) }
        let questions = try cases.map { try #require($0["question"]).text }
        let answer = try await nowhere.run("clock", input: Array((questions.joined(separator: "\n") + "\n").utf8))
        try #require(answer.output.count == cases.count && cases.count == 66)
        for (line, one) in zip(answer.output, cases) {
            let given = try JSON.parse(line)
            for member in one["answer"]?.object ?? JSONObject() {
                let found = given[member.name]
                let isSame =
                    found == member.value
                    || Self.instant(found).map { $0 == Self.instant(member.value) } ?? false
                #expect(isSame, "\(one["question"]?.text ?? ""): \(line)")
            }
        }
    }

    private static func instant(_ value: JSON?) -> Date? {
        value?.string.flatMap { try? Date($0, strategy: .iso8601) }
    }

    @Test(
        "Cases are tried against a document without a desk; those that come out otherwise are told, and end it with 1")
    func cases() async throws {
        for (words, name) in [(["routing", "test"], "routing-cases"), (["automation", "test"], "automation-cases")] {
            let file = Self.example.appending(path: "\(name).jsonl")
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            let well = try await nowhere.run(
                words[0], words[1], file.path, "--organisation", Self.organisation)
            #expect(well.status == 0 && well.output == ["\(lines.count) cases, 0 failed."], "\(well.errorText)")
        }
        let other = """
            {"name":"Nobody's","at":"2026-03-02T09:00:00Z","facts":{"site":"OSL","subject":"Fiber er nede"},\
            "expect":{"team":"osl-first"}}
            """
        let file = try file(other, named: "cases.jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        let failed = try await nowhere.run("routing", "test", file.path, "--organisation", Self.organisation)
        #expect(failed.status == 1 && failed.output.first == "case 1, Nobody's:")
        #expect(failed.text.contains("team is \"ams-network\", expected \"osl-first\""))
        #expect(failed.text.contains("Words of lines: text contains \"fiber*\" -> category line"))
        #expect(failed.output.last == "1 cases, 1 failed.")
        let told = try await nowhere.run("routing", "test", file.path, "--organisation", Self.organisation, "--json")
        let json = try JSON.parse(told.text)
        #expect(json["failed"] == 1 && json["failures"]?[0]?["differences"]?[0]?["name"] == "team")
    }

    @Test("Without a document it is the one in force at the desk whose table and rules are tried")
    func inForce() async throws {
        let desk = try Operator()
        let cases = Self.example.appending(path: "routing-cases.jsonl").path
        #expect(try await desk.run("routing", "test", cases).status == 0)
        _ = try await TestDesk().store.apply(TestDesk.organisation { $0["routing"] = [Any]() }, by: "the tests")
        #expect(try await desk.run("routing", "test", cases).status == 1)
        try await desk.fault(66, "routing", "test", "/nowhere/cases.jsonl")
        let bad = try file("{\"name\": 7}", named: "bad.jsonl")
        defer { try? FileManager.default.removeItem(at: bad) }
        let fault = try await desk.fault(65, "routing", "test", bad.path)
        #expect(fault.contains("line 1") || fault.contains("/name"), "\(fault)")
    }

    @Test("The days of an iCalendar file become holidays, once; --dry-run only tells of them")
    func holidays() async throws {
        let desk = try Operator()
        let year = Calendar(identifier: .gregorian).component(.year, from: .now) + 1
        let file = try file(
            """
            BEGIN:VCALENDAR\r
            VERSION:2.0\r
            BEGIN:VEVENT\r
            UID:1\r
            DTSTART;VALUE=DATE:\(year)0611\r
            SUMMARY:Founders' day\r
            END:VEVENT\r
            END:VCALENDAR\r

            """, named: "days.ics")
        defer { try? FileManager.default.removeItem(at: file) }
        func days() async throws -> Int {
            try #require(await TestDesk().store.organisation()?.calendars["oslo-office"]).holidays.count
        }
        let before = try await days()
        let tried = try await desk.run("calendar", "import", "oslo-office", file.path, "--dry-run")
        #expect(tried.status == 0 && tried.output.first == "+ \(year)-06-11  Founders' day", "\(tried.errorText)")
        #expect(try await days() == before)
        #expect(try await desk.run("calendar", "import", "oslo-office", file.path).status == 0)
        #expect(try await days() == before + 1)
        let again = try await desk.json("calendar", "import", "oslo-office", file.path)
        #expect(again["added"]?.array?.isEmpty == true && again["known"] == 1)
        #expect(try await days() == before + 1)
        try await desk.fault(64, "calendar", "import", "oslo", file.path)
    }
}
