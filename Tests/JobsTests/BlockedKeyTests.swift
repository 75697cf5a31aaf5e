import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@testable import Jobs

@Suite("A key that waits for its dead", .database(template: .queue), .timeLimit(.minutes(5)))
struct BlockedKeyTests {
    private let queue: TestQueue

    init() throws {
        queue = try TestQueue()
    }

    private func numbers(_ jobs: [ClaimedJob]) throws -> [Int] {
        try jobs.map { try Step(arguments: $0.arguments).number }
    }

    /// Three steps of a key, of which the first has died.
    private func block() async throws -> JobID {
        for number in 1...3 { try await queue.leave(Step(number: number), key: "a") }
        let first = try #require(try await queue.claim(as: try await queue.register()).first)
        try await queue.settle(first, .dead(reason: "the moon"))
        return first.id
    }

    @Test("has nothing claimed, also of what comes later, and is listed with what waits")
    func blocked() async throws {
        let id = try await block()
        try await queue.leave(Step(number: 4), key: "a")
        try await queue.leave(Step(number: 5), key: "b")
        let maintenance = JobMaintenance(
            database: queue.database, settings: JobWorkerSettings(name: "test"), metrics: JobMetrics(Metrics()),
            log: .silent)
        try await maintenance.promoteStranded()
        #expect(try numbers(try await queue.claim(as: try await queue.register())) == [5])
        let keys = try await queue.ledger().blockedKeys()
        #expect(keys.map(\.key) == ["a"] && keys.map(\.job) == [id] && keys.map(\.waiting) == [3])
        #expect(keys.map(\.reason) == ["the moon"] && keys.map(\.since) == [TestQueue.start])
        #expect(try await queue.ledger().blockedKeys(bound: 2).map(\.waiting) == [2])
        #expect(try await queue.ledger().blockedKeys(after: "a").isEmpty)
    }

    @Test("goes on with the dead one when that is tried again, and then with the others in their order")
    func retried() async throws {
        try await queue.ledger().retry(try await block())
        let worker = try await queue.register()
        for number in 1...3 {
            let batch = try await queue.claim(as: worker)
            #expect(try numbers(batch) == [number])
            try await queue.settle(batch[0], .finished(.done, reason: nil))
        }
        #expect(try await queue.ledger().blockedKeys().isEmpty)
        #expect(try await queue.database.first("select count(*) from jobs.key", as: Int.self) == 0)
    }

    @Test("goes on with the next when the dead one is cancelled")
    func cancelled() async throws {
        try await queue.ledger().cancel(try await block(), because: "x")
        #expect(try numbers(try await queue.claim(as: try await queue.register())) == [2])
    }

    @Test("is blocked as well by one whose workers were lost")
    func lost() async throws {
        for number in 1...2 { try await queue.leave(Step(number: number), key: "a") }
        try await queue.database.run("update jobs.job set attempts_allowed = 1")
        let job = try #require(try await queue.claim(as: try await queue.register()).first)
        try await queue.database.run(.begin(job))
        #expect(try await queue.rescue(at: TestQueue.start + TestQueue.lease).dead == 1)
        #expect(try await queue.states() == ["dead", "behind"])
    }
}
