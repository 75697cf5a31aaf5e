import BenchmarkSupport
import Jobs
import Postgres
import Runtime

/// Jobs that come at a steady rate, so many in a transaction every 5 ms, however long the one before it takes.
struct Load {
    let hall: Hall
    /// Jobs a second.
    let rate: Double
    let duration: Duration

    private static let pause = Duration.milliseconds(5)
    private var size: Int { Int(rate * (Self.pause / .seconds(1))) }
    private var steps: Int { Int(duration / Self.pause) }

    /// How they were kept up with.
    struct Result {
        /// How many were claimed a second, from the first to the last.
        var rate: Double
        /// From the statement that left a job to the one that claimed it, in milliseconds.
        var median: Double
        var late: Double
    }

    /// For one worker process, beside this one, which leaves them.
    func ours() async throws -> Result {
        try await hall.empty()
        try await hall.rest()
        let worker = try MeasuredWorker.start(hall.connection, width: 100)
        defer { worker.stop() }
        // The worker enters itself and begins to listen.
        try await SystemTime().wait(for: .seconds(1))
        let (begun, size, database) = (ContinuousClock.now, size, hall.database)
        try await withThrowingDiscardingTaskGroup { group in
            for step in 0..<steps {
                let wait = begun + Self.pause * step - ContinuousClock.now
                if wait > .zero { try await SystemTime().wait(for: wait) }
                let jobs = (0..<size).map(Nothing.init)
                group.addTask { try await database.transaction { _ = try await $0.enqueue(contentsOf: jobs) } }
            }
        }
        while try await database.first("select exists (select from jobs.job)", as: Bool.self) == true {
            try await SystemTime().wait(for: .milliseconds(50))
        }
        return try await result("jobs.finished")
    }

    /// The least that PostgreSQL makes of the same load: two programs of its own, one that leaves rows, and one whose
    /// two sessions take and remove them and look again after a millisecond.
    func floor() async throws -> Result {
        try await hall.database.run(
            script: """
                drop table if exists floor_load, floor_done;
                create table floor_load (
                    id bigint generated always as identity primary key, lane int not null, payload text not null,
                    token bigint, enqueued_at timestamptz not null, claimed_at timestamptz);
                create index floor_load_ready on floor_load (lane, id) where token is null;
                create index floor_load_token on floor_load (token) where token is not null;
                create table floor_done (enqueued_at timestamptz not null, claimed_at timestamptz not null)
                """)
        try await hall.rest()
        let taker = PgBench(script: Self.takes, clients: 2, threads: 1)
        let leaver = PgBench(script: Self.leaves, clients: 4, threads: 1, variables: ["size": size])
        let (connection, duration) = (hall.connection, duration)
        let perSecond = Double(steps) / (duration / .seconds(1))
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { _ = try await taker.run(connection, for: duration + .seconds(1)) }
            group.addTask { _ = try await leaver.run(connection, for: duration, perSecond: perSecond) }
        }
        return try await result("floor_done")
    }

    private static let leaves = """
        insert into floor_load (lane, payload, enqueued_at)
        select 1, '{}', clock_timestamp() from generate_series(1, :size);
        """

    private static let takes = """
        \\set token random(1, 1000000000000)
        \\startpipeline
        begin;
        update floor_load set token = :token, claimed_at = (select clock_timestamp()) where id = any(array(
            select id from floor_load where lane = 1 and token is null order by lane, id
            limit 200 for update skip locked));
        with gone as (delete from floor_load where token = :token returning enqueued_at, claimed_at)
        insert into floor_done select enqueued_at, claimed_at from gone;
        commit;
        \\endpipeline
        \\sleep 1 ms
        """

    private func result(_ table: SQL) async throws -> Result {
        let figures = try await hall.database.first(
            """
            select (count(*) / extract(epoch from max(claimed_at) - min(enqueued_at)))::float8,
                percentile_cont(0.5) within group (order by wait), percentile_cont(0.99) within group (order by wait)
            from (select *, extract(epoch from claimed_at - enqueued_at)::float8 * 1000 as wait from \(table)) job
            """, as: (Double, Double, Double).self)
        guard let figures else { throw BenchmarkFault("no job was done") }
        return Result(rate: figures.0, median: figures.1, late: figures.2)
    }
}
