import Moments
import Postgres
import PostgresTestSupport
import Testing

@testable import Jobs

@Suite("Where a worker begins to look for jobs", .database(template: .queue), .timeLimit(.minutes(5)))
struct ClaimMarksTests {
    private let queue: TestQueue
    private let start = TestQueue.start
    private let heavy = ClaimMarks.light * 10
    private let begun = ContinuousClock.now

    init() throws { queue = try TestQueue() }

    /// Claims as a worker with these marks does that looks for so long.
    private func claim(
        _ marks: inout ClaimMarks, as worker: WorkerID, limit: Int = 10, at now: Moment, after wait: Duration,
        scan: Duration
    ) async throws -> [Int] {
        var claim = queue.claim(as: worker, limit: limit, at: now, lanes: try await queue.lanes())
        claim.since = marks.since(claim.places, at: begun + wait)
        let claimed = try await queue.database.pipeline(claim.statements)[1].rows(of: ClaimedJob.self)
        marks.note(claim, claimed: claimed, scan: scan, at: begun + wait)
        return try claimed.map { try Note(arguments: $0.arguments).number }.sorted()
    }

    @Test("is the beginning, for as long as a look from there is a light one")
    func light() async throws {
        var marks = ClaimMarks()
        let worker = try await queue.register()
        try await queue.leave(Note(number: 1), now: start + .seconds(10))
        #expect(
            try await claim(&marks, as: worker, at: start + .seconds(10), after: .zero, scan: ClaimMarks.light) == [1])
        try await queue.leave(Note(number: 2), now: start)
        #expect(
            try await claim(&marks, as: worker, at: start + .seconds(10), after: .zero, scan: ClaimMarks.light) == [2])
    }

    @Test("is where the last one saw everything, until a look from the beginning is due, which finds the others")
    func heavyScan() async throws {
        var marks = ClaimMarks()
        let worker = try await queue.register()
        let now = start + .seconds(10)
        try await queue.leave(Note(number: 1), now: now)
        #expect(try await claim(&marks, as: worker, at: now, after: .zero, scan: heavy) == [1])
        // As a transaction leaves it that took so long to commit: within the slack, and beyond it.
        try await queue.leave(Note(number: 2), now: now - ClaimMarks.slack)
        try await queue.leave(Note(number: 3), now: now - ClaimMarks.slack - .microseconds(1))
        try await queue.leave(Note(number: 4), now: now + .seconds(1))
        let next = heavy * ClaimMarks.share
        let later = now + .seconds(1)
        #expect(try await claim(&marks, as: worker, at: later, after: next - .microseconds(1), scan: .zero) == [2, 4])
        #expect(try await claim(&marks, as: worker, at: later, after: next, scan: .zero) == [3])
        try await queue.leave(Note(number: 5), now: start)
        #expect(try await claim(&marks, as: worker, at: later, after: next, scan: .zero) == [5], "light again")
    }

    @Test("is at the last job taken where there are more, and those of the same instant are not left out")
    func backlog() async throws {
        var marks = ClaimMarks()
        let worker = try await queue.register()
        try await queue.leave(Note(number: 1), now: start)
        for number in 2...4 { try await queue.leave(Note(number: number), now: start + .seconds(1)) }
        try await queue.leave(Memo(number: 5), now: start)
        let now = start + .seconds(5)
        #expect(try await claim(&marks, as: worker, limit: 2, at: now, after: .zero, scan: heavy) == [1, 2])
        #expect(try await claim(&marks, as: worker, limit: 2, at: now, after: .zero, scan: .zero) == [3, 4])
        #expect(try await claim(&marks, as: worker, limit: 2, at: now, after: .zero, scan: .zero) == [5])
    }

    @Test("is never later than what jobs of other sites must have waited for")
    func foreign() async throws {
        var marks = ClaimMarks()
        let worker = try await queue.register()
        try await queue.leave(Note(number: 1), now: start)
        var claim = queue.claim(as: worker, at: start + .seconds(10), lanes: try await queue.lanes())
        claim.waits = claim.lanes.map { _ in .seconds(10) }
        let claimed = try await queue.database.pipeline(claim.statements)[1].rows(of: ClaimedJob.self)
        marks.note(claim, claimed: claimed, scan: heavy, at: begun)
        #expect(Set(marks.since(claim.places, at: begun)) == [start - ClaimMarks.slack])
    }

    @Test("comes back to the beginning within a minute, however heavy that is")
    func longest() async throws {
        var marks = ClaimMarks()
        let worker = try await queue.register()
        try await queue.leave(Note(number: 1), now: start)
        #expect(try await claim(&marks, as: worker, at: start, after: .zero, scan: .seconds(10)) == [1])
        try await queue.leave(Note(number: 2), now: start - .seconds(1))
        #expect(try await claim(&marks, as: worker, at: start, after: .seconds(59), scan: .zero) == [])
        #expect(try await claim(&marks, as: worker, at: start, after: ClaimMarks.longest, scan: .zero) == [2])
    }
}
