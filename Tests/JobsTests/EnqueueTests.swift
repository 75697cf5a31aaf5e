import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@testable import Jobs

@Suite("Leaving jobs", .database(template: .queue), .timeLimit(.minutes(5)))
struct EnqueueTests {
    private let queue: TestQueue

    init() throws {
        queue = try TestQueue()
    }

    private struct Undone: Error {}

    @Test("A job exists if its transaction commits, and only then")
    func followsTransaction() async throws {
        await #expect(throws: Undone.self) {
            try await queue.database.transaction { transaction in
                try await transaction.enqueue(Note(number: 1))
                throw Undone()
            }
        }
        #expect(try await queue.states() == [])
        let id = try await queue.leave(Note(number: 2))
        let worker = try await queue.register()
        let claimed = try await queue.claim(as: worker)
        #expect(claimed.map(\.id) == [id])
        #expect(try Note(arguments: claimed[0].arguments).number == 2)
    }

    @Test(
        "Arguments come back as they were left, whatever is in them",
        arguments: ["", "a\u{0}b", "\"\\\n", "日本🎌", "\u{feff}"])
    func arguments(text: String) async throws {
        try await queue.leave(Note(number: 1, text: text))
        let claimed = try await queue.claim(as: try await queue.register())
        #expect(try Note(arguments: claimed[0].arguments).text == text)
    }

    @Test("Arguments beyond the limit are refused, with a hint where they belong")
    func tooLong() async throws {
        let text = String(repeating: "x", count: ArgumentsTooLong.limit)
        let error = await #expect(throws: ArgumentsTooLong.self) { try await queue.leave(Note(number: 1, text: text)) }
        #expect(error?.description.contains("table") == true)
    }

    @Test("Of unique jobs one is kept until it is finished")
    func unique() async throws {
        let first = try await queue.leave(Note(number: 1), unique: "a")
        #expect(first != nil)
        #expect(try await queue.leave(Note(number: 2), unique: "a") == nil)
        #expect(try await queue.leave(Note(number: 3), unique: "b") != nil)
        #expect(try await queue.leave(Memo(number: 4), unique: "a") != nil)
        let worker = try await queue.register()
        let claimed = try await queue.claim(as: worker).first { $0.id == first }
        #expect(try await queue.leave(Note(number: 5), unique: "a") == nil)
        #expect(try await queue.settle(try #require(claimed), .finished(.done, reason: nil)))
        #expect(try await queue.leave(Note(number: 6), unique: "a") != nil)
    }

    @Test(
        "Of two that leave a unique job at once, the later waits and learns whether the earlier was kept",
        arguments: [true, false])
    func uniqueRace(isKept: Bool) async throws {
        let database = queue.database
        let id: JobID? = try await withThrowingTaskGroup(of: JobID?.self) { group in
            let (opened, opener) = AsyncStream.makeStream(of: Void.self)
            let (closing, closer) = AsyncStream.makeStream(of: Void.self)
            group.addTask {
                try? await database.transaction { transaction in
                    try await transaction.enqueue(Note(number: 1), unique: "a")
                    opener.yield()
                    for await _ in closing { break }
                    if !isKept { throw Undone() }
                }
                return nil
            }
            for await _ in opened { break }
            group.addTask { try await TestQueue(database: database).leave(Note(number: 2), unique: "a") }
            try await queue.untilSomebodyWaits()
            closer.yield()
            var found: JobID?
            for try await id in group { found = id ?? found }
            return found
        }
        #expect((id == nil) == isKept)
        #expect(try await queue.states() == ["ready"])
    }

    @Test("A scheduled job waits for its moment")
    func scheduled() async throws {
        let due = TestQueue.start + .seconds(100)
        try await queue.leave(Note(number: 1), at: due)
        let worker = try await queue.register(at: due)
        #expect(try await queue.claim(as: worker, at: due - .microseconds(1)).isEmpty)
        #expect(try await queue.claim(as: worker, at: due).count == 1)
    }

    @Test("Many jobs are left in one statement, and get ascending numbers")
    func many() async throws {
        let ids = try await queue.database.transaction { transaction in
            try await transaction.enqueue(contentsOf: (1...500).map { Note(number: $0) }, now: TestQueue.start)
        }
        #expect(ids.count == 500)
        #expect(ids == ids.sorted())
        let none = try await queue.database.transaction { try await $0.enqueue(contentsOf: [Note]()) }
        #expect(none.isEmpty)
        let claimed = try await queue.claim(as: try await queue.register(), limit: 1000)
        #expect(try claimed.map { try Note(arguments: $0.arguments).number }.sorted() == Array(1...500))
    }

    @Test("A job keeps the request and the trace in which it was left")
    func context() async throws {
        let trace = TraceContext()
        try await Log.Context.with(Log.Context(requestID: "r-7", trace: trace)) {
            _ = try await queue.leave(Note(number: 1))
        }
        let claimed = try await queue.claim(as: try await queue.register())
        #expect(claimed.first?.requestID == "r-7")
        #expect(claimed.first?.traceparent == trace.traceparent)
    }
}
