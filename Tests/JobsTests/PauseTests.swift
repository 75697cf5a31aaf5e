import Moments
import Postgres
import PostgresTestSupport
import Runtime
import TallyTestSupport
import Testing

@testable import Jobs

@Suite("Paused jobs", .database(template: .queue), .timeLimit(.minutes(5)))
struct PauseTests {
    private let queue: TestQueue

    init() throws {
        queue = try TestQueue()
    }

    /// A part of the queue, and the numbers of the jobs that are claimed beside it.
    struct Part: Sendable {
        var queue: JobQueue?
        var site: String?
        var others: [Int]
    }

    private func claim() async throws -> [Int] {
        let claimed = try await queue.claim(
            as: try await queue.register(), kinds: [Note.kind, Memo.kind, Hurry.kind])
        for job in claimed { try await queue.settle(job, .returned) }
        return try claimed.map { $0.kind == Hurry.kind ? 9 : try Note(arguments: $0.arguments).number }.sorted()
    }

    @Test(
        "of a queue, a site, both, or none are not claimed, also in lanes that come later, until they are resumed",
        arguments: [
            Part(queue: "notes", others: [9]), Part(site: "OSL", others: [2, 3, 9]),
            Part(queue: "notes", site: "OSL", others: [2, 3, 9]), Part(site: "", others: [1, 2]), Part(others: []),
            Part(queue: "hurry", site: "OSL", others: [1, 2, 3, 9]), Part(queue: "other", others: [1, 2, 3, 9]),
        ])
    func parts(part: Part) async throws {
        let ledger = queue.ledger()
        try await queue.leave(Note(number: 3))
        try await ledger.pause(queue: part.queue, site: part.site)
        try await ledger.pause(queue: part.queue, site: part.site)
        try await queue.leave(Note(number: 1), site: "OSL")
        try await queue.leave(Note(number: 2), site: "AMS")
        try await queue.leave(Hurry())
        #expect(try await claim() == part.others)
        let pauses = try await ledger.pauses()
        #expect(pauses.map(\.queue) == [part.queue] && pauses.map(\.site) == [part.site])
        #expect(pauses.map(\.since) == [TestQueue.start])
        #expect(try await ledger.resume(queue: part.queue, site: part.site) == pauses)
        #expect(try await claim() == [1, 2, 3, 9])
        #expect(try await ledger.resume().isEmpty)
    }

    @Test("stay paused by a wider pause when a narrower one ends, and no other way round")
    func nested() async throws {
        let ledger = queue.ledger()
        try await queue.leave(Note(number: 1), site: "OSL")
        try await ledger.pause()
        try await ledger.pause(queue: "notes", site: "OSL")
        #expect(try await ledger.resume(queue: "notes", site: "OSL").count == 1)
        #expect(try await claim() == [])
        try await ledger.pause(queue: "notes", site: "OSL")
        #expect(try await ledger.resume(queue: "notes").count == 1)
        #expect(try await ledger.resume().count == 1)
        #expect(try await claim() == [1])
    }

    @Test("are told lane by lane")
    func stats() async throws {
        try await queue.leave(Note(number: 1), site: "OSL")
        try await queue.leave(Note(number: 2), site: "AMS")
        try await queue.ledger().pause(queue: "notes", site: "OSL")
        let stats = try await queue.ledger().stats()
        #expect(stats.map(\.site) == ["AMS", "OSL"] && stats.map(\.isPaused) == [false, true])
    }

    @Test("are begun as soon as they are resumed, by a worker that would look again in an hour")
    func resumed() async throws {
        let (bench, handled) = (try TestWorker(), Tally<Int>())
        let handler = JobHandler(for: Note.self) { note, _ in
            handled.note(note.number)
            return .done
        }
        let ledger = JobLedger(bench.database)
        try await ledger.pause(queue: "notes")
        try await bench.leave(Note(number: 1))
        try await bench.run([handler], configure: { $0.pollInterval = .seconds(3600) }) {
            await bench.time.untilAsleep(3)
            #expect(handled.elements.isEmpty)
            try await ledger.resume(queue: "notes")
            await handled.reaches(1)
        }
        #expect(bench.count("done") == 1)
    }
}
