import Moments
import Postgres
import PostgresTestSupport
import Runtime
import TallyTestSupport
import Testing

@testable import Jobs

@Suite("Cancelling running jobs", .database(template: .queue), .timeLimit(.minutes(5)))
struct CancelTests {
    private let queue: TestQueue
    private let start = TestQueue.start
    private let after = TestQueue.start + TestQueue.lease

    init() throws {
        queue = try TestQueue()
    }

    private func claimed() async throws -> ClaimedJob {
        try await queue.leave(Note(number: 1), key: "a")
        try await queue.leave(Note(number: 2), key: "a")
        return try #require(try await queue.claim(as: try await queue.register()).first)
    }

    private func history() async throws -> [(JobID, String, String?)] {
        try await queue.database.all(
            "select id, outcome, reason from jobs.finished", as: (JobID, String, String?).self)
    }

    @Test("What a cancelled attempt changes is not committed, and its key waits until the attempt has ended")
    func fenced() async throws {
        let job = try await claimed()
        let context = try await queue.context(of: job)
        #expect(try await queue.ledger().cancel(job.id, because: "the ticket is closed") == false)
        await #expect(throws: LeaseLost(id: job.id)) {
            try await context.complete { try await $0.run("insert into effect (word) values ('stale')") }
        }
        #expect(try await queue.settle(job, .retry(after: .zero, reason: "x")) == false)
        #expect(try await queue.states() == ["running", "behind"])
        await #expect(throws: JobRefusal.running(job.id)) { try await queue.ledger().cancel(job.id, because: "x") }
        await #expect(throws: JobRefusal.running(job.id)) { try await queue.ledger().retry(job.id) }
    }

    @Test("A job that was cancelled and whose worker was lost ends as cancelled, and is not tried again")
    func lost() async throws {
        let job = try await claimed()
        try await queue.ledger().cancel(job.id, because: "the ticket is closed")
        let report = try await queue.rescue(at: after)
        #expect((report.returned, report.cancelled) == (0, 1))
        let history = try await history()
        #expect(history.map(\.0) == [job.id] && history.map(\.1) == ["cancelled"])
        #expect(history.map(\.2) == ["the ticket is closed"])
        #expect(try await queue.states() == ["ready"])
    }

    @Test("A handler is cut short at once, and the next of its key begins when it has ended")
    func cutShort() async throws {
        let (bench, told) = (try TestWorker(), Tally<String>())
        let handler = JobHandler(for: Note.self) { note, _ in
            told.note("\(note.number) begins")
            if note.number == 1 { await StopSignal().wait() }
            told.note("\(note.number) ends")
            return .done
        }
        for number in 1...2 { try await bench.leave(Note(number: number), key: "a") }
        let database = bench.database
        try await bench.run([handler], configure: { $0.pollInterval = .seconds(3600) }) {
            await told.reaches(1)
            let id = try #require(
                try await database.first("select id from jobs.job where state = 'running'", as: JobID.self))
            #expect(try await JobLedger(database).cancel(id, because: "x") == false)
            await told.reaches(4)
        }
        #expect(told.elements == ["1 begins", "1 ends", "2 begins", "2 ends"])
        #expect(bench.count("cancelled") == 1 && bench.count("done") == 1 && bench.count("lost") == 0)
        #expect(try await history().map(\.1).sorted() == ["cancelled", "done"])
    }

    @Test("What is in nobody's hands any more is ended by the next look, whoever was told of it")
    func leftOver() async throws {
        let job = try await claimed()
        try await queue.ledger().cancel(job.id, because: "x")
        let hand = Hand()
        hand.add([job])
        let worker = try #require(
            try await queue.database.first("select id from jobs.worker", as: WorkerID.self))
        let cancellations = JobCancellations(
            worker: worker, hands: [hand], database: queue.database, settings: JobWorkerSettings(name: "test"),
            metrics: JobMetrics(Metrics()), log: .silent)
        try await cancellations.look()
        #expect(hand.isEmpty)
        #expect(try await history().map(\.1) == ["cancelled"])
        #expect(try await queue.states() == ["ready"])
    }
}
