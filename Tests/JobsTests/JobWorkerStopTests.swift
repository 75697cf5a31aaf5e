import Moments
import Postgres
import PostgresTestSupport
import Runtime
import TallyTestSupport
import Testing

@testable import Jobs

@Suite("Workers that stop", .database(template: .queue), .timeLimit(.minutes(5)))
struct JobWorkerStopTests {
    private let bench: TestWorker
    private let begun = Tally<Int>()

    init() throws {
        bench = try TestWorker()
    }

    private func jobs() async throws -> [(String, Int)] {
        try await bench.database.all("select state, attempt from jobs.job order by id", as: (String, Int).self)
    }

    /// Goes on until it is cancelled or the gate is opened.
    private func waiting(for gate: StopSignal) -> JobHandler {
        let begun = begun
        return JobHandler(for: Note.self) { note, _ in
            begun.note(note.number)
            await gate.wait()
            try Task.checkCancellation()
            return .done
        }
    }

    @Test("give back what they have not begun, without an attempt, and finish what they have")
    func graceful() async throws {
        for number in 1...6 { try await bench.leave(Note(number: number)) }
        let gate = StopSignal()
        try await bench.run(
            [waiting(for: gate)],
            configure: {
                $0.concurrency = 2
                $0.prefetch = 2
            }
        ) {
            await begun.reaches(2)
            #expect(try await jobs().filter { $0.0 == "running" }.count == 4)
            bench.stop.raise()
            while try await jobs().filter({ $0.0 == "running" }).count > 2 {}
            gate.raise()
        }
        #expect(try await jobs().map(\.0) == ["ready", "ready", "ready", "ready"])
        #expect(try await jobs().map(\.1) == [0, 0, 0, 0])
        #expect(begun.elements == [1, 2])
        #expect(bench.count("done") == 2)
        #expect(bench.count("returned") == 2)
    }

    @Test("cut handlers short when the grace is over, and give their jobs back without an attempt")
    func graceOver() async throws {
        try await bench.leave(Note(number: 1))
        try await bench.run([waiting(for: StopSignal())], configure: { $0.grace = .seconds(5) }) {
            await begun.reaches(1)
            bench.stop.raise()
            // The lease, the poll, the maintenance, the handler's own limit, and then the grace. Were the time moved
            // before all of them wait, it could pass the handler's limit as well, which counts as an attempt.
            await bench.time.untilAsleep(5)
            bench.time.advance(by: .seconds(5))
        }
        #expect(try await jobs().map(\.0) == ["ready"])
        #expect(try await jobs().map(\.1) == [0])
        #expect(try await bench.database.first("select count(*) from jobs.worker", as: Int.self) == 0)
    }

    @Test("that were asked before they began end at once")
    func atOnce() async throws {
        bench.stop.raise()
        try await bench.run([waiting(for: StopSignal())]) {}
        #expect(begun.elements.isEmpty)
    }

    @Test("A worker whose lease was taken away cancels its handlers and begins anew")
    func leaseLost() async throws {
        let begun = begun
        let handler = JobHandler(for: Note.self) { note, context in
            begun.note(context.attempt)
            guard begun.elements.count > 1 else {
                await StopSignal().wait()
                throw CancellationError()
            }
            return .done
        }
        try await bench.leave(Note(number: 1))
        try await bench.run([handler], configure: { $0.lease = .seconds(30) }) {
            await begun.reaches(1)
            let former = try await bench.database.first("select id from jobs.worker", as: WorkerID.self)
            try await bench.database.run("update jobs.worker set expires_at = now() - interval '1 second'")
            while begun.elements.count < 2 {
                bench.time.advance(by: .seconds(11))
                await Task.yield()
            }
            let present = try await bench.database.all("select id from jobs.worker", as: WorkerID.self)
            #expect(present.contains { $0 != former })
        }
        // Whether its time was over too, which counts as an attempt, is left to chance here.
        #expect(begun.elements.count == 2)
        #expect(try await jobs().isEmpty)
    }

    @Test("A worker whose connections keep breaking runs every job, each with one effect")
    func connectionsBreak() async throws {
        let count = 300
        let handler = JobHandler(
            for: Note.self,
            inTransaction: { note, context, transaction in
                try await transaction.run("insert into effect (job, number) values (\(context.id), \(note.number))")
                return .done
            })
        let database = bench.database
        try await database.transaction { transaction in
            _ = try await transaction.enqueue(contentsOf: (1...count).map { Note(number: $0) })
        }
        try await database.run("update jobs.job set attempts_allowed = 1000")
        // The test's own session is not among those that it breaks.
        try await database.session { session in
            try await bench.run([handler], workers: 2) {
                while try await session.first("select count(*) from jobs.job", as: Int.self) ?? 0 > 0 {
                    try await session.run(
                        """
                        select pg_terminate_backend(pid) from pg_stat_activity
                        where datname = current_database() and pid <> pg_backend_pid() and random() < 0.2
                        """)
                    // What failed waits for a moment that only this test brings about.
                    try await session.run("update jobs.job set due = now() where state = 'ready'")
                    bench.time.advance(by: .seconds(3))
                }
            }
        }
        let numbers = try await database.all("select number from effect order by number", as: Int.self)
        #expect(numbers == Array(1...count))
    }
}
