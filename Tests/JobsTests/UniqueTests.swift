import Moments
import Postgres
import PostgresTestSupport
import SeedTestSupport
import Testing

@testable import Jobs

@Suite("Jobs of which there is to be one", .database(template: .queue), .timeLimit(.minutes(5)))
struct UniqueTests {
    private let queue: TestQueue
    private let start = TestQueue.start

    init() throws {
        queue = try TestQueue()
    }

    private static let spans: [JobUnique<Note>.Span] = [.waiting, .unfinished, .period(.seconds(3600))]

    private func leave(
        _ numbers: [Int], for span: JobUnique<Note>.Span, at now: Moment = TestQueue.start, in database: Database? = nil
    ) async throws -> [JobLeaving] {
        try await (database ?? queue.database).transaction { transaction in
            try await transaction.enqueue(
                contentsOf: numbers.map { Note(number: $0) }, unique: .by(for: span) { ["\($0.number)"] }, now: now)
        }
    }

    @Test("Each is answered in its order: left, or which one there is already, also among themselves", arguments: spans)
    func answers(span: JobUnique<Note>.Span) async throws {
        let first = try await leave([7, 3, 7, 5], for: span)
        let ids = first.compactMap(\.id)
        try #require(ids.count == 3)
        #expect(first == [.left(ids[0]), .left(ids[1]), .duplicate(of: ids[0]), .left(ids[2])])
        let second = try await leave([5, 9, 7], for: span)
        #expect([second[0], second[2]] == [.duplicate(of: ids[2]), .duplicate(of: ids[0])])
        #expect(second[1].id != nil)
        let claimed = try await queue.claim(as: try await queue.register())
        #expect(try claimed.map { try Note(arguments: $0.arguments).number }.sorted() == [3, 5, 7, 9])
        let none = try await leave([], for: span)
        #expect(none.isEmpty)
    }

    @Test("One that is to be the only one while it waits makes room when it is claimed, also if it is tried again")
    func waiting() async throws {
        let worker = try await queue.register()
        _ = try await leave([1], for: .waiting)
        let job = try #require(try await queue.claim(as: worker).first)
        #expect(try await leave([1], for: .waiting)[0].id != nil)
        #expect(try await queue.settle(job, .retry(after: .zero, reason: "x")))
        #expect(try await leave([1], for: .waiting)[0].id == nil)
        #expect(try await queue.states() == ["ready", "ready"])
    }

    @Test("One that is to be the only one until it ends makes room when it has ended or died")
    func unfinished() async throws {
        let worker = try await queue.register()
        for settlement in [Settlement.finished(.done, reason: nil), .dead(reason: "x")] {
            let id = try await leave([1], for: .unfinished)[0].id
            #expect(id != nil)
            let job = try #require(try await queue.claim(as: worker).first)
            #expect(try await leave([1], for: .unfinished) == [.duplicate(of: id)])
            #expect(try await queue.settle(job, settlement))
        }
        #expect(try await leave([1], for: .unfinished)[0].id != nil)
    }

    @Test("One that is to be the only one of a period makes room when that is over, and no sooner")
    func period() async throws {
        let hour = JobUnique<Note>.Span.period(.seconds(3600))
        let id = try await leave([1], for: hour)[0].id
        let job = try #require(try await queue.claim(as: try await queue.register()).first)
        #expect(try await queue.settle(job, .finished(.done, reason: nil)))
        let before = start + .seconds(3600) - .microseconds(1)
        #expect(try await leave([1, 2], for: hour, at: before).first == .duplicate(of: id))
        #expect(try await leave([1], for: hour, at: start + .seconds(3600))[0].id != nil)
    }

    @Test("Lists of fields that look alike when they are put together are told apart")
    func fields() {
        let unique = JobUnique<Note>.by { [$0.text ?? "", "\($0.number)"] }
        #expect(unique.word(Note(number: 1, text: "a 1")) != unique.word(Note(number: 11, text: "a ")))
        #expect(unique.word(Note(number: 1, text: "a")) == unique.word(Note(number: 1, text: "a")))
    }

    @Test(
        "Fifty that leave the same jobs at once, each in another order, wait for nobody for ever", .serialized,
        arguments: spans)
    func fifty(span: JobUnique<Note>.Span) async throws {
        let (seed, start) = (Seed(5), start)
        let database = try TestDatabase.own.open { $0.poolSize = 50 }
        let left = try await withThrowingTaskGroup(of: Int.self) { group in
            for producer in 0..<50 {
                var random = Seed(seed.number * 1000 + UInt64(producer))
                let numbers = (1...40).shuffled(using: &random)
                group.addTask {
                    let leaving = try await database.transaction { transaction in
                        try await transaction.enqueue(
                            contentsOf: numbers.map { Note(number: $0) },
                            unique: .by(for: span) { ["\($0.number)"] }, now: start)
                    }
                    #expect(leaving.allSatisfy { $0 != .duplicate(of: nil) })
                    return leaving.count { $0.id != nil }
                }
            }
            return try await group.reduce(0, +)
        }
        await database.close()
        #expect(left == 40)
        #expect(try await queue.states().count == 40)
    }
}
