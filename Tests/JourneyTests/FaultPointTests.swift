import DeskStore
import DeskTestSupport
import DeskWeb
import Foundation
import Intake
import Jobs
import Postgres
import Reporting
import Routing
import Runtime
import Suppliers
import Testing

extension RealProcessTests {
    @Suite("A program is killed at a named point, and started again")
    struct FaultPointTests {
        @Test("Every list of points and every kind of job that the programs have is among the runs")
        func complete() throws {
            let sources = TestDesk.root.appending(path: "Sources")
            let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
            var (lists, kinds): (Set<String>, Set<String>) = ([], [])
            for case let file as URL in files where file.pathExtension == "swift" {
                let text = try String(contentsOf: file, encoding: .utf8)
                for match in text.matches(of: /enum (\w+): [^{]*FaultPoints/) { lists.insert(String(match.1)) }
                for match in text.matches(of: /let kind: JobKind = "([a-z.-]+)"/) { kinds.insert(String(match.1)) }
            }
            #expect(lists == Set(FaultRun.lists))
            #expect(kinds.subtracting(FaultRun.kindsElsewhere) == Set(FaultRun.kinds.values.joined()))
            // Each point of each list has a run by construction, unless two lists share a name.
            #expect(Set(FaultRun.all.map(\.testDescription)).count == FaultRun.all.count)
        }

        @Test("The journeys finish, each once", arguments: FaultRun.all)
        func killed(_ run: FaultRun) async throws {
            try await RunningDesk.run(fault: (run.program, run.point)) { desk in
                let journeys = try await desk.playTwo(waitsForWarning: run.point.hasPrefix("deadline."))
                try await Verdict(desk: desk, journeys: journeys).check()
                if run.point == TellingPoint.committed.rawValue, run.program == .intakeGateway {
                    // Workers look every second or so; the rest is for a busy machine.
                    #expect(try await slowestPickup(in: desk.database) < 5)
                }
                try await until("\(run.testDescription) is passed") {
                    desk.programs[run.program]?.starts == 2 ? () : nil
                }
            }
        }

        /// How long the routing of a ticket waited for a worker at the most, in seconds.
        private func slowestPickup(in database: Database) async throws -> Double {
            try await database.first(
                """
                select max(extract(epoch from claimed_at - enqueued_at))::float8 from jobs.finished
                where kind = 'ticket.route'
                """, as: Double.self) ?? .infinity
        }
    }
}

/// A program, and the point at which it kills itself in its first life.
struct FaultRun: Sendable, CustomTestStringConvertible {
    let program: ProgramName
    /// As `MERIDIAN_TEST_FAULT` has it.
    let point: String

    var testDescription: String { "\(program.rawValue) at \(point)" }

    /// The lists of points that the runs are made of.
    static let lists = [
        "\(IntakePoint.self)", "\(PagePoint.self)", "\(JobPoint.self)", "\(RoutingPoint.self)", "\(SupplierPoint.self)",
        "\(SummaryPoint.self)", "\(TellingPoint.self)",
    ]
    /// The kinds of job that each worker does.
    static let kinds: [ProgramName: [String]] = [
        .routingWorker: [RouteTicket.kind, SendLetter.kind].map(\.rawValue),
        .supplierWorker: [DeliverSupplierMessage.kind, ReadSupplierReceipt.kind].map(\.rawValue),
    ]

    /// Kinds of job that no journey here leaves: their end is the end of every job, which has its points.
    static let kindsElsewhere: Set<String> = [
        "ticket.close-silent", "ticket.resolve-children", "ticket.resume-children", "ticket.hold-parts",
        "people.release-tickets", "clocks.follow-terms",
        "ticket.automate", "ticket.resume", "letter.retry", "access.refresh", "organisation.rehome-tickets",
        "people.settle-merge", "supplier.polls", "supplier.poll", "supplier.fetch", "supplier.tell",
        "supplier.reconciliations", "supplier.reconcile", "letter.supplier",
    ]

    static let all = [
        // Seventeen transactions of the gateway make two journeys, beside the one of a page: two openings, one
        // hand-over, two referrals, two answers, six messages of suppliers, two resolutions and two closures.
        runs(of: .intakeGateway, IntakePoint.self, passings: [1, 2, 3, 5, 7, 10, 13, 17]),
        runs(of: .intakeGateway, PagePoint.self), jobs(of: .routingWorker), runs(of: .routingWorker, RoutingPoint.self),
        jobs(of: .supplierWorker), runs(of: .supplierWorker, SupplierPoint.self),
        runs(of: .reportingService, SummaryPoint.self), later, untold,
    ].flatMap(\.self)

    /// Points that are passed more than once on the way, and not only at the first time.
    private static let later: [FaultRun] = [
        FaultRun(program: .routingWorker, point: "\(JobPoint.claimed.rawValue):4"),
        FaultRun(program: .routingWorker, point: "\(RoutingPoint.letterSent.rawValue):3"),
        FaultRun(program: .supplierWorker, point: "\(SupplierPoint.posted.rawValue):3"),
        FaultRun(program: .supplierWorker, point: "\(SupplierPoint.receiptBeforeCommit.rawValue):4"),
    ]

    /// What was committed and told to nobody is found by workers when they next look.
    private static let untold = [ProgramName.intakeGateway, .routingWorker, .supplierWorker].flatMap {
        runs(of: $0, TellingPoint.self)
    }

    private static func runs<Points: FaultPoints>(
        of program: ProgramName, _ points: Points.Type, passings: [Int] = [1]
    ) -> [FaultRun] {
        Points.allCases.flatMap { point in
            passings.map { FaultRun(program: program, point: $0 == 1 ? point.rawValue : "\(point.rawValue):\($0)") }
        }
    }

    /// The end of a job is a point for each kind of job.
    private static func jobs(of program: ProgramName) -> [FaultRun] {
        JobPoint.allCases.flatMap { point in
            switch point {
            case .claiming, .claimed: [FaultRun(program: program, point: point.rawValue)]
            case .completing, .completed:
                kinds[program, default: []].map { FaultRun(program: program, point: "\(point.rawValue).\($0)") }
            }
        }
    }
}
