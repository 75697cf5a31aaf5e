import Moments
import Postgres
import PostgresTestSupport
import Testing

@testable import Jobs

@Suite("Workers are told", .database(template: .queue), .timeLimit(.minutes(5)))
struct WakeUpTests {
    private let queue: TestQueue
    private let start = TestQueue.start

    init() throws { queue = try TestQueue() }

    /// The lanes that were told of while `body` ran, as queue and site.
    private func woken(by body: () async throws -> Void) async throws -> [String] {
        let database = queue.database
        // Of what was done before nobody is told any more.
        await database.untilTold()
        var events = database.notifications(on: wakeUpChannel).makeAsyncIterator()
        #expect(await events.next() == .connected)
        try await body()
        await database.untilTold()
        try await database.run("select pg_notify(\(wakeUpChannel), 'end')")
        var lanes: [Int32] = []
        while case .notification(_, let payload) = await events.next(), payload != "end" {
            lanes.append(try #require(Int32(payload)))
        }
        let directory = LaneDirectory(sites: nil)
        try await directory.refresh(from: database)
        return lanes.compactMap(directory.lane).map { "\($0.queue.rawValue) \($0.site ?? "-")" }.sorted()
    }

    private func claimed(by worker: WorkerID? = nil) async throws -> ClaimedJob {
        let someone = try await queue.register()
        return try #require(try await queue.claim(as: worker ?? someone).first)
    }

    @Test("of jobs that can be run at once, each lane once")
    func left() async throws {
        let lanes = try await woken {
            try await queue.database.transaction { transaction in
                for number in 1...3 { try transaction.enqueueLater(Note(number: number), site: "OSL") }
                try transaction.enqueueLater(contentsOf: Array(repeating: Hurry(), count: 100))
                try await transaction.enqueue(contentsOf: (4...100).map { Note(number: $0) }, now: start)
                try await transaction.enqueue(Memo(number: 1), site: "AMS")
            }
        }
        #expect(lanes == ["hurry -", "notes -", "notes AMS", "notes OSL"])
    }

    @Test("not of one that is scheduled, stands behind another of its key, or has a twin")
    func leftForLater() async throws {
        let first = try await woken {
            try await queue.leave(Note(number: 1), at: start + .seconds(1))
            try await queue.leave(Note(number: 2), at: start, key: "a", unique: "b")
        }
        #expect(first == ["notes -"])
        let others = try await woken {
            try await queue.leave(Note(number: 3), key: "a")
            try await queue.leave(Note(number: 4), unique: "b")
        }
        #expect(others == [])
    }

    @Test("of a job that comes forward when the one before it of its key has ended, or has left the queue")
    func promoted() async throws {
        for number in 1...3 { try await queue.leave(Note(number: number), key: "a") }
        let job = try await claimed()
        let ended = try await woken {
            try await queue.context(of: job).complete { _ in }
        }
        #expect(ended == ["notes -"])
        let second = try #require(try await queue.database.first("select min(id) from jobs.job", as: JobID.self))
        #expect(try await woken { try await queue.ledger().cancel(second, because: "enough") } == ["notes -"])
        let last = try await claimed()
        #expect(try await woken { try await queue.settle(last, .finished(.done, reason: nil)) } == [])
    }

    @Test("of jobs that are given back, taken from a lost worker, or tried again on demand")
    func returned() async throws {
        let id = try #require(try await queue.leave(Note(number: 1), site: "OSL"))
        let job = try await claimed()
        #expect(try await woken { try await queue.settle(job, .returned) } == ["notes OSL"])
        let worker = try await queue.register()
        let token: SQL = .giveBack(token: try await claimed(by: worker).token, of: worker)
        #expect(try await woken { try await queue.database.run(token) } == ["notes OSL"])
        _ = try await claimed()
        let after = start + TestQueue.lease
        #expect(try await woken { _ = try await queue.rescue(at: after) } == ["notes OSL"])
        #expect(try await woken { try await queue.ledger(at: after).retry(id) } == ["notes OSL"])
    }
}
