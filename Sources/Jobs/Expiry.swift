import Moments
import Postgres
import Runtime

/// Ends the jobs whose deadline came before their attempt, in the lanes too from which nobody claims.
struct Expiry: Sendable {
    let database: Database
    let metrics: JobMetrics
    var now: Moment?

    /// How many are ended in one step, which holds no lock for long.
    private static let step = 500

    func run() async throws {
        let late: SQL = """
            select id from jobs.job
            where deadline < \(SQL.present(now)) and state = 'ready' and key is null
            order by deadline limit \(Self.step) for update skip locked
            """
        var kinds: [JobKind]
        repeat {
            kinds = try await ended(by: [end("id = any(array(\(late)))")], at: 0)
        } while kinds.count == Self.step
        // Those behind such a job are let forward, so each is ended by itself.
        let keyed = try await database.all(
            """
            select id, key from jobs.job
            where deadline < \(SQL.present(now)) and state in ('ready', 'behind') and key is not null
            order by deadline limit \(Self.step)
            """, as: (JobID, String).self)
        for (id, key) in keyed {
            let end = end("id = \(id) and state in ('ready', 'behind')")
            _ = try await ended(by: [.lock(key: key), end, .promote(key: key), .forget(key: key)], at: 1)
        }
    }

    private func end(_ condition: SQL) -> SQL { .end(condition, as: .expired, because: nil, now: now) }

    private func ended(by statements: [SQL], at place: Int) async throws -> [JobKind] {
        let kinds = try await database.pipeline(statements)[place].rows(as: JobKind.self)
        metrics.settled(kinds: kinds, as: FinishedOutcome.expired.rawValue)
        return kinds
    }
}
