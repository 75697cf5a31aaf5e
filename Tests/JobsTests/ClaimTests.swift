import Moments
import Postgres
import PostgresTestSupport
import Testing

@testable import Jobs

@Suite("Claiming jobs", .database(template: .queue), .timeLimit(.minutes(5)))
struct ClaimTests {
    private let queue: TestQueue

    init() throws {
        queue = try TestQueue()
    }

    @Test("The most urgent come first, and of those the longest due")
    func order() async throws {
        let start = TestQueue.start
        try await queue.leave(Note(number: 1), at: start - .seconds(5))
        try await queue.leave(Note(number: 2), at: start - .seconds(9))
        try await queue.leave(Note(number: 3), at: start - .seconds(1), priority: .urgent)
        try await queue.leave(Note(number: 4), at: start - .seconds(99), priority: .bulk)
        let worker = try await queue.register()
        var numbers: [Int] = []
        while let job = try await queue.claim(as: worker, limit: 1).first {
            numbers.append(try Note(arguments: job.arguments).number)
        }
        #expect(numbers == [3, 2, 1, 4])
    }

    @Test("A worker gets no more than it asks for, over all lanes and priorities")
    func limit() async throws {
        for number in 0..<12 {
            try await queue.leave(
                Note(number: number), site: ["OSL", "AMS", nil][number % 3],
                priority: JobPriority.allCases[number % 4])
        }
        let worker = try await queue.register()
        #expect(try await queue.claim(as: worker, limit: 5).count == 5)
        #expect(try await queue.claim(as: worker, limit: 5).count == 5)
        #expect(try await queue.claim(as: worker, limit: 5).count == 2)
    }

    @Test("A worker gets only kinds that it knows, and the others stay")
    func kinds() async throws {
        try await queue.leave(Note(number: 1))
        try await queue.leave(Memo(number: 2))
        let worker = try await queue.register()
        #expect(try await queue.claim(as: worker, kinds: [Memo.kind]).map(\.kind) == [Memo.kind])
        #expect(try await queue.claim(as: worker, kinds: [Memo.kind]).isEmpty)
        #expect(try await queue.claim(as: worker, kinds: [Note.kind]).map(\.kind) == [Note.kind])
    }

    @Test("A worker gets jobs of its sites and of no site")
    func sites() async throws {
        try await queue.leave(Note(number: 1), site: "OSL")
        try await queue.leave(Note(number: 2), site: "AMS")
        try await queue.leave(Note(number: 3))
        let worker = try await queue.register()
        let claimed = try await queue.claim(as: worker, sites: ["OSL"])
        #expect(try claimed.map { try Note(arguments: $0.arguments).number }.sorted() == [1, 3])
    }

    @Test("A worker whose lease is over gets nothing, nor one that was never entered")
    func lease() async throws {
        try await queue.leave(Note(number: 1))
        let worker = try await queue.register()
        let over = TestQueue.start + TestQueue.lease
        #expect(try await queue.claim(as: worker, at: over).isEmpty)
        #expect(try await queue.claim(as: WorkerID()).isEmpty)
        #expect(try await queue.claim(as: worker, at: over - .microseconds(1)).count == 1)
    }

    @Test("Jobs that another session is claiming are passed over, not waited for")
    func skipsLocked() async throws {
        for number in 1...4 { try await queue.leave(Note(number: number)) }
        let (first, second) = (try await queue.register(), try await queue.register())
        let lanes = try await queue.lanes()
        let taken = try await queue.database.transaction { transaction in
            let answers = try await transaction.pipeline(
                queue.claim(as: first, limit: 2, lanes: lanes).statements)
            let mine = try answers[1].rows(of: ClaimedJob.self).map(\.id)
            let theirs = try await queue.claim(as: second, limit: 10).map(\.id)
            #expect(theirs.count == 2)
            #expect(Set(mine).isDisjoint(with: theirs))
            return mine
        }
        #expect(taken.count == 2)
    }

    @Test("Lanes are made once, however many make them at the same time")
    func lanes() async throws {
        let database = queue.database
        let numbers = try await withThrowingTaskGroup(of: Int32?.self) { group in
            for _ in 0..<16 {
                group.addTask { try await database.first("select jobs.lane('notes', 'OSL')", as: Int32.self) }
            }
            return try await group.reduce(into: Set<Int32?>()) { $0.insert($1) }
        }
        #expect(numbers.count == 1)
        #expect(try await queue.lanes().count == 1)
    }
}
