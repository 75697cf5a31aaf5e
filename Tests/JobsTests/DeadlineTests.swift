import Moments
import Postgres
import PostgresTestSupport
import Runtime
import TallyTestSupport
import Testing

@testable import Jobs

@Suite("Deadlines of jobs", .database(template: .queue), .timeLimit(.minutes(5)))
struct DeadlineTests {
    private let queue: TestQueue
    private let start = TestQueue.start
    private let metrics = Metrics()

    init() throws {
        queue = try TestQueue()
    }

    private func expire(at now: Moment) async throws {
        try await Expiry(database: queue.database, metrics: JobMetrics(metrics), now: now).run()
    }

    private var expired: Int {
        metrics.counter("jobs_finished_total", "", labels: ["kind", "outcome"]).with(Note.kind.rawValue, "expired")
            .value
    }

    @Test("A job that nobody has begun by its deadline ends as expired, is counted and listed; others stay")
    func expiry() async throws {
        let deadline = start + .seconds(60)
        let late = try await queue.leave(Note(number: 1), deadline: deadline)
        try await queue.leave(Note(number: 2), deadline: deadline + .seconds(1))
        try await queue.leave(Note(number: 3))
        try await expire(at: deadline)
        #expect(try await queue.states().count == 3)
        try await expire(at: deadline + .microseconds(1))
        #expect(try await queue.states().count == 2)
        let listed = try await queue.ledger().list(.expired).jobs
        #expect(listed.map(\.id) == [late] && listed.map(\.attempt) == [0])
        #expect(expired == 1)
    }

    @Test("Many are ended in steps, and what runs is left alone")
    func many() async throws {
        let start = start
        _ = try await queue.database.transaction { transaction in
            try await transaction.enqueue(
                contentsOf: (1...1001).map { Note(number: $0) }, deadline: start + .seconds(9), now: start)
        }
        let claimed = try await queue.claim(as: try await queue.register(), limit: 1)
        try await expire(at: start + .seconds(10))
        #expect(try await queue.states() == ["running"])
        #expect(expired == 1000)
        #expect(try await queue.settle(try #require(claimed.first), .finished(.done, reason: nil)))
    }

    @Test("One with a key lets the next of it forward, whether it was the first or waited")
    func keyed() async throws {
        let soon = start + .seconds(1)
        for number in 1...3 {
            try await queue.leave(Note(number: number), key: "a", deadline: number == 3 ? nil : soon)
        }
        try await expire(at: start + .seconds(2))
        #expect(try await queue.states() == ["ready"])
        let claimed = try await queue.claim(as: try await queue.register())
        #expect(try claimed.map { try Note(arguments: $0.arguments).number } == [3])
        try await queue.settle(claimed[0], .finished(.done, reason: nil))
        #expect(try await queue.database.first("select count(*) from jobs.key", as: Int.self) == 0)
    }

    @Test("A worker that gets a job too late does not begin it")
    func claimedTooLate() async throws {
        let (bench, handled) = (try TestWorker(), Tally<Int>())
        let handler = JobHandler(for: Note.self) { note, _ in
            handled.note(note.number)
            return .done
        }
        try await bench.database.transaction { transaction in
            _ = try await transaction.enqueue(Note(number: 1), deadline: Moment(seconds: 1))
            _ = try await transaction.enqueue(Note(number: 2), deadline: Moment(seconds: 9_000_000_000))
        }
        try await bench.run([handler]) {
            await handled.reaches(1)
            while bench.count("expired") < 1 { await Task.yield() }
        }
        #expect(handled.elements == [2])
    }
}
