import BenchmarkSupport
import DeskStore
import Foundation
import Glibc
import Moments
import Postgres
import Routing
import Runtime

extension Hall {
    /// Runs so many watches, each on a loop of its own, as so many copies of the worker would.
    func watch(copies: Int, until stop: StopSignal) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<copies {
                let watch = DeadlineWatch(store, sites: nil, metrics: Metrics(), log: .silent)
                group.addTask(executorPreference: loops.next()) { try await watch.run(until: stop) }
            }
            try await group.waitForAll()
        }
    }

    /// Fires all that is due; answers with how long it took.
    func drain(copies: Int) async throws -> Duration {
        let clock = ContinuousClock()
        let start = clock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<copies {
                let watch = DeadlineWatch(store, sites: nil, metrics: Metrics(), log: .silent)
                group.addTask(executorPreference: loops.next()) { _ = try await watch.fire() }
            }
            try await group.waitForAll()
        }
        return clock.now - start
    }

    /// How late each deadline was told that has been since then, in seconds, by when its transaction was committed.
    func lateness(since begin: Moment) async throws -> [Double] {
        try await database.all(
            """
            select extract(epoch from pg_xact_commit_timestamp(xmin) - due_at)::float8 from deadline
            where fired_at >= \(begin) and due_at >= \(begin)
            """, as: Double.self)
    }

    /// - Throws: `BenchmarkFault` where a deadline has no event or more than one.
    func requireEachOnce(since begin: Moment) async throws {
        let odd = try await database.first(
            """
            select count(*) from (select ticket from event where at >= \(begin) and kind = 'deadline_near'
                group by ticket having count(*) <> 1) o
            """, as: Int.self)
        let (events, fired) = (
            try await database.first(
                "select count(*) from event where at >= \(begin) and kind = 'deadline_near'", as: Int.self),
            try await database.first("select count(*) from deadline where fired_at >= \(begin)", as: Int.self)
        )
        guard odd == 0, events == fired else {
            throw BenchmarkFault("\(fired ?? 0) deadlines left \(events ?? 0) events, \(odd ?? 0) of them not once")
        }
    }

    /// How many pages the question for the next deadline reads.
    func pagesOfProbe() async throws -> Double {
        let plan = try await database.all(
            """
            explain (analyze, buffers, timing off, summary off)
            select greatest(due_at, retry_at) from deadline where fired_at is null and due_at is not null
            order by greatest(due_at, retry_at) limit 1
            """, as: String.self)
        let line = plan.first { $0.contains("Buffers: ") } ?? ""
        return line.matches(of: /(?:hit|read)=(\d+)/).reduce(0) { $0 + (Double($1.1) ?? 0) }
    }

    /// How much of a core the database's processes take while something runs.
    func processorShare(
        of span: Duration, _ body: @escaping @Sendable (StopSignal) async throws -> Void
    ) async throws -> Double {
        let stop = StopSignal()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await body(stop) }
            // What is begun is not counted.
            try await store.timekeeper.wait(for: .seconds(2))
            let before = try await processorSeconds()
            try await store.timekeeper.wait(for: span)
            let after = try await processorSeconds()
            stop.raise()
            try await group.waitForAll()
            return (after - before) / (span / .seconds(1))
        }
    }

    /// The processor time of all connections of this database, in seconds.
    private func processorSeconds() async throws -> Double {
        let processes = try await database.all(
            "select pid from pg_stat_activity where datname = current_database()", as: Int32.self)
        let ticks = processes.compactMap { process -> Double? in
            guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
                let end = text.lastIndex(of: ")")
            else { return nil }
            let fields = text[text.index(end, offsetBy: 2)...].split(separator: " ")
            return (Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0)
        }
        return ticks.reduce(0, +) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
