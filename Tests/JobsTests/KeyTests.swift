import Moments
import Postgres
import PostgresTestSupport
import SeedTestSupport
import Testing

@testable import Jobs

@Suite("Jobs of one key", .database(template: .queue), .timeLimit(.minutes(5)))
struct KeyTests {
    private let queue: TestQueue
    private let start = TestQueue.start

    init() throws {
        queue = try TestQueue()
    }

    private func numbers(_ jobs: [ClaimedJob]) throws -> [Int] {
        try jobs.map { try Note(arguments: $0.arguments).number }.sorted()
    }

    private func keys() async throws -> Int? {
        try await queue.database.first("select count(*) from jobs.key", as: Int.self)
    }

    @Test("run one at a time in the order in which they were left; other keys and jobs without one go on")
    func order() async throws {
        for number in 1...3 { try await queue.leave(Note(number: number), key: "a") }
        try await queue.leave(Note(number: 11), key: "b")
        try await queue.leave(Note(number: 21))
        let worker = try await queue.register()
        var batch = try await queue.claim(as: worker)
        #expect(try numbers(batch) == [1, 11, 21])
        for expected in 2...3 {
            for job in batch { try await queue.settle(job, .finished(.done, reason: nil)) }
            batch = try await queue.claim(as: worker)
            #expect(try numbers(batch) == [expected])
        }
        try await queue.settle(batch[0], .finished(.done, reason: nil))
        #expect(try await queue.states() == [])
        #expect(try await keys() == 0)
    }

    @Test("wait while the first is tried again or snoozes")
    func headIsRetried() async throws {
        try await queue.leave(Note(number: 1), key: "a")
        try await queue.leave(Note(number: 2), key: "a")
        let worker = try await queue.register()
        let first = try #require(try await queue.claim(as: worker).first)
        try await queue.settle(first, .retry(after: .seconds(5), reason: "x"))
        #expect(try await queue.claim(as: worker).isEmpty)
        let again = try await queue.claim(as: worker, at: start + .seconds(5))
        #expect(try numbers(again) == [1])
        try await queue.settle(again[0], .snoozed(.seconds(5)), at: start + .seconds(5))
        #expect(try await queue.claim(as: worker, at: start + .seconds(9)).isEmpty)
    }

    @Test("go on when the first has died")
    func headDies() async throws {
        try await queue.leave(Note(number: 1), key: "a")
        try await queue.leave(Note(number: 2), key: "a")
        let worker = try await queue.register()
        let first = try #require(try await queue.claim(as: worker).first)
        try await queue.settle(first, .dead(reason: "x"))
        #expect(try numbers(try await queue.claim(as: worker)) == [2])
    }

    @Test("A job that is scheduled for later does not hold up its key, and takes its turn when it is due")
    func scheduled() async throws {
        let due = start + .seconds(20)
        try await queue.leave(Note(number: 1), at: due, key: "a")
        try await queue.leave(Note(number: 2), key: "a")
        let worker = try await queue.register()
        let second = try await queue.claim(as: worker)
        #expect(try numbers(second) == [2])
        try await queue.leave(Note(number: 3), key: "a")

        let early = try #require(try await queue.claim(as: worker, at: due).first)
        #expect(early.mustTakeTurn)
        _ = try await queue.database.pipeline(Settlement.takeTurn(of: early, key: "a"))
        #expect(try await queue.claim(as: worker, at: due).isEmpty)
        try await queue.settle(second[0], .finished(.done, reason: nil))
        let third = try await queue.claim(as: worker, at: due)
        #expect(try numbers(third) == [3])
        try await queue.settle(third[0], .finished(.done, reason: nil))
        let first = try #require(try await queue.claim(as: worker, at: due).first)
        #expect(try numbers([first]) == [1])
        #expect(!first.mustTakeTurn)
        #expect(first.attempt == 1)
        try await queue.settle(first, .finished(.done, reason: nil))
        #expect(try await keys() == 0)
    }

    @Test("A scheduled job whose key is free runs at its second claim")
    func scheduledAlone() async throws {
        try await queue.leave(Note(number: 1), at: start + .seconds(1), key: "a")
        let worker = try await queue.register()
        let at = start + .seconds(1)
        let early = try #require(try await queue.claim(as: worker, at: at).first)
        _ = try await queue.database.pipeline(Settlement.takeTurn(of: early, key: "a"))
        let job = try #require(try await queue.claim(as: worker, at: at).first)
        #expect(!job.mustTakeTurn)
    }

    @Test("The end of one and the coming of the next meet, and none is left waiting", arguments: [true, false])
    func noLostWakeUp(isFirstThere: Bool) async throws {
        // With a first job the key exists; without one it is made by the transaction that is not yet committed.
        if isFirstThere { try await queue.leave(Note(number: 1), key: "a") }
        let worker = try await queue.register()
        let head = try await queue.claim(as: worker).first
        let (queue, start) = (queue, start)
        let (opened, opener) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await queue.database.transaction { transaction in
                    try await transaction.enqueue(Note(number: 2), key: "a", now: start)
                    opener.yield()
                    try await queue.untilSomebodyWaits()
                }
            }
            for await _ in opened { break }
            if let head {
                try await queue.settle(head, .finished(.done, reason: nil))
            } else {
                try await queue.leave(Note(number: 3), key: "a")
            }
            try await group.waitForAll()
        }
        #expect(try numbers(try await queue.claim(as: worker)) == [2])
    }

    @Test("The order is that of the commits, whoever leaves and runs the jobs", arguments: (1...3).map { Seed($0) })
    func concurrentOrder(seed: Seed) async throws {
        var random = seed
        let (queue, keys, perProducer) = (queue, 3, 30)
        try await queue.database.run(script: "create table counter (key text primary key, value int not null)")
        for key in 0..<keys { try await queue.database.run("insert into counter values (\("k\(key)"), 0)") }
        let plans = (0..<4).map { _ in (0..<perProducer).map { _ in Int.random(in: 0..<keys, using: &random) } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for plan in plans {
                group.addTask {
                    for key in plan { try await Self.leaveNumbered("k\(key)", in: queue) }
                }
            }
            for _ in 0..<3 {
                group.addTask { try await Self.work(in: queue, until: 4 * perProducer) }
            }
            try await group.waitForAll()
        }
        for key in 0..<keys {
            let done = try await queue.database.all(
                "select number from effect where word = \("k\(key)") order by id", as: Int.self)
            #expect(done == Array(1...max(done.count, 1)).prefix(done.count).map { $0 }, "\(seed), key \(key)")
        }
        #expect(try await queue.database.first("select count(*) from effect", as: Int.self) == 4 * perProducer)
        #expect(try await queue.database.first("select count(*) from jobs.key", as: Int.self) == 0)
    }

    /// Leaves a job with the number of the commit among those of its key.
    private static func leaveNumbered(_ key: String, in queue: TestQueue) async throws {
        try await queue.database.transaction(retries: 20) { transaction in
            let number = try await transaction.first(
                "update counter set value = value + 1 where key = \(key) returning value", as: Int.self)
            try await transaction.enqueue(
                Note(number: number ?? 0, text: key), key: key, now: TestQueue.start)
        }
    }

    private static func work(in queue: TestQueue, until count: Int) async throws {
        let worker = try await queue.register()
        while try await queue.database.first("select count(*) from effect", as: Int.self) ?? 0 < count {
            for job in try await queue.claim(as: worker, limit: 4) {
                let note = try Note(arguments: job.arguments)
                try await queue.context(of: job).complete(retries: 20) { transaction in
                    try await transaction.run("insert into effect (word, number) values (\(note.text), \(note.number))")
                }
            }
        }
    }
}
