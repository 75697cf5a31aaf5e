import DeskTestSupport
import Foundation
import Testing

extension RealProcessTests {
    @Suite("A program is killed at a named point, and started again")
    struct FaultPointTests {
        @Test("Every point that the programs name is among the runs")
        func complete() throws {
            let sources = TestDesk.root.appending(path: "Sources")
            let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
            var names: Set<String> = []
            for case let file as URL in files where file.pathExtension == "swift" {
                let text = try String(contentsOf: file, encoding: .utf8)
                for match in text.matches(of: /FaultPoint\.pass\("([a-z.-]+)/) { names.insert(String(match.1)) }
            }
            #expect(names.count >= 10, "\(names)")
            for name in names {
                #expect(FaultRun.all.contains { $0.point.hasPrefix(name) }, "no program is killed at \(name)")
            }
        }

        @Test("The journeys finish, each once", arguments: FaultRun.all)
        func killed(_ run: FaultRun) async throws {
            try await RunningDesk.run(fault: (run.program, run.point)) { desk in
                let journeys = try await desk.playTwo(waitsForWarning: run.point.hasPrefix("deadline."))
                try await Verdict(desk: desk, journeys: journeys).check()
                try await until("\(run.testDescription) is passed") {
                    desk.programs[run.program]?.starts == 2 ? () : nil
                }
            }
        }
    }
}

/// A program, and the point at which it kills itself in its first life.
struct FaultRun: Sendable, CustomTestStringConvertible {
    let program: ProgramName
    /// As `MERIDIAN_TEST_FAULT` has it.
    let point: String

    var testDescription: String { "\(program.rawValue) at \(point)" }

    static let all: [FaultRun] =
        of(
            .intakeGateway,
            // Sixteen transactions make two journeys: two openings, two hand-overs, two referrals, six messages of
            // suppliers, two resolutions and two closures.
            [1, 2, 3, 5, 7, 10, 13, 16].flatMap { ["intake.before-commit:\($0)", "intake.after-commit:\($0)"] })
        + of(
            .routingWorker,
            [
                "jobs.claiming", "jobs.claimed", "jobs.claimed:4", "letter.sent", "letter.sent:3",
                "deadline.before-commit", "jobs.completing.ticket.route", "jobs.completed.ticket.route",
                "jobs.completing.letter.send", "jobs.completed.letter.send",
            ])
        + of(
            .supplierWorker,
            [
                "jobs.claiming", "jobs.claimed", "supplier.posted", "supplier.posted:3", "receipt.before-commit",
                "receipt.before-commit:4", "jobs.completing.supplier.deliver", "jobs.completed.supplier.deliver",
                "jobs.completing.supplier.read", "jobs.completed.supplier.read",
            ])
        + of(
            .reportingService,
            ["summary.before-commit", "summary.after-commit"])

    private static func of(_ program: ProgramName, _ points: [String]) -> [FaultRun] {
        points.map { FaultRun(program: program, point: $0) }
    }
}
