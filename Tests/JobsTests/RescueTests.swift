import Moments
import Postgres
import PostgresTestSupport
import SeedTestSupport
import Testing

@testable import Jobs

@Suite("Jobs of lost workers", .database(template: .queue), .timeLimit(.minutes(5)))
struct RescueTests {
    private let queue: TestQueue
    private let start = TestQueue.start
    private let after = TestQueue.start + TestQueue.lease

    init() throws {
        queue = try TestQueue()
    }

    private func workers() async throws -> Int? {
        try await queue.database.first("select count(*) from jobs.worker", as: Int.self)
    }

    @Test("are left alone while the lease holds, and are there again when it is over")
    func lease() async throws {
        try await queue.leave(Note(number: 1))
        let worker = try await queue.register()
        _ = try await queue.claim(as: worker)
        #expect(try await queue.rescue(at: after - .microseconds(1)) == Rescue.Report())
        #expect(try await queue.rescue(at: after) == Rescue.Report(returned: 1, dead: 0, workers: ["test"]))
        #expect(try await workers() == 0)
        let next = try await queue.register(at: after)
        #expect(try await queue.claim(as: next, at: after).first?.attempt == 1)
    }

    @Test("A renewed lease holds for longer; one that is over cannot be renewed")
    func renewal() async throws {
        let worker = try await queue.register()
        func renew(at now: Moment) async throws -> Int {
            try await queue.database.run(.renew(worker, lease: TestQueue.lease, now: now))
        }
        #expect(try await renew(at: after - .seconds(1)) == 1)
        #expect(try await queue.rescue(at: after) == Rescue.Report())
        #expect(try await renew(at: after - .seconds(1) + TestQueue.lease) == 0)
        #expect(try await renew(at: after) == 1)
    }

    @Test("A job that keeps losing its workers uses one attempt each time but the first, and then is dead")
    func poison() async throws {
        let id = try #require(try await queue.leave(Note(number: 1), key: "a"))
        try await queue.leave(Note(number: 2), key: "a")
        var now = start
        try await loseWorker(at: now)
        for attempt in 1...3 {
            now = now + TestQueue.lease
            let worker = try await queue.register(at: now)
            let job = try #require(try await queue.claim(as: worker, at: now).first)
            #expect(job.attempt == attempt && job.isSuspect)
            #expect(try await queue.database.run(.begin(job)) == 1)
            now = now + TestQueue.lease
            let report = try await queue.rescue(at: now)
            #expect((report.returned, report.dead) == (attempt < 3 ? 1 : 0, attempt < 3 ? 0 : 1))
        }
        let record = try #require(try await queue.ledger().show(id))
        #expect(record.state == .dead)
        #expect(record.reason == "the worker was lost during attempt 3 of 3")
        // The next of its key is not held up by it.
        let worker = try await queue.register(at: now)
        #expect(try await queue.claim(as: worker, at: now).count == 1)
    }

    /// Has a worker claim the jobs and never be heard of again.
    private func loseWorker(at now: Moment) async throws {
        let worker = try await queue.register(at: now)
        #expect(try await !queue.claim(as: worker, at: now).isEmpty)
        #expect(try await queue.rescue(at: now + TestQueue.lease).dead == 0)
    }

    @Test("A job that was held in reserve and not begun loses no attempt, however many workers are lost with it")
    func reserve() async throws {
        try await queue.leave(Note(number: 1))
        for life in 0..<5 { try await loseWorker(at: start + TestQueue.lease * life) }
        let now = start + TestQueue.lease * 5
        let job = try #require(try await queue.claim(as: try await queue.register(at: now), at: now).first)
        #expect(job.attempt == 1 && job.isSuspect)
        #expect(try await queue.settle(job, .retry(after: .zero, reason: "x"), at: now))
        let again = try #require(try await queue.claim(as: try await queue.register(at: now), at: now).first)
        #expect(again.attempt == 2, "what was tried counts")
    }

    @Test("A job whose worker is finishing it just now is the worker's")
    func completionWins() async throws {
        try await queue.leave(Note(number: 1))
        let worker = try await queue.register()
        let job = try #require(try await queue.claim(as: worker).first)
        let context = try await queue.context(of: job)
        try await queue.database.transaction { transaction in
            try await context.complete(in: transaction)
            let report = try await queue.rescue(at: after)
            #expect(report == Rescue.Report())
        }
        #expect(try await queue.states() == [])
        #expect(try await queue.rescue(at: after).workers == ["test"])
    }

    @Test("A claim that is under way when the lease ends loses no job")
    func claimUnderWay() async throws {
        try await queue.leave(Note(number: 1))
        let worker = try await queue.register()
        let lanes = try await queue.lanes()
        try await queue.database.transaction { transaction in
            _ = try await transaction.pipeline(queue.claim(as: worker, lanes: lanes).statements)
            #expect(try await queue.rescue(at: after) == Rescue.Report())
            #expect(try await workers() == 1)
        }
        #expect(try await queue.rescue(at: after) == Rescue.Report(returned: 1, dead: 0, workers: ["test"]))
    }

    @Test("Many rescuers at once take each job once")
    func manyRescuers() async throws {
        for number in 1...50 { try await queue.leave(Note(number: number)) }
        let worker = try await queue.register()
        #expect(try await queue.claim(as: worker, limit: 100).count == 50)
        let (queue, after) = (queue, after)
        let returned = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { try await queue.rescue(at: after).returned } }
            return try await group.reduce(0, +)
        }
        // Whoever finds a job locked passes it over.
        #expect(returned + (try await queue.rescue(at: after).returned) == 50)
        #expect(try await queue.states() == Array(repeating: "ready", count: 50))
    }

    @Test("Claims, completions and rescues race, and every job takes effect once", arguments: (1...3).map { Seed($0) })
    func race(seed: Seed) async throws {
        let (queue, start, count) = (queue, start, 60)
        for number in 1...count { try await queue.leave(Note(number: number)) }
        try await queue.database.run("update jobs.job set attempts_allowed = 1000")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for place in 0..<4 {
                var random = Seed(UInt64(place) + 100 * seed.number)
                group.addTask {
                    var round = 0
                    while try await !queue.states().isEmpty {
                        round += 1
                        // Each round is a life whose lease ends before the next begins.
                        let now = start + TestQueue.lease * (2 * round + place % 2)
                        _ = try await queue.rescue(at: now)
                        let worker = try await queue.register(at: now)
                        for job in try await queue.claim(as: worker, limit: 5, at: now)
                        where Int.random(in: 0..<3, using: &random) > 0 {
                            let context = try await queue.context(of: job, at: now)
                            do {
                                try await context.complete {
                                    try await $0.run("insert into effect (job) values (\(job.id))")
                                }
                            } catch is LeaseLost {}
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let effects = try await queue.database.all("select job from effect", as: Int64.self)
        #expect(effects.count == count, "\(seed)")
        #expect(Set(effects).count == count, "\(seed)")
    }
}
