import Desk
import JSON
import Runtime
import TimeZones

extension Command {
    static let automationTest = Command(
        words: ["automation", "test"], summary: "Try cases against the automation rules",
        details: """
            FILE holds a JSON list of cases, or a case on each line: {"name":…, "at":…, "on":…, "by":…, "facts":{…}, \
            "ticket":{…}, "expect":["RULE", …]}. Without "on", the rules that wait are asked as if their hours had come. \
            Nothing is done to any ticket. Ends with 1 if a case does not come out as expected.
            """,
        operands: ["FILE"],
        options: [
            .value("--organisation", "FILE", "the document whose rules are tried, instead of the one in force"), .data,
            .json,
        ]
    ) { invocation in
        try await withCases(invocation) { try tryRules($0, from: $1, in: $2, $3, invocation) }
    }

    private static func tryRules(
        _ text: String, from path: String, in organisation: Organisation, _ zones: TimeZones, _ invocation: Invocation
    ) throws -> ExitStatus {
        let cases = try telling(faultsIn: path) { try AutomationCase.read(text, in: organisation) }
        let known = try calendars(of: organisation, zones)
        let outcomes = cases.map { trial in
            (trial, trial.play(in: organisation, calendar: { known[$0] }, zone: { try? zones.zone($0) }))
        }
        let failures = outcomes.enumerated().filter { !$0.element.1.isAsExpected }
        if invocation.has("--json") {
            let rows = failures.map { failure in
                JSON.object([
                    "case": failure.offset + 1, "name": failure.element.0.name, "expected": failure.element.0.expected,
                    "found": failure.element.1.matched.map(\.rule),
                ])
            }
            let answer = JSON.object(["cases": cases.count, "failed": failures.count, "failures": JSON.array(rows)])
            Terminal.write(answer.text, to: .output)
        } else {
            for failure in failures {
                let (trial, outcome) = failure.element
                let found = outcome.matched.map { step in
                    "  \(step.rule)"
                        + (step.found.isEmpty ? "" : ": " + step.found.map(\.found).joined(separator: ", "))
                }
                let expected = trial.expected.isEmpty ? "no rule" : trial.expected.joined(separator: ", ")
                let lines =
                    ["case \(failure.offset + 1), \(trial.name): expected \(expected), found"]
                    + (found.isEmpty ? ["  no rule"] : found)
                Terminal.write(lines.joined(separator: "\n"), to: .output)
            }
            Terminal.write("\(cases.count) cases, \(failures.count) failed.", to: .output)
        }
        return failures.isEmpty ? .success : ExitStatus(rawValue: 1)
    }
}
