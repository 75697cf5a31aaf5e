import Moments
import Postgres
import PostgresTestSupport
import Testing

@testable import Jobs

@Suite("The plans of the ledger", .database(template: .queue), .timeLimit(.minutes(5)))
struct JobLedgerPlanTests {
    /// How many pages a query touches when a lane has tens of thousands of jobs that nobody has counted yet.
    private func pages(of query: SQL) async throws -> Int {
        let database = try TestDatabase.current
        try await database.run(
            script: """
                insert into jobs.job (lane, kind, arguments, priority, state, due, attempts_allowed, enqueued_at,
                    died_at)
                select jobs.lane('notes', site), 'test.note', '{}', 1, state,
                    timestamptz '2026-09-21 14:13:20Z' + due, 3, now(), case state when 'dead' then now() end
                from (values ('ready', interval '-1 hour'), ('ready', '1 hour'), ('dead', '0')) row (state, due),
                    unnest('{OSL,AMS}'::text[]) as site, generate_series(1, 10000)
                """)
        let plan = try await database.pipeline([.alongIndexes, "explain (analyze, buffers) \(query)"])[1]
            .rows(as: String.self)
        let root = try #require(plan.first { $0.contains("Buffers:") })
        return root.split(separator: " ").reduce(0) { sum, word in
            let parts = word.split(separator: "=")
            return sum + (["hit", "read"].contains(parts.first) ? Int(parts.last ?? "") ?? 0 : 0)
        }
    }

    @Test("Numbers are read up to their bound and no further")
    func stats() async throws {
        let pages = try await pages(of: Query<LaneStats>.stats(bound: 100, now: TestQueue.start).sql)
        #expect(pages > 0)
        // Two lanes and three kinds of jobs of a hundred each, every one of which may lie on a page of its own.
        #expect(pages < 1000)
    }

    @Test("What waits for too long is looked for up to its bound and no further")
    func backlog() async throws {
        let pages = try await pages(of: .backlog(of: "notes", before: TestQueue.start, bound: 100))
        #expect(pages > 0)
        #expect(pages < 400)
    }

    @Test("A page of a list is read without the rest of it", arguments: [JobState.ready, .behind, .running, .dead])
    func lists(state: JobState) async throws {
        let pages = try await pages(of: Query<JobRecord>.page(state, lanes: [1, 2], after: .first, limit: 20).sql)
        #expect(pages < 400)
    }
}
