import Moments
import Postgres
import PostgresTestSupport
import Runtime
import TallyTestSupport
import Testing

@testable import Jobs

@Suite("Jobs that are handled together", .database(template: .queue), .timeLimit(.minutes(5)))
struct BatchTests {
    private struct Refusal: Error {}

    private let bench: TestWorker
    private let sizes = Tally<Int>()

    init() throws {
        bench = try TestWorker()
    }

    /// Writes the numbers down, unless `refuse` has something against the batch.
    private func noting(
        batchesOf limit: Int = 20, _ refuse: @escaping @Sendable ([Int]) async throws -> Void = { _ in }
    ) -> JobHandler {
        let sizes = sizes
        return JobHandler(for: Note.self, batchesOf: limit) { jobs, transaction in
            let numbers = jobs.map(\.job.number)
            try await transaction.run("insert into effect (number) select unnest(\(numbers))")
            sizes.note(numbers.count)
            try await refuse(numbers)
        }
    }

    private func leave(_ numbers: ClosedRange<Int>) async throws {
        try await bench.database.transaction { transaction in
            _ = try await transaction.enqueue(contentsOf: numbers.map { Note(number: $0) })
        }
    }

    private func effects() async throws -> [Int] {
        try await bench.database.all("select number from effect order by number", as: Int.self)
    }

    @Test("Those of a batch are done in one transaction, each once, and no batch is larger than it may be")
    func together() async throws {
        try await leave(1...50)
        try await bench.run([noting()]) {
            while bench.count("done") < 50 { await Task.yield() }
        }
        #expect(try await effects() == Array(1...50))
        #expect(sizes.elements.reduce(0, +) == 50 && sizes.elements.allSatisfy { $0 <= 20 }, "\(sizes.elements)")
        #expect(sizes.elements.contains(20), "\(sizes.elements)")
        #expect(try await TestQueue().states() == [])
        let outcomes = try await bench.database.all("select outcome from jobs.finished", as: String.self)
        #expect(outcomes == Array(repeating: "done", count: 50))
    }

    @Test("One that fails, and one that cannot be read, take down only themselves")
    func bad() async throws {
        try await leave(1...20)
        try await bench.database.run(
            "update jobs.job set arguments = '{}' where id = (select max(id) from jobs.job)")
        let refusing = noting { numbers in if numbers.contains(7) { throw Refusal() } }
        // The longest wait before the next attempt, so that it is not made within the test.
        try await bench.run([refusing], configure: { $0.chance = { .max } }) {
            while bench.count("done") < 18 || bench.count("retried") < 1 || bench.count("dead") < 1 {
                await Task.yield()
            }
        }
        #expect(try await effects() == Array(1...19).filter { $0 != 7 })
        let left = try await bench.database.all(
            "select state, attempt, reason from jobs.job order by id", as: (String, Int, String).self)
        #expect(left.map(\.0) == ["ready", "dead"] && left.map(\.1) == [1, 1])
        #expect(left.first?.2 == "Refusal()" && left.last?.2.contains("cannot be read") == true, "\(left)")
    }

    @Test("A worker that lost one of them while it did not answer has changed nothing of any", arguments: [1, 3])
    func fenced(lost: Int) async throws {
        let queue = try TestQueue()
        let after = TestQueue.start + TestQueue.lease
        for number in 1...3 { try await queue.leave(Note(number: number)) }
        let jobs = try await queue.claim(as: try await queue.register())
        try #require(jobs.count == 3)
        let live = try await queue.register(at: after)
        // All but those that are lost belong to a worker that is there.
        try await queue.database.run(
            "update jobs.job set worker = \(live) where id = any(\(jobs.dropFirst(lost).map(\.id)))")
        let handler = noting { _ in
            let returned = try await queue.rescue(at: after).returned
            #expect(returned == lost)
        }
        let ending = try await attempt(jobs, of: handler)
        guard case .separated = ending else {
            Issue.record("\(ending)")
            return
        }
        #expect(try await effects() == [])
        #expect(try await queue.database.first("select count(*) from jobs.job", as: Int.self) == 3)
    }

    private func attempt(_ jobs: [ClaimedJob], of handler: JobHandler) async throws -> AttemptRunner.Ending {
        let lanes = LaneDirectory(sites: nil)
        try await lanes.refresh(from: bench.database)
        let attempts = AttemptRunner(
            registry: JobRegistry([handler]), lanes: lanes, database: bench.database,
            settings: JobWorkerSettings(name: "test"), metrics: JobMetrics(Metrics()), log: .silent)
        var series = AttemptSeries()
        return await attempts.attempt(
            batch: jobs, in: &series, under: AttemptWatch())
    }

    @Test("A batch that takes too long is cut short, and its jobs are tried one by one")
    func overdue() async throws {
        let sizes = sizes
        let handler = JobHandler(for: Hurry.self, batchesOf: 10) { jobs, _ in
            sizes.note(jobs.count)
            if jobs.count > 1 {
                await StopSignal().wait()
                try Task.checkCancellation()
            }
        }
        try await bench.database.transaction { _ = try await $0.enqueue(contentsOf: [Hurry(), Hurry()]) }
        try await bench.run([handler]) {
            await sizes.reaches(1)
            await bench.time.untilAsleep(4)
            bench.time.advance(by: .milliseconds(2))
            while bench.count("done", kind: Hurry.kind) < 2 { await Task.yield() }
        }
        #expect(sizes.elements == [2, 1, 1])
    }

    @Test("One that is cancelled meanwhile ends as cancelled, and the others are done")
    func cancelled() async throws {
        try await leave(1...3)
        let database = bench.database
        let second = try #require(
            try await database.first("select id from jobs.job order by id offset 1", as: JobID.self))
        let handler = noting { numbers in
            if numbers.count > 1 { try await JobLedger(database).cancel(second, because: "x") }
        }
        try await bench.run([handler], configure: { $0.pollInterval = .seconds(3600) }) {
            while bench.count("done") < 2 || bench.count("cancelled") < 1 { await Task.yield() }
        }
        #expect(try await effects() == [1, 3])
    }

    @Test("What has a key or a deadline, or cost a worker, is handled by itself")
    func alone() async throws {
        try await bench.leave(Note(number: 1), Note(number: 2), key: "a")
        try await bench.database.transaction { transaction in
            _ = try await transaction.enqueue(
                contentsOf: [3, 4].map { Note(number: $0) }, deadline: Moment(seconds: 9_000_000_000))
        }
        try await leave(5...6)
        try await bench.database.run("update jobs.job set begun = 0 where key is null and deadline is null")
        try await bench.run([noting()]) {
            while bench.count("done") < 6 { await Task.yield() }
        }
        #expect(sizes.elements == Array(repeating: 1, count: 6))
        #expect(try await effects() == Array(1...6))
    }

    @Test("Nothing stays of jobs whose kind keeps no history, however they are done")
    func forgotten() async throws {
        let (database, sizes) = (bench.database, sizes)
        let batches = JobHandler(for: Brief.self, batchesOf: 2) { jobs, _ in sizes.note(jobs.count) }
        let single = JobHandler(for: Brief.self) { brief, context in
            if brief.number == 1 { try await context.complete { _ in } }
            return .done
        }
        for handler in [batches, single] {
            try await database.transaction { _ = try await $0.enqueue(contentsOf: (1...5).map { Brief(number: $0) }) }
            let bench = try TestWorker()
            try await bench.run([handler]) {
                while bench.count("done", kind: Brief.kind) < 5 { await Task.yield() }
            }
            #expect(bench.count("lost", kind: Brief.kind) == 0)
        }
        #expect(try await database.first("select count(*) from jobs.finished", as: Int.self) == 0)
        #expect(try await TestQueue().states() == [])
    }
}
