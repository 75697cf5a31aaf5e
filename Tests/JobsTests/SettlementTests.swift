import Moments
import Postgres
import PostgresTestSupport
import Testing

@testable import Jobs

@Suite("Settling claimed jobs", .database(template: .queue), .timeLimit(.minutes(5)))
struct SettlementTests {
    private let queue: TestQueue
    private let start = TestQueue.start

    init() throws {
        queue = try TestQueue()
    }

    private func claimed(_ job: some Job = Note(number: 1), key: String? = nil) async throws -> ClaimedJob {
        try await queue.leave(job, key: key)
        let worker = try await queue.register()
        return try #require(try await queue.claim(as: worker).first)
    }

    private func history() async throws -> [(String, Int, String?)] {
        try await queue.database.all(
            "select outcome, attempt, reason from jobs.finished order by id", as: (String, Int, String?).self)
    }

    @Test("A job that is done leaves the queue and one row of history")
    func done() async throws {
        let job = try await claimed()
        #expect(try await queue.settle(job, .finished(.done, reason: nil)))
        #expect(try await queue.states() == [])
        #expect(try await history().map(\.0) == ["done"])
        #expect(try await queue.settle(job, .finished(.done, reason: nil)) == false)
        #expect(try await history().count == 1)
    }

    @Test("Jobs that are done are finished together, each for the token it was claimed with")
    func doneTogether() async throws {
        for number in 1...3 { try await queue.leave(Note(number: number)) }
        let claimed = try await queue.claim(as: queue.register())
        try #require(claimed.count == 3)
        try await queue.settle(claimed[1], .returned)
        let taken = try #require(try await queue.claim(as: queue.register()).first)
        #expect(try await finish(claimed) == [claimed[0].id, claimed[2].id])
        #expect(try await queue.states() == ["running"])
        #expect(try await finish([claimed[1], taken]) == [taken.id])
        #expect(try await finish(claimed + [taken]) == [])
        #expect(try await history().map(\.0) == ["done", "done", "done"])
    }

    @Test("A job that somebody else's transaction settles is not one of those that are finished together")
    func entrusted() async throws {
        let job = try await claimed()
        var verdict = Verdict(job: job, settlement: .finished(.done, reason: nil))
        #expect(verdict.goesWithOthers)
        verdict.isExpectedGone = true
        #expect(!verdict.goesWithOthers, "all others would wait for that transaction")
    }

    /// Finishes jobs in one statement; answers the numbers of those that were still the token's.
    private func finish(_ jobs: [ClaimedJob]) async throws -> [JobID] {
        let verdicts = jobs.map { Verdict(job: $0, settlement: .finished(.done, reason: nil)) }
        return try await queue.database.all(Settlement.finish(verdicts, now: start)[0], as: JobID.self).sorted()
    }

    @Test("A job that has become pointless says why in the history")
    func discarded() async throws {
        #expect(try await queue.settle(claimed(), Settlement(.discard(because: "the ticket is closed"))))
        let history = try await history()
        #expect(history.map(\.0) == ["discarded"])
        #expect(history.map(\.2) == ["the ticket is closed"])
    }

    @Test("A job that cannot be done stays as a dead letter, and nobody claims it")
    func dead() async throws {
        let job = try await claimed()
        #expect(try await queue.settle(job, Settlement(.dead(because: "no such supplier"))))
        #expect(try await queue.states() == ["dead"])
        let worker = try await queue.register()
        #expect(try await queue.claim(as: worker).isEmpty)
        let record = try #require(try await queue.ledger().show(job.id))
        #expect(record.reason == "no such supplier")
        #expect(record.endedAt == start)
    }

    @Test("A snoozed job comes back after the wait with its attempts untouched")
    func snoozed() async throws {
        let job = try await claimed()
        #expect(job.attempt == 1)
        #expect(try await queue.settle(job, Settlement(.snooze(.seconds(5)))))
        let worker = try await queue.register()
        #expect(try await queue.claim(as: worker, at: start + .seconds(4)).isEmpty)
        #expect(try await queue.claim(as: worker, at: start + .seconds(5)).first?.attempt == 1)
    }

    @Test("A failed job comes back after the wait for its next attempt")
    func retried() async throws {
        let job = try await claimed()
        #expect(try await queue.settle(job, .retry(after: .seconds(10), reason: "no answer")))
        #expect(try await queue.ledger().show(job.id)?.reason == "no answer")
        let worker = try await queue.register()
        #expect(try await queue.claim(as: worker, at: start + .seconds(9)).isEmpty)
        #expect(try await queue.claim(as: worker, at: start + .seconds(10)).first?.attempt == 2)
    }

    @Test("A returned job is there again at once, with its attempts untouched and its place kept")
    func returned() async throws {
        let job = try await claimed()
        try await queue.leave(Note(number: 2))
        #expect(try await queue.settle(job, .returned))
        let worker = try await queue.register()
        let again = try await queue.claim(as: worker, limit: 1).first
        #expect(again?.id == job.id)
        #expect(again?.attempt == 1)
        #expect(again?.token != job.token)
    }

    @Test("A worker whose job was taken over cannot commit anything", arguments: [nil, "ticket:1"])
    func fencing(key: String?) async throws {
        let frozen = try await claimed(key: key)
        let after = start + TestQueue.lease + .seconds(1)
        #expect(try await queue.rescue(at: after).returned == 1)
        let second = try await queue.register(at: after)
        let taken = try #require(try await queue.claim(as: second, at: after).first)
        #expect(taken.id == frozen.id)

        // The frozen worker thaws and wants to finish what it began.
        let stale = try await queue.context(of: frozen, at: after)
        await #expect(throws: LeaseLost(id: frozen.id)) {
            try await stale.complete { try await $0.run("insert into effect (word) values ('stale')") }
        }
        for settlement in [Settlement(.dead(because: "x")), .returned, .retry(after: .zero, reason: "x")] {
            #expect(try await queue.settle(frozen, settlement, at: after) == false)
        }
        let fresh = try await queue.context(of: taken, at: after)
        try await fresh.complete { try await $0.run("insert into effect (word) values ('fresh')") }
        #expect(try await queue.database.all("select word from effect", as: String.self) == ["fresh"])
        #expect(try await history().map(\.0) == ["done"])
    }

    @Test("What a handler writes and the end of its job are one: a failure afterwards undoes both")
    func atomicity() async throws {
        struct Afterwards: Error {}
        let job = try await claimed()
        let context = try await queue.context(of: job)
        await #expect(throws: Afterwards.self) {
            try await queue.database.transaction { transaction in
                try await transaction.run("insert into effect (word) values ('x')")
                try await context.complete(in: transaction)
                throw Afterwards()
            }
        }
        #expect(try await queue.states() == ["running"])
        #expect(try await queue.database.first("select count(*) from effect", as: Int.self) == 0)
        try await context.complete { try await $0.run("insert into effect (word) values ('y')") }
        #expect(try await queue.states() == [])
    }

    @Test("A job can be left by the transaction that finishes another, in the same key too")
    func chain() async throws {
        let job = try await claimed(key: "ticket:1")
        let context = try await queue.context(of: job)
        try await context.complete { transaction in
            try await transaction.enqueue(Note(number: 2), key: "ticket:1", now: start)
        }
        #expect(try await queue.states() == ["ready"])
    }
}
