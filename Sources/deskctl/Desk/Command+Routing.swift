import Administration
import Desk
import DeskStore
import Foundation
import JSON
import Runtime
import TimeZones

extension Command {
    static let routingTest = Command(
        words: ["routing", "test"], summary: "Try cases against the routing table",
        details: """
            FILE holds a JSON list of cases, or a case on each line: {"name":…, "at":…, "facts":{…}, "expect":{…}}. Each \
            case that does not come out as expected is told with the rules that matched. Ends with 1 if there is one.
            """,
        operands: ["FILE"],
        options: [
            .value("--organisation", "FILE", "the document whose table is tried, instead of the one in force"), .data,
            .json,
        ]
    ) { invocation in
        try await withCases(invocation) { try play($0, from: $1, in: $2, $3, invocation) }
    }

    /// Reads a file of cases and hands it to `play` with its path and the organisation against which they are tried.
    static func withCases(
        _ invocation: Invocation,
        play: @escaping @Sendable (String, String, Organisation, TimeZones) throws -> ExitStatus
    ) async throws -> ExitStatus {
        let path = invocation.operand(0) ?? ""
        let cases = try contents(of: path)
        guard let document = invocation.value("--organisation") else {
            return try await DeskConnection(invocation).withStore { store in
                guard let organisation = try await store.organisation() else { throw NoOrganisation() }
                return try play(cases, path, organisation, store.zones)
            }
        }
        let zones = TimeZones()
        let organisation = try telling(faultsIn: document) {
            try OrganisationDocument(try contents(of: document), zones: zones).organisation
        }
        return try play(cases, path, organisation, zones)
    }

    static func contents(of path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFault("\(path) cannot be read.", advice: "name a file that is there.", status: .noInput)
        }
        return String(decoding: data, as: UTF8.self)
    }

    static func telling<Value>(faultsIn path: String, _ read: () throws -> Value) throws -> Value {
        do {
            return try read()
        } catch let faults as JSONFaults {
            throw CommandFault(telling: faults, in: path)
        } catch let fault as JSONSyntaxFault {
            throw CommandFault("\(path) is no JSON: \(fault).", status: .data)
        }
    }

    private static func play(
        _ text: String, from path: String, in organisation: Organisation, _ zones: TimeZones, _ invocation: Invocation
    ) throws -> ExitStatus {
        let file = try telling(faultsIn: path) { try RoutingCaseFile(text, in: organisation) }
        let known = try calendars(of: organisation, zones)
        let outcomes = file.cases.map { trial in
            (trial, trial.play(in: organisation, calendar: { known[$0] }, zone: { try? zones.zone($0) }))
        }
        let failures = outcomes.enumerated().filter { !$0.element.1.isAsExpected }
        if invocation.has("--json") {
            let rows = failures.map { json(of: $0.element.0, $0.element.1, number: $0.offset + 1) }
            let answer = JSON.object([
                "cases": outcomes.count, "failed": failures.count, "failures": JSON.array(rows),
            ])
            Terminal.write(answer.text, to: .output)
        } else {
            for failure in failures {
                Terminal.write(
                    report(on: failure.element.0, failure.element.1, number: failure.offset + 1), to: .output)
            }
            Terminal.write("\(outcomes.count) cases, \(failures.count) failed.", to: .output)
        }
        return failures.isEmpty ? .success : ExitStatus(rawValue: 1)
    }

    /// The calendars of a document, each in its zone.
    static func calendars(
        of organisation: Organisation, _ zones: TimeZones
    ) throws -> [String: BusinessCalendar] {
        try organisation.calendars.mapValues { BusinessCalendar($0, in: try zones.zone($0.zone)) }
    }

    private static func report(on trial: RoutingCase, _ outcome: RoutingCase.Outcome, number: Int) -> String {
        let differences = outcome.differences.map { "  \($0.name) is \($0.found.text), expected \($0.expected.text)" }
        let why = outcome.decision.description.split(separator: "\n").map { "    \($0)" }
        return (["case \(number), \(trial.name):"] + differences + why).joined(separator: "\n")
    }

    private static func json(of trial: RoutingCase, _ outcome: RoutingCase.Outcome, number: Int) -> JSON {
        let differences = outcome.differences.map {
            JSON.object(["name": $0.name, "expected": $0.expected, "found": $0.found])
        }
        return .object([
            "case": number, "name": trial.name, "differences": JSON.array(differences),
            "why": outcome.decision.description.split(separator: "\n").map(String.init),
        ])
    }
}
