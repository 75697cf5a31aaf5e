import Desk
import Foundation
import JSON
import Testing

@Suite("What is written about automation")
struct AutomationDocumentTests {
    private func text() throws -> String {
        let file = ExampleOrganisation.file.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Docs/Automation.md")
        return try String(contentsOf: file, encoding: .utf8)
    }

    @Test("It names every action, everybody who can have done something, every instant and every field, and the bound")
    func complete() throws {
        let text = try text()
        let words =
            AutomationAction.Verb.allCases.map(\.rawValue) + AutomationRule.Origin.allCases.map(\.rawValue)
            + AutomationRule.Since.allCases.map(\.rawValue) + AutomationText.Field.allCases.map { "{\($0.rawValue)}" }
            + [
                "on", "by", "measures", "after", "when", "do", "states", "teams", "tiers", "priorities", "tags",
                "without_tags", "older_than", "automated", "automation_stopped", "told", "mentioned",
            ]
        for word in words { #expect(text.contains("`\(word)`"), "\(word)") }
        #expect(text.contains("no chain has more than \(Automation.longestChain) rules"))
        #expect(text.contains("at most \(Automation.mostRuns) times"))
        let silent = Ticket.Event.Kind.allCases.filter { !AutomationRule.eventKinds.contains($0) }
        #expect(Set(silent) == [.automated, .automationStopped, .told, .mentioned])
    }

    @Test("The cases beside the example come out as they say, and one that does not is told")
    func cases() throws {
        let file = ExampleOrganisation.file.deletingLastPathComponent().appending(path: "automation-cases.jsonl")
        let organisation = try ExampleOrganisation.organisation()
        var cases = try AutomationCase.read(String(contentsOf: file, encoding: .utf8), in: organisation)
        #expect(cases.count == 5)
        for trial in cases {
            let outcome = trial.play(in: organisation, calendar: { _ in nil }, zone: { _ in nil })
            #expect(outcome.isAsExpected, "\(trial.name): \(outcome.matched.map(\.rule))")
        }
        cases[0].expected = []
        #expect(!cases[0].play(in: organisation, calendar: { _ in nil }, zone: { _ in nil }).isAsExpected)
        #expect(throws: JSONFaults.self) {
            _ = try AutomationCase.read(#"{"at": "2026-03-02T09:30:00Z", "expect": ["None such"]}"#, in: organisation)
        }
    }

    @Test("The example has rules on time, and macros that each language can read")
    func example() throws {
        let automation = try ExampleOrganisation.organisation().automation
        #expect(automation.rules.count >= 2 && automation.macros.count == 2)
        for macro in automation.macros { #expect(macro.labels.count == 5) }
    }
}
