import Moments
import Postgres
import PostgresTestSupport
import Testing

@testable import Jobs

@Suite("The ledger of jobs", .database(template: .queue), .timeLimit(.minutes(5)))
struct JobLedgerTests {
    private let queue: TestQueue
    private let start = TestQueue.start

    init() throws {
        queue = try TestQueue()
    }

    private func fill() async throws -> WorkerID {
        for number in 1...5 { try await queue.leave(Note(number: number), at: start - .seconds(number), site: "OSL") }
        for number in 6...8 { try await queue.leave(Note(number: number), at: start + .seconds(60), site: "OSL") }
        for number in 9...11 { try await queue.leave(Note(number: number), site: "AMS", key: "a") }
        let worker = try await queue.register()
        let claimed = try await queue.claim(as: worker, limit: 2, sites: ["AMS"])
        #expect(claimed.count == 1)
        return worker
    }

    @Test("Each lane is told in numbers, which stop at the bound")
    func stats() async throws {
        let worker = try await fill()
        let dead = try #require(try await queue.claim(as: worker, limit: 1, sites: ["OSL"]).first)
        try await queue.settle(dead, .dead(reason: "x"))
        let stats = try await queue.ledger().stats()
        #expect(stats.map(\.site) == ["AMS", "OSL"])
        #expect(stats.map(\.waiting) == [0, 4])
        #expect(stats.map(\.scheduled) == [0, 3])
        #expect(stats.map(\.behind) == [2, 0])
        #expect(stats.map(\.running) == [1, 0])
        #expect(stats.map(\.dead) == [0, 1])
        #expect(stats.map(\.oldestDue) == [nil, start - .seconds(4)])
        #expect(stats.map(\.oldestAge) == [.zero, .seconds(4)])
        let bounded = try await queue.ledger().stats(bound: 2)
        #expect(bounded.map(\.waiting) == [0, 2])
        #expect(bounded.map(\.scheduled) == [0, 2])
        #expect(try await queue.ledger().waits().map(\.age).sorted() == [.zero, .seconds(4)])
    }

    @Test("A backlog is what was left before an instant and has not ended, due or put off, up to the bound")
    func backlog() async throws {
        let ledger = queue.ledger()
        for age in 1...4 {
            let moment = start - .seconds(age * 60)
            try await queue.leave(Note(number: age), at: start + .seconds(age), site: "OSL", now: moment)
        }
        try await queue.leave(Note(number: 5), site: nil, now: start - .seconds(300))
        let all = try #require(try await ledger.backlog(of: "notes", before: start - .seconds(90)))
        #expect(all == JobBacklog(count: 4, since: start - .seconds(300), isBounded: false))
        #expect(try await ledger.backlog(of: "notes", before: start - .seconds(90), bound: 2)?.isBounded == true)
        #expect(try await ledger.backlog(of: "notes", before: start - .seconds(301)) == nil)
        #expect(try await ledger.backlog(of: "hurry", before: start) == nil)
    }

    @Test("Lists are told page by page, each job once", arguments: JobState.allCases)
    func pages(state: JobState) async throws {
        let worker = try await fill()
        for number in 20..<26 {
            try await queue.leave(Note(number: number), site: ["OSL", nil][number % 2], priority: .urgent)
        }
        for (number, job) in try await queue.claim(as: worker, limit: 7).enumerated() {
            let settlements: [Settlement] = [
                .dead(reason: "x"), .finished(.done, reason: nil), .finished(.discarded, reason: "x"),
                .dead(reason: "y"),
            ]
            if number < 4 { try await queue.settle(job, settlements[number]) }
        }
        let ledger = queue.ledger()
        let whole = try await ledger.list(state, limit: 100)
        #expect(whole.next == nil)
        #expect(whole.jobs.allSatisfy { $0.state == state })
        #expect(state == .cancelled || state == .expired || !whole.jobs.isEmpty)
        var (pages, cursor): ([JobRecord], JobCursor?) = ([], nil)
        repeat {
            let page = try await ledger.list(state, after: cursor, limit: 1)
            pages += page.jobs
            cursor = page.next.flatMap { JobCursor(rawValue: $0.rawValue) }
        } while cursor != nil
        #expect(pages == whole.jobs)
        let oslo = try await ledger.list(state, queue: "notes", site: "OSL", limit: 100).jobs
        #expect(oslo == whole.jobs.filter { $0.site == "OSL" })
        #expect(try await ledger.list(state, queue: "other").jobs.isEmpty)
    }

    @Test("A job is shown with its worker and arguments while it is in the queue, and from its history afterwards")
    func show() async throws {
        let id = try #require(try await queue.leave(Note(number: 7), key: "a"))
        let worker = try await queue.register()
        let job = try #require(try await queue.claim(as: worker).first)
        let running = try #require(try await queue.ledger().show(id))
        #expect(running.state == .running)
        #expect(running.worker == "test")
        #expect(running.arguments == #"{"number":7}"#)
        try await queue.settle(job, .finished(.done, reason: nil))
        let done = try #require(try await queue.ledger().show(id))
        #expect(done.state == .done)
        #expect(done.endedAt == start)
        #expect(done.arguments == nil)
        #expect(try await queue.ledger().show(JobID(rawValue: 999)) == nil)
        #expect(try await queue.ledger().workers().map(\.name) == ["test"])
    }

    @Test("A dead job is tried again from its first attempt; one that waits, at once")
    func retry() async throws {
        let id = try #require(try await queue.leave(Note(number: 1), key: "a"))
        let worker = try await queue.register()
        let job = try #require(try await queue.claim(as: worker).first)
        try await queue.settle(job, .retry(after: .seconds(1000), reason: "x"))
        try await queue.ledger().retry(id)
        let again = try #require(try await queue.claim(as: worker).first)
        #expect(again.attempt == 2)
        try await queue.settle(again, .dead(reason: "x"))
        try await queue.ledger().retry(id)
        let revived = try #require(try await queue.claim(as: worker).first)
        #expect(revived.attempt == 1)
        #expect(revived.mustTakeTurn)
    }

    @Test("All dead jobs of a queue or kind are tried again, but for those with an unfinished twin")
    func retryDead() async throws {
        let worker = try await queue.register()
        for number in 1...3 { try await queue.leave(Note(number: number), unique: "\(number)") }
        try await queue.leave(Memo(number: 4))
        for job in try await queue.claim(as: worker) { try await queue.settle(job, .dead(reason: "x")) }
        try await queue.leave(Note(number: 1), unique: "1")
        let ledger = queue.ledger()
        #expect(try await ledger.retryDead(queue: "other") == 0)
        #expect(try await ledger.retryDead(queue: "notes", kind: Note.kind) == 2)
        #expect(try await ledger.retryDead() == 1)
        #expect(try await queue.states() == ["dead", "ready", "ready", "ready", "ready"])
    }

    @Test("A wish that cannot be granted is refused with the reason")
    func refusals() async throws {
        let ledger = queue.ledger()
        let unknown = JobID(rawValue: 999)
        await #expect(throws: JobRefusal.unknown(unknown)) { try await ledger.retry(unknown) }
        let first = try #require(try await queue.leave(Note(number: 1), key: "a"))
        let second = try #require(try await queue.leave(Note(number: 2), key: "a"))
        let worker = try await queue.register()
        let job = try #require(try await queue.claim(as: worker).first)
        await #expect(throws: JobRefusal.running(first)) { try await ledger.retry(first) }
        await #expect(throws: JobRefusal.behind(second)) { try await ledger.retry(second) }
        try await queue.settle(job, .finished(.done, reason: nil))
        await #expect(throws: JobRefusal.ended(first, .done)) { try await ledger.retry(first) }
    }

    @Test("A cancelled job leaves the queue, and the next of its key comes forward")
    func cancel() async throws {
        let first = try #require(try await queue.leave(Note(number: 1), key: "a"))
        try await queue.leave(Note(number: 2), key: "a")
        let alone = try #require(try await queue.leave(Note(number: 3)))
        try await queue.ledger().cancel(first, because: "the ticket is closed")
        try await queue.ledger().cancel(alone, because: "the ticket is closed")
        #expect(try await queue.states() == ["ready"])
        let record = try #require(try await queue.ledger().show(first))
        #expect(record.state == .cancelled)
        #expect(record.reason == "the ticket is closed")
    }
}
