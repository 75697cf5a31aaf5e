import Moments
import Postgres
import PostgresTestSupport
import Runtime
import TallyTestSupport
import Testing

@testable import Jobs

@Suite("A worker that claims, works and writes at the same time", .database(template: .queue), .timeLimit(.minutes(5)))
struct OverlapTests {
    private let bench: TestWorker
    private let handled = Tally<Int>()

    init() throws {
        bench = try TestWorker()
    }

    private func leave(_ count: Int) async throws {
        try await bench.database.transaction { transaction in
            _ = try await transaction.enqueue(contentsOf: (0..<count).map { Note(number: $0) })
        }
    }

    @Test("Claims wait neither for jobs that run nor for the writing of those that have ended")
    func neitherWaits() async throws {
        let (count, long) = (400, 10)
        try await leave(count)
        let (handled, goOn) = (handled, Tally<Void>())
        let handler = JobHandler(for: Note.self) { note, _ in
            if note.number < long { await goOn.reaches(1) }
            handled.note(note.number)
            return .done
        }
        let database = bench.database
        try await bench.run(
            [handler],
            configure: { settings in
                settings.concurrency = 20
                settings.prefetch = 20
            }
        ) {
            try await database.transaction { transaction in
                // Nothing that has ended can be written.
                try await transaction.run("lock table jobs.finished")
                await handled.reaches(count - long)
                goOn.note(())
                await handled.reaches(count)
            }
        }
        #expect(bench.count("done") == count)
    }

    @Test("Where much waits, claims are made before the jobs of the last have begun")
    func claimsBeforeWork() async throws {
        let count = 6000
        try await leave(count)
        let beginnings = Tally<(claimed: Moment, begun: Moment)>()
        let handler = JobHandler(for: Note.self) { _, context in
            beginnings.note((context.claimedAt, SystemTime().now))
            return .done
        }
        try await bench.run(
            [handler],
            configure: { settings in
                settings.concurrency = 20
                settings.prefetch = 20
                settings.time = SystemTime()
            }
        ) { await beginnings.reaches(count) }
        let claims = Dictionary(grouping: beginnings.elements, by: \.claimed).sorted { $0.key < $1.key }
        let early = zip(claims, claims.dropFirst()).count { earlier, later in
            earlier.value.contains { $0.begun > later.key }
        }
        #expect(early * 4 > claims.count)
    }
}
