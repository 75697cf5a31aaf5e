import Moments
import Postgres
import PostgresTestSupport
import Testing

@testable import Jobs

/// Two sessions at one job, of which the later always meets what the earlier has done and not yet committed.
@Suite("Two sessions at one job", .database(template: .queue), .timeLimit(.minutes(5)))
struct ForcedOrderTests {
    private let queue: TestQueue
    private let start = TestQueue.start
    private let after = TestQueue.start + TestQueue.lease

    init() throws {
        queue = try TestQueue()
    }

    /// Does `earlier` in a transaction that is committed once `later`, in another session, waits for it.
    private func commit<Answer: Sendable>(
        _ earlier: @escaping @Sendable (borrowing Transaction) async throws -> Void,
        onceWaits later: () async throws -> Answer
    ) async throws -> Answer {
        let queue = queue
        let (held, holder) = AsyncStream.makeStream(of: Void.self)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await queue.database.transaction { transaction in
                    try await earlier(transaction)
                    holder.yield()
                    try await queue.untilSomebodyWaits()
                }
            }
            for await _ in held { break }
            let answer = try await later()
            try await group.waitForAll()
            return answer
        }
    }

    private func claimed(_ number: Int = 1, key: String? = nil) async throws -> ClaimedJob {
        try await queue.leave(Note(number: number), key: key)
        return try #require(try await queue.claim(as: try await queue.register()).first)
    }

    private func rescue() -> SQL { Rescue.giveBack(limit: 10, now: after) }

    private func effects() async throws -> Int? {
        try await queue.database.first("select count(*) from effect", as: Int.self)
    }

    @Test("A worker that finishes its job while it is taken back has changed nothing")
    func rescueBeforeCompletion() async throws {
        let job = try await claimed()
        let (context, rescue) = (try await queue.context(of: job), rescue())
        await #expect(throws: LeaseLost(id: job.id)) {
            try await commit({ try await $0.run(rescue) }) {
                try await context.complete { try await $0.run("insert into effect (word) values ('stale')") }
            }
        }
        #expect(try await effects() == 0)
        #expect(try await queue.states() == ["ready"])
    }

    @Test("In the common exchange too: what is taken back meanwhile is not finished, and the others are")
    func rescueBeforeExchange() async throws {
        let lost = try await claimed()
        try await queue.leave(Note(number: 2))
        let live = try #require(try await queue.claim(as: try await queue.register(at: after), at: after).first)
        let finish = Settlement.finish(
            [lost, live].map { Verdict(job: $0, settlement: .finished(.done, reason: nil)) }, now: after)[0]
        let rescue = rescue()
        let finished = try await commit({ try await $0.run(rescue) }) {
            try await queue.database.all(finish, as: JobID.self)
        }
        #expect(finished == [live.id])
        #expect(try await queue.states() == ["ready"])
        #expect(try await queue.database.all("select id from jobs.finished", as: JobID.self) == [live.id])
    }

    @Test("A worker whose job is taken back and claimed anew meanwhile has changed nothing", arguments: [true, false])
    func takeOverBeforeCompletion(isAlone: Bool) async throws {
        let job = try await claimed()
        let context = try await queue.context(of: job)
        let second = try await queue.register(at: after)
        let claim = queue.claim(as: second, at: after, lanes: try await queue.lanes())
        let statements = [rescue()] + claim.statements
        let finish = Settlement.finish(
            [Verdict(job: job, settlement: .finished(.done, reason: nil))], now: after)[0]
        let isFinished = try await commit({ _ = try await $0.pipeline(statements) }) {
            guard isAlone else { return try await !queue.database.all(finish, as: JobID.self).isEmpty }
            do {
                try await context.complete { try await $0.run("insert into effect (word) values ('stale')") }
                return true
            } catch is LeaseLost {
                return false
            }
        }
        #expect(!isFinished)
        #expect(try await effects() == 0)
        #expect(try await queue.database.all("select token from jobs.job", as: Int64.self) == [claim.token])
    }

    @Test("Of two completions of one attempt the later has changed nothing")
    func completionBeforeCompletion() async throws {
        let job = try await claimed()
        let (first, second) = (try await queue.context(of: job), try await queue.context(of: job))
        await #expect(throws: LeaseLost(id: job.id)) {
            try await commit({ try await first.complete(in: $0) }) {
                try await second.complete { try await $0.run("insert into effect (word) values ('again')") }
            }
        }
        #expect(try await effects() == 0)
        #expect(try await queue.states() == [])
    }

    @Test("A claim passes over what another is claiming, and gets it if the other comes to nothing")
    func claimBesideClaim() async throws {
        struct Undone: Error {}
        let id = try await queue.leave(Note(number: 1))
        let (one, other) = (try await queue.register(), try await queue.register())
        let claim = queue.claim(as: one, lanes: try await queue.lanes())
        await #expect(throws: Undone.self) {
            try await queue.database.transaction { transaction in
                let answers = try await transaction.pipeline(claim.statements)
                #expect(try answers[1].rows(of: ClaimedJob.self).map(\.id) == [id])
                #expect(try await queue.claim(as: other).isEmpty)
                throw Undone()
            }
        }
        #expect(try await queue.claim(as: other).map(\.id) == [id])
    }

    @Test("A job that is finished while somebody cancels it is done; one that is claimed meanwhile is cut short")
    func cancellation() async throws {
        let job = try await claimed()
        let context = try await queue.context(of: job)
        await #expect(throws: JobRefusal.ended(job.id, .done)) {
            try await commit({ try await context.complete(in: $0) }) {
                try await queue.ledger().cancel(job.id, because: "x")
            }
        }
        let id = try #require(try await queue.leave(Note(number: 2)))
        let claim = queue.claim(as: try await queue.register(), lanes: try await queue.lanes())
        let hasEnded = try await commit({ _ = try await $0.pipeline(claim.statements) }) {
            try await queue.ledger().cancel(id, because: "x")
        }
        #expect(!hasEnded)
        #expect(try await queue.database.first("select cancelled from jobs.job", as: String?.self) == "x")
    }

    @Test("A key whose first dies with its worker while another is left behind it goes on with that one")
    func enqueueBeforeRescue() async throws {
        let job = try await claimed(key: "a")
        try await queue.database.run("update jobs.job set attempts_allowed = 1")
        #expect(try await queue.database.run(.begin(job)) == 1)
        let (after, start) = (after, start)
        let report = try await commit({
            try await $0.enqueue(Note(number: 2), key: "a", now: start)
        }) { try await queue.rescue(at: after) }
        #expect(report.dead == 1)
        #expect(try await queue.states() == ["dead", "ready"])
        let next = try await queue.claim(as: try await queue.register(at: after), at: after)
        #expect(try next.map { try Note(arguments: $0.arguments).number } == [2])
    }
}
