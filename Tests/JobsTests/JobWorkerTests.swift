import Moments
import Postgres
import PostgresTestSupport
import Runtime
import TallyTestSupport
import Testing

@testable import Jobs

@Suite("Workers", .database(template: .queue), .timeLimit(.minutes(5)))
struct JobWorkerTests {
    private let bench: TestWorker
    private let handled = Tally<Int>()

    init() throws {
        bench = try TestWorker()
    }

    private var noting: JobHandler {
        let handled = handled
        return JobHandler(for: Note.self) { note, _ in
            handled.note(note.number)
            return .done
        }
    }

    private func states() async throws -> [String] {
        try await TestQueue().states()
    }

    @Test("Four workers run 2,000 jobs, each once")
    func drain() async throws {
        let count = 2000
        try await bench.database.transaction { transaction in
            _ = try await transaction.enqueue(contentsOf: (1...count).map { Note(number: $0) })
        }
        let handled = handled
        let effect = JobHandler(
            for: Note.self,
            inTransaction: { note, context, transaction in
                try await transaction.run("insert into effect (job, number) values (\(context.id), \(note.number))")
                handled.note(note.number)
                return .done
            })
        try await bench.run([effect], workers: 4, configure: { $0.concurrency = 8 }) {
            await handled.reaches(count)
        }
        let numbers = try await bench.database.all("select number from effect order by number", as: Int.self)
        #expect(numbers == Array(1...count))
        #expect(try await states() == [])
        #expect(bench.count("done") == count)
        #expect(try await bench.database.first("select count(*) from jobs.worker", as: Int.self) == 0)
    }

    @Test("A notification wakes a worker that would look again in an hour")
    func wakeUp() async throws {
        try await bench.run([noting], configure: { $0.pollInterval = .seconds(3600) }) {
            // The first may be found at the start; each further one is told.
            for number in 1...5 {
                try await bench.leave(Note(number: number))
                await handled.reaches(number)
            }
        }
        #expect(handled.elements == [1, 2, 3, 4, 5])
    }

    @Test("A job nobody told of is found by looking, in a new lane too")
    func poll() async throws {
        try await bench.run([noting]) {
            try await bench.leave(Note(number: 1))
            await handled.reaches(1)
            try await bench.database.run(
                script: """
                    insert into jobs.job (lane, kind, arguments, priority, state, due, attempts_allowed, enqueued_at)
                    values (jobs.lane('notes', 'OSL'), 'test.note', '{"number": 2}', 1, 'ready', now(), 3, now())
                    """)
            while handled.elements.count < 2 {
                bench.time.advance(by: .seconds(2))
                await Task.yield()
            }
        }
        #expect(handled.elements == [1, 2])
    }

    @Test("A worker serves its sites, its queues and jobs of no site")
    func sites() async throws {
        try await bench.leave(Note(number: 1), site: "AMS")
        try await bench.leave(Note(number: 2), site: "OSL")
        try await bench.leave(Note(number: 3))
        try await bench.run([noting], configure: { $0.sites = ["OSL"] }) { await handled.reaches(2) }
        #expect(handled.elements.sorted() == [2, 3])
        let other = try TestWorker()
        try await other.run([noting], configure: { $0.queues = ["other"] }) {}
        #expect(try await states() == ["ready"])
    }

    @Test("A job that cannot be read is given up with the reason, and the others go on")
    func undecodable() async throws {
        try await bench.database.run(
            script: """
                insert into jobs.job (lane, kind, arguments, priority, state, due, attempts_allowed, enqueued_at)
                select jobs.lane('notes', ''), 'test.note', arguments::json, 1, 'ready', now(), 3, now()
                from unnest(array['{"number": "seven"}', '{}', '[]', '7', '{"number": 1}']) as arguments
                """)
        try await bench.run([noting]) {
            await handled.reaches(1)
            while bench.count("dead") < 4 { await Task.yield() }
        }
        let reasons = try await bench.database.all("select reason from jobs.job where state = 'dead'", as: String.self)
        #expect(reasons.count == 4)
        #expect(reasons.allSatisfy { $0.hasPrefix("the arguments cannot be read: /") }, "\(reasons)")
        #expect(reasons.contains { $0.contains("/number is missing") })
    }

    @Test("A failure is tried again under the policy, and given up after the last attempt")
    func failures() async throws {
        struct Refusal: Error {}
        let handled = handled
        let failing = JobHandler(for: Memo.self) { memo, context in
            handled.note(context.attempt)
            #expect(context.isLastAttempt == (context.attempt == 3))
            throw Refusal()
        }
        try await bench.leave(Memo(number: 1))
        try await bench.run([failing]) {
            await handled.reaches(3)
            while bench.count("dead", kind: Memo.kind) < 1 { await Task.yield() }
        }
        #expect(handled.elements == [1, 2, 3])
        #expect(bench.count("retried", kind: Memo.kind) == 2)
        #expect(try await bench.database.first("select reason from jobs.job", as: String.self) == "Refusal()")
    }

    @Test("A job with which a worker was lost begins when that has been written down, and not if it is another's")
    func suspect() async throws {
        let (database, handled) = (bench.database, handled)
        let handler = JobHandler(for: Note.self) { note, context in
            let isKnown = try await database.first(
                "select begun = token from jobs.job where id = \(context.id)", as: Bool?.self)
            handled.note(isKnown == true ? note.number : 0)
            return .done
        }
        try await bench.leave(Note(number: 7))
        try await database.run("update jobs.job set begun = 0")
        try await bench.run([handler]) { await handled.reaches(1) }
        #expect(handled.elements == [7])
        #expect(try await states() == [])
    }

    @Test("A handler that takes too long is cancelled, and its attempt has failed")
    func timeout() async throws {
        let handled = handled
        let slow = JobHandler(for: Hurry.self) { _, _ in
            handled.note(1)
            while !Task.isCancelled { await Task.yield() }
            return .done
        }
        try await bench.leave(Hurry())
        try await bench.run([slow]) {
            await handled.reaches(1)
            await bench.time.untilAsleep(4)
            bench.time.advance(by: .milliseconds(2))
            while bench.count("dead", kind: Hurry.kind) < 1 { await Task.yield() }
        }
        let reason = try await bench.database.first("select reason from jobs.job", as: String.self)
        #expect(reason?.hasPrefix("the handler took longer") == true)
    }

    @Test("The request and the trace of a job are there when it is handled")
    func logContext() async throws {
        let trace = TraceContext()
        let contexts = Tally<Log.Context?>()
        let handler = JobHandler(for: Note.self) { _, _ in
            contexts.note(Log.Context.current)
            return .done
        }
        try await Log.Context.with(Log.Context(requestID: "r-9", trace: trace)) {
            try await bench.leave(Note(number: 1))
        }
        try await bench.run([handler]) { await contexts.reaches(1) }
        let found = contexts.elements[0]
        #expect(found?.requestID == "r-9")
        #expect(found?.trace?.traceID == trace.traceID)
        #expect(found?.trace?.spanID != trace.spanID)
    }

    @Test("A handler that settled in a transaction of its own is not settled again")
    func entrusted() async throws {
        let database = bench.database
        let handled = handled
        let handler = JobHandler(for: Note.self) { note, context in
            try await database.transaction { transaction in
                try await transaction.run("insert into effect (number) values (\(note.number))")
                try await context.complete(in: transaction, as: .discard(because: "enough"))
            }
            handled.note(note.number)
            return .discard(because: "enough")
        }
        try await bench.leave(Note(number: 1), Note(number: 2))
        try await bench.run([handler]) { await handled.reaches(2) }
        #expect(try await states() == [])
        #expect(bench.count("lost") == 0)
        #expect(try await database.all("select distinct outcome from jobs.finished", as: String.self) == ["discarded"])
    }

    @Test("A scheduled job with a key takes its turn and runs, with its first attempt")
    func scheduledKey() async throws {
        let attempts = Tally<Int>()
        let handler = JobHandler(for: Note.self) { _, context in
            attempts.note(context.attempt)
            return .done
        }
        try await bench.leave(Note(number: 1), key: "a")
        try await bench.database.run("update jobs.job set turn = null")
        try await bench.run([handler]) { await attempts.reaches(1) }
        #expect(attempts.elements == [1])
        #expect(try await states() == [])
    }
}
