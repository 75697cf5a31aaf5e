import BenchmarkSupport
import Postgres

/// What PostgreSQL itself takes for the least that a queue does with a job, in the language of `pgbench`.
///
/// Both tables have two indexes: jobs in the order in which they are taken, and the key.
struct Floor {
    /// The least that takes jobs so that each is taken once.
    static let claim = Floor(
        "claim",
        script: """
            delete from floor_job where id = any(array(
                select id from floor_job where lane = 1 order by lane, id limit :batch for update skip locked))
            returning id, payload;
            """)

    /// The least that also holds them meanwhile, so that jobs of a worker that dies are found: taken by a token, and
    /// removed by it, in one transaction and one round trip.
    static let lease = Floor(
        "claim and completion",
        script: """
            \\set token random(1, 1000000000000)
            \\startpipeline
            begin;
            update floor_job set token = :token where id = any(array(
                select id from floor_job where lane = 1 and token is null order by lane, id
                limit :batch for update skip locked))
            returning id, payload;
            delete from floor_job where token = :token;
            commit;
            \\endpipeline
            """)

    let name: String
    private let script: String

    private init(_ name: String, script: String) { (self.name, self.script) = (name, script) }

    private static let table = """
        drop table if exists floor_job;
        create table floor_job (
            id bigint generated always as identity primary key, lane int not null, payload text not null, token bigint);
        create index floor_ready on floor_job (lane, id) where token is null;
        create index floor_token on floor_job (token) where token is not null
        """

    /// Jobs a second, of so many that wait.
    func rate(of jobs: Int, batch: Int, clients: Int, on database: Database, _ connection: String) async throws
        -> Double
    {
        try await database.run(script: Self.table)
        try await database.run(
            "insert into floor_job (lane, payload) select 1, '{}' from generate_series(1, \(jobs))")
        try await database.run(script: "analyze floor_job")
        try await database.run(script: "checkpoint")
        let pgbench = PgBench(script: script, clients: clients, threads: clients, variables: ["batch": batch])
        let result = try await pgbench.run(connection, transactions: max(1, jobs / batch / clients))
        let left = try await database.first("select count(*) from floor_job", as: Int.self) ?? jobs
        guard left < jobs / 100 else { throw BenchmarkFault("the floor left \(left) of \(jobs) jobs") }
        return result.transactionsPerSecond * Double(batch)
    }

    /// Rows a second that are inserted by thousands in one statement.
    static func insertion(for duration: Duration, on database: Database, _ connection: String) async throws -> Double {
        try await database.run(script: table)
        let rows = 1000
        let values = repeatElement("(1, '{}')", count: rows).joined(separator: ",")
        let pgbench = PgBench(script: "insert into floor_job (lane, payload) values \(values);")
        return try await pgbench.run(connection, for: duration).transactionsPerSecond * Double(rows)
    }
    /// The same of the rows that the queue writes.
    static func sameRows(for duration: Duration, in hall: Hall) async throws -> Double {
        try await hall.empty()
        try await hall.leave(1)
        let rows = 1000
        let pgbench = PgBench(
            script: """
                insert into jobs.job (lane, kind, arguments, priority, state, due, attempts_allowed, enqueued_at)
                select 1, 'bench.nothing', '{"number":1234}', 1, 'ready', now(), 12, now()
                from generate_series(1, \(rows));
                """)
        return try await pgbench.run(hall.connection, for: duration).transactionsPerSecond * Double(rows)
    }
}
