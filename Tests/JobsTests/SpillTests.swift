import Moments
import Postgres
import PostgresTestSupport
import Runtime
import TallyTestSupport
import Testing

@testable import Jobs

@Suite("Jobs that leave their site", .database(template: .queue), .timeLimit(.minutes(5)))
struct SpillTests {
    private let queue: TestQueue
    private let start = TestQueue.start

    init() throws {
        queue = try TestQueue()
    }

    /// What a worker at Amsterdam claims.
    private func claim(limit: Int = 10, at now: Moment) async throws -> [Int] {
        let lanes = LaneDirectory(sites: ["AMS"])
        try await lanes.refresh(from: queue.database, now: now)
        let runner = QueueRunner(
            queue: "notes", isLimited: false, hand: Hand(), kinds: [Note.kind],
            worker: try await queue.register(at: now, sites: ["AMS"]),
            registry: JobRegistry(), lanes: lanes, bell: Bell(), database: queue.database, settings: settings(at: now),
            metrics: JobMetrics(Metrics()), log: .silent)
        let attempts = AttemptRunner(
            registry: runner.registry, lanes: lanes, database: queue.database, settings: runner.settings,
            metrics: runner.metrics, log: .silent)
        var exchange = JobExchange(runner: runner, hand: runner.hand, attempts: attempts)
        await exchange.perform(claiming: limit)
        return try runner.hand.takeWaiting().map { try Note(arguments: $0.arguments).number }
    }

    private func settings(at now: Moment) -> JobWorkerSettings {
        var settings = JobWorkerSettings(name: "test")
        settings.now = { now }
        return settings
    }

    @Test("are taken elsewhere when they have been due for so long, and no sooner while a worker of theirs is alive")
    func age() async throws {
        let ledger = queue.ledger()
        try await ledger.spill("notes", after: .seconds(20))
        _ = try await queue.register(sites: ["OSL"])
        try await queue.leave(Note(number: 1), site: "OSL")
        try await queue.leave(Note(number: 2), site: "OSL", now: start + .seconds(5))
        #expect(try await claim(at: start + .seconds(20) - .microseconds(1)) == [])
        #expect(try await claim(at: start + .seconds(20)) == [1])
        #expect(try await claim(at: start + .seconds(25)) == [2])
    }

    @Test("are taken elsewhere at once when no worker of theirs is alive, and after the own ones")
    func deserted() async throws {
        try await queue.ledger().spill("notes", after: .seconds(3600))
        _ = try await queue.register(sites: ["OSL"])
        try await queue.leave(Note(number: 1), site: "OSL", priority: .urgent)
        try await queue.leave(Note(number: 2), site: "AMS", priority: .bulk)
        let leaseOver = start + TestQueue.lease
        #expect(try await claim(limit: 1, at: leaseOver - .microseconds(1)) == [2])
        try await queue.leave(Note(number: 3), site: "AMS", priority: .bulk)
        #expect(try await claim(limit: 1, at: leaseOver) == [3])
        #expect(try await claim(limit: 1, at: leaseOver) == [1])
    }

    @Test("stay, or go by the other rule, when a rule is ended")
    func ended() async throws {
        let ledger = queue.ledger()
        try await ledger.spill("notes", after: .zero)
        try await ledger.spill("notes", site: "OSL", after: nil)
        try await queue.leave(Note(number: 1), site: "OSL")
        #expect(try await claim(at: start) == [])
        #expect(try await ledger.endSpill("notes", site: "OSL"))
        #expect(try await claim(at: start) == [1])
        try await queue.leave(Note(number: 2), site: "OSL")
        #expect(try await ledger.endSpill("notes"))
        #expect(try await !ledger.endSpill("notes"))
        #expect(try await claim(at: start) == [])
    }

    @Test("never leave without a rule, or against one of their own site")
    func resident() async throws {
        let never = start + .seconds(1_000_000)
        try await queue.leave(Note(number: 1), site: "OSL")
        #expect(try await claim(at: never) == [])
        let ledger = queue.ledger()
        try await ledger.spill("notes", after: .zero)
        try await ledger.spill("notes", site: "OSL", after: nil)
        #expect(try await claim(at: never) == [])
        try await queue.leave(Note(number: 2), site: "WAW")
        #expect(try await claim(at: never) == [2])
        #expect(try await ledger.spills().map(\.site) == [nil, "OSL"])
        #expect(try await ledger.spills().map(\.after) == [.zero, nil])
        try await ledger.spill("notes", site: "OSL", after: .seconds(5))
        #expect(try await claim(at: never) == [1])
    }

    @Test("are done by a worker of another site")
    func worker() async throws {
        let (bench, handled) = (try TestWorker(), Tally<String?>())
        let handler = JobHandler(for: Note.self) { _, context in
            handled.note(context.site)
            return .done
        }
        try await JobLedger(bench.database).spill("notes", after: .seconds(3600))
        try await bench.leave(Note(number: 1), site: "OSL")
        try await bench.run([handler], configure: { $0.sites = ["AMS"] }) { await handled.reaches(1) }
        #expect(handled.elements == ["OSL"])
    }
}
