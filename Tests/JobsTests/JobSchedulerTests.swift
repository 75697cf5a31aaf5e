import Moments
import Postgres
import PostgresTestSupport
import Runtime
import TallyTestSupport
import Testing
import TimeZones

@testable import Jobs

@Suite("Jobs of schedules", .database(template: .queue), .timeLimit(.minutes(5)))
struct JobSchedulerTests {
    private let queue: TestQueue
    /// A moment at which the minute begins.
    private let start = Moment(seconds: 1_790_000_040)

    init() throws {
        queue = try TestQueue()
    }

    private func scheduler(backfill: Duration = .seconds(600), at now: Moment) throws -> JobScheduler {
        let schedule = JobSchedule("every minute", try CronPattern("* * * * *"), in: .utc, backfill: backfill) { tick in
            Note(number: Int(tick.seconds))
        }
        var settings = JobWorkerSettings(name: "test")
        settings.now = { now }
        return JobScheduler(schedules: [schedule], database: queue.database, settings: settings, log: .silent)
    }

    private func ticks() async throws -> [Int] {
        try await queue.database.all("select (arguments ->> 'number')::int from jobs.job order by id", as: Int.self)
    }

    private func tick(_ minutes: Int) -> Int { Int(start.seconds) + 60 * minutes }

    @Test("A schedule begins when it is first seen, and then each time has its job at once")
    func begins() async throws {
        #expect(try await scheduler(at: start).look() == .seconds(60))
        #expect(try await ticks().isEmpty)
        #expect(try await scheduler(at: start + .milliseconds(59_999)).look() == .milliseconds(10))
        #expect(try await ticks().isEmpty)
        #expect(try await scheduler(at: start + .seconds(61)).look() == .seconds(59))
        #expect(try await ticks() == [tick(1)])
        _ = try await scheduler(at: start + .seconds(100)).look()
        #expect(try await ticks() == [tick(1)])
    }

    @Test("Of the times that passed while nobody saw to it those that are not too old have their jobs")
    func backfill() async throws {
        _ = try await scheduler(at: start).look()
        _ = try await scheduler(backfill: .seconds(180), at: start + .seconds(3600 + 5)).look()
        #expect(try await ticks() == [tick(58), tick(59), tick(60)])
    }

    @Test("However many see to it at once, each time has one job")
    func manySchedulers() async throws {
        _ = try await scheduler(at: start).look()
        let schedulers = try (0..<8).map { try scheduler(at: start + .seconds(300 + $0 % 2)) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for scheduler in schedulers { group.addTask { _ = try await scheduler.look() } }
            try await group.waitForAll()
        }
        #expect(try await ticks() == (1...5).map(tick))
    }

    @Test("A worker leaves them and does them")
    func worker() async throws {
        let (bench, handled) = (try TestWorker(), Tally<Int>())
        var registry = JobRegistry()
        registry.handler(for: Note.self) { note, _ in
            handled.note(note.number)
            return .done
        }
        registry.add(JobSchedule("each minute", try CronPattern("* * * * *"), in: .utc) { _ in Note(number: 1) })
        try await bench.database.run("insert into jobs.schedule values ('each minute', now() - interval '90 seconds')")
        var settings = JobWorkerSettings(name: "test")
        settings.time = bench.time
        let worker = JobWorker(registry, database: bench.database, settings: settings)
        let stop = bench.stop
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask(executorPreference: TestDatabase.loops.next()) { try await worker.run(until: stop) }
            await handled.reaches(1)
            stop.raise()
            try await group.waitForAll()
        }
        #expect((1...2).contains(handled.elements.count))
    }
}
