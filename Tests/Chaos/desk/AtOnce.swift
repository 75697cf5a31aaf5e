import DeskStore
import Postgres
import Runtime
import Synchronization

typealias Deed = @Sendable () async throws -> Void

/// Some who are at the same thing at once.
final class AtOnce: Sendable {
    private struct State {
        var done = 0
        var errors: [any Error] = []
        var hasWaited = false
        var stuck: String?
    }
    private let state = Mutex(State())

    var errors: [any Error] { state.withLock { $0.errors } }
    /// Whether one of them waited until the other had committed.
    var hasWaited: Bool { state.withLock { $0.hasWaited } }
    /// What was under way when nobody came any further, for as long as anything may take.
    var stuck: String? { state.withLock { $0.stuck } }

    /// How long, of real time, somebody may be on his way: also where a connection was cut before.
    private static let patience = Duration.seconds(60)
    private static let leastLooks = 5000

    /// Starts the first and holds it at its commit, starts the others, each when those before it wait or are done, and
    /// lets go when all of them do.
    ///
    /// - Parameter pause: what happens between the first and the others.
    func run(_ deeds: [Deed], in world: World, pause: () async throws -> Void = {}) async throws {
        let database = world.operators.database
        let (isShut, isOpen) = (StopSignal(), StopSignal())
        try await database.run(
            "update chaos.fuse set at = (select last_value from chaos.passed) + 1, kind = 'held'")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { isShut.raise() }
                try await database.transaction { (gate: borrowing Transaction) in
                    try await gate.run("select pg_advisory_xact_lock(\(Stage.gate))")
                    isShut.raise()
                    await isOpen.wait()
                }
            }
            await isShut.wait()
            for (place, deed) in deeds.enumerated() {
                group.addTask { [self] in
                    do {
                        try await deed()
                        state.withLock { $0.done += 1 }
                    } catch {
                        state.withLock { state in
                            state.done += 1
                            state.errors.append(error)
                        }
                    }
                }
                try await untilStill(place + 1, database)
                if place == 0 { try await pause() }
            }
            isOpen.raise()
            try await group.waitForAll()
        }
        try await database.run("update chaos.fuse set at = 0, kind = 'none'")
    }

    /// Returns when each of those that were started waits or is done.
    private func untilStill(_ started: Int, _ database: Database) async throws {
        let start = ContinuousClock.now
        var looks = 0
        // Where the whole machine stood still, nobody came any further in that time.
        while ContinuousClock.now - start < Self.patience || looks < Self.leastLooks {
            looks += 1
            let waiting = try await database.first(
                """
                select (select count(*) from pg_stat_activity
                    where datname = current_database() and state = 'active' and wait_event_type = 'Lock')
                from pg_sleep(0.001)
                """, as: Int.self)
            let isStill = state.withLock { state in
                if (waiting ?? 0) > 1 { state.hasWaited = true }
                return state.done + (waiting ?? 0) >= started
            }
            if isStill { return }
        }
        let activity = try await database.first(
            """
            select string_agg(line, '; ') from (
                select format('%s %s %s: %s', usename, state, wait_event, left(query, 80)) as line
                from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
                union all
                select format('job %s %s, attempt %s', id, kind, attempt) from jobs.job where state = 'running') a
            """, as: String.self)
        state.withLock { $0.stuck = "\($0.done) of \(started) are done after \(looks) looks; \(activity ?? "")" }
    }
}
