import Desk
import Foundation
import JSON
import Testing
import TimeZones

@Suite("Cases against the routing table")
struct RoutingCaseTests {
    private let organisation: Organisation
    private let zones = TimeZones()

    init() throws { organisation = try ExampleOrganisation.organisation() }

    private func play(_ trial: RoutingCase) -> RoutingCase.Outcome {
        trial.play(
            in: organisation,
            calendar: { code in
                organisation.calendars[code].flatMap { definition in
                    (try? zones.zone(definition.zone)).map { BusinessCalendar(definition, in: $0) }
                }
            }, zone: { try? zones.zone($0) })
    }

    @Test("The cases that come with the example all come out as they expect")
    func example() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "Deploy/example/routing-cases.jsonl"), encoding: .utf8)
        let file = try RoutingCaseFile(text, in: organisation)
        #expect(file.cases.count >= 10)
        for trial in file.cases {
            let outcome = play(trial)
            #expect(outcome.isAsExpected, "\(trial.name): \(outcome.differences)\n\(outcome.decision)")
        }
    }

    @Test("What is not as expected is told by name, with what it was expected to be")
    func differences() throws {
        let file = try RoutingCaseFile(
            """
            [{"at":"2026-03-02T09:00:00Z","facts":{"subject":"VPN er nede"},
              "expect":{"team":"ams-first","category":null,"tier":1,"tags":[]}}]
            """, in: organisation)
        let outcome = play(try #require(file.cases.first))
        #expect(outcome.differences.map(\.name) == ["category", "team"])
        #expect(outcome.differences.last?.expected == "ams-first" && outcome.differences.last?.found == "osl-first")
    }

    @Test("All that is wrong with a file is told at once, with the line and the place in it")
    func faults() throws {
        let faults = #expect(throws: JSONFaults.self) {
            try RoutingCaseFile(
                """
                {"at":"2026-03-02T09:00:00Z","facts":{"site":"OLS"},"expect":{"team":"x"}}

                {"at":"yesterday","facts":{},"expect":{}}
                {"at":
                """, in: organisation)
        }
        let places = faults?.list.map(\.pointer.tokens.first)
        #expect(places == ["line 1", "line 3", "line 3", "line 4"])
        #expect(faults?.list.first?.detail.contains("did you mean \"OSL\"") == true)
    }
}
