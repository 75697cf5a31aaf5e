import Moments
import Postgres
import PostgresTestSupport
import Runtime
import SeedTestSupport
import TallyTestSupport
import Testing

@testable import Jobs

@Suite("Groups of jobs with limits", .database(template: .queue), .timeLimit(.minutes(5)))
struct LimitTests {
    private let queue: TestQueue
    private let start = TestQueue.start

    init() throws {
        queue = try TestQueue()
    }

    private func leave(_ count: Int, group: String?, site: String? = nil) async throws {
        let start = start
        _ = try await queue.database.transaction { transaction in
            try await transaction.enqueue(
                contentsOf: (1...count).map { Note(number: $0, text: group) }, site: site, group: group, now: start)
        }
    }

    /// Claims what is limited, or what is not.
    private static func claim(
        in queue: TestQueue, limit: Int, isLimited: Bool = true, at now: Moment
    ) async throws -> [ClaimedJob] {
        let lanes = LaneDirectory(sites: nil)
        try await lanes.refresh(from: queue.database)
        let claim = queue.claim(
            as: try await queue.register(at: now), limit: limit, at: now,
            lanes: lanes.lanes(of: "notes", isLimited: isLimited))
        let statements = [.alongIndexes] + (isLimited ? claim.limited : [claim.statement])
        return try await queue.database.pipeline(statements).last?.rows(of: ClaimedJob.self) ?? []
    }

    private func claim(_ limit: Int = 10, isLimited: Bool = true, at now: Moment = TestQueue.start) async throws
        -> [ClaimedJob]
    {
        try await Self.claim(in: queue, limit: limit, isLimited: isLimited, at: now)
    }

    private func groups(_ jobs: [ClaimedJob]) throws -> [String] {
        try jobs.map { try Note(arguments: $0.arguments).text ?? "" }.sorted()
    }

    @Test("No more run at a time than the limit says, over all sites; others are not held up by them")
    func atOnce() async throws {
        try await queue.ledger().limit("notes", group: "acme", atOnce: 2)
        try await leave(3, group: "acme", site: "OSL")
        try await leave(3, group: "acme")
        try await leave(2, group: "other")
        try await leave(2, group: nil)
        let first = try await claim()
        #expect(try groups(first) == ["acme", "acme"])
        #expect(try await claim().isEmpty)
        #expect(try groups(try await claim(isLimited: false)) == ["", "", "other", "other"])
        try await queue.settle(first[0], .finished(.done, reason: nil))
        #expect(try await claim().count == 1)
        try await queue.settle(first[1], .retry(after: .seconds(60), reason: "x"))
        #expect(try await claim().count == 1)
        #expect(try await queue.ledger().endLimit("notes", group: "acme"))
        #expect(try await claim(isLimited: false).count == 2)
    }

    @Test("What has one limit takes turns with what has another, and the one that is full has no part")
    func turns() async throws {
        for group in ["acme", "bolt", "full"] {
            try await queue.ledger().limit("notes", group: group, atOnce: group == "full" ? 1 : 100)
        }
        try await leave(1, group: "full")
        #expect(try await claim().count == 1)
        for group in ["full", "acme", "bolt"] { try await leave(9, group: group) }
        #expect(try groups(try await claim(6)) == ["acme", "acme", "acme", "bolt", "bolt", "bolt"])
    }

    @Test("No more are begun in any span than the rate says, whether they have ended or not")
    func rate() async throws {
        try await queue.ledger().limit("notes", group: "acme", atOnce: 3, rate: (4, .seconds(10)))
        try await leave(20, group: "acme")
        var begun: [Moment] = []
        for step in 0..<60 {
            let now = start + .milliseconds(500 * step)
            for job in try await claim(at: now) {
                begun.append(now)
                try await queue.settle(job, .finished(.done, reason: nil), at: now)
            }
        }
        for moment in begun {
            #expect(begun.count { $0 > moment - .seconds(10) && $0 <= moment } <= 4)
        }
        #expect(begun.count == 12)
        #expect(try await queue.database.first("select count(*) from jobs.start", as: Int.self) ?? 0 <= 8)
    }

    @Test("A worker that is lost gives its places back with its jobs")
    func lost() async throws {
        try await queue.ledger().limit("notes", group: "acme", atOnce: 2)
        try await leave(4, group: "acme")
        #expect(try await claim().count == 2)
        let after = start + TestQueue.lease
        #expect(try await claim(at: after).isEmpty)
        #expect(try await queue.rescue(at: after).returned == 2)
        #expect(try await claim(at: after).count == 2)
    }

    @Test("A job that was cancelled keeps its place until its worker has cut it short")
    func cancelled() async throws {
        try await queue.ledger().limit("notes", group: "acme", atOnce: 1)
        try await leave(2, group: "acme")
        let job = try #require(try await claim().first)
        #expect(try await queue.ledger().cancel(job.id, because: "x") == false)
        #expect(try await claim().isEmpty)
        #expect(try await queue.rescue(at: start + TestQueue.lease).cancelled == 1)
        #expect(try await claim(at: start + TestQueue.lease).count == 1)
    }

    @Test(
        "Whoever claims and however many at once, the limit is kept to the last job",
        arguments: (1...2).map { Seed($0) })
    func race(seed: Seed) async throws {
        let (queue, start, most) = (queue, start, 3)
        try await queue.ledger().limit("notes", group: "acme", atOnce: most)
        try await leave(60, group: "acme")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for place in 0..<4 {
                var random = Seed(seed.number * 100 + UInt64(place))
                group.addTask {
                    while try await !queue.states().isEmpty {
                        let jobs = try await Self.claim(
                            in: queue, limit: Int.random(in: 1...5, using: &random), at: start)
                        let running = try await queue.states().count { $0 == "running" }
                        #expect(running <= most, "\(seed)")
                        for job in jobs { try await queue.settle(job, .finished(.done, reason: nil)) }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await queue.database.first("select count(*) from jobs.finished", as: Int.self) == 60)
    }

    @Test("A worker goes on with everything else while a group is at its limit, and with that when there is room")
    func worker() async throws {
        let (bench, told, gate) = (try TestWorker(), Tally<String>(), StopSignal())
        let handler = JobHandler(for: Note.self) { note, context in
            told.note("\(context.queue) \(context.group ?? "") begins")
            if context.group == "acme" { await gate.wait() }
            told.note("\(context.group ?? "") ends")
            return .done
        }
        try await JobLedger(bench.database).limit("notes", group: "acme", atOnce: 1)
        for group in ["acme", "acme", "acme", nil, nil] {
            try await bench.database.transaction { _ = try await $0.enqueue(Note(number: 1), group: group) }
        }
        try await bench.run([handler], configure: { $0.concurrency = 2 }) {
            while bench.count("done") < 2 { await Task.yield() }
            #expect(told.elements.filter { $0 == "notes acme begins" }.count <= 1)
            gate.raise()
            while bench.count("done") < 5 { await Task.yield() }
        }
        let ofGroup = told.elements.filter { $0.contains("acme") }
        #expect(ofGroup == Array(repeating: ["notes acme begins", "acme ends"], count: 3).flatMap { $0 })
    }

    @Test("Groups are listed and paused with their queue, and alone")
    func names() async throws {
        let ledger = queue.ledger()
        try await ledger.limit("notes", group: "acme", atOnce: 2, rate: (5, .seconds(60)))
        try await leave(1, group: "acme")
        #expect(try await ledger.limits().map(\.queue) == ["notes/acme"])
        #expect(try await ledger.limits().map(\.span) == [.seconds(60)])
        #expect(try await ledger.list(.ready, queue: "notes").jobs.count == 1)
        #expect(try await ledger.list(.ready, queue: "notes/acme").jobs.map(\.queue) == ["notes/acme"])
        for name in ["notes", "notes/acme"] as [JobQueue] {
            try await ledger.pause(queue: name)
            #expect(try await claim().isEmpty)
            try await ledger.resume(queue: name)
        }
        #expect(try await claim().count == 1)
        #expect(try await ledger.endLimit("notes") == false)
    }
}
