public import Moments
public import Postgres

extension JobLedger {
    /// A job in the queue or in its history; nil if there is none of the number (any more).
    public func show(_ id: JobID) async throws -> JobRecord? {
        let query: Query<JobRecord> = """
            with found as (
                \(SQL.records(of: "select * from jobs.job where id = \(id)"))
                union all
                \(SQL.history(of: "select * from jobs.finished where id = \(id)"))
            )
            select \(columns: JobRecord.self) from found
            """
        return try await database.first(query)
    }

    /// One page of the jobs of a state: those that are ready as they will be claimed, lane by lane; those that wait
    /// behind others key by key; those that have ended the youngest first; the others the oldest first.
    ///
    /// - Parameters:
    ///   - queue: of one queue, or one group of it, alone; nil for all.
    ///   - site: of one site alone; nil for all.
    ///   - previous: where the page before ended; nil for the first page.
    public func list(
        _ state: JobState, queue: JobQueue? = nil, site: String? = nil, after previous: JobCursor? = nil,
        limit: Int = 50
    ) async throws -> JobPage {
        let lanes = try await database.all(Query<Lane>.everyOne).filter { lane in
            (queue?.covers(lane.queue) ?? true) && (site == nil || lane.site == site)
        }
        let jobs = try await database.allAlongIndexes(
            .page(state, lanes: lanes.map(\.id), after: previous?.place ?? .first, limit: limit))
        let next = jobs.count == limit ? jobs.last.map { JobCursor(after: $0) } : nil
        return JobPage(jobs: jobs, next: next)
    }

    /// The workers that have a lease.
    public func workers() async throws -> [WorkerRecord] {
        try await database.all("select \(columns: WorkerRecord.self) from jobs.worker order by name, started_at")
    }
}

/// A process that runs jobs.
public struct WorkerRecord: PostgresRow, Hashable {
    public let name: String
    public let queues: [JobQueue]
    /// Nil if it serves every site.
    public let sites: [String]?
    public let startedAt: Moment
    /// When the others may take its jobs, unless it renews its lease before.
    public let expiresAt: Moment

    public static let columns = "name, coalesce(queues, '{}'), sites, started_at, expires_at"

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        name = try row.read()
        queues = try row.read()
        sites = try row.read()
        startedAt = try row.read()
        expiresAt = try row.read()
    }
}

extension Query<JobRecord> {
    /// Each page is read along an index, from where the last one ended.
    static func page(_ state: JobState, lanes: [Int32], after place: JobCursor.Place, limit: Int) -> Self {
        switch state {
        case .ready:
            laneByLane(
                lanes.filter { $0 >= place.lane }, order: "priority, due, id", limit: limit,
                """
                state = 'ready' and (job.lane, priority, due, id)
                    > (\(place.lane), \(place.priority), \(place.moment), \(place.id))
                """)
        case .behind:
            page(
                of: """
                    select * from jobs.job
                    where turn is not null and state = 'behind' and lane = any(\(lanes))
                        and (key, turn) > (\(place.key), \(place.turn))
                    order by key, turn limit \(limit)
                    """, order: "key, turn")
        case .running:
            // Never more than the workers can hold, so all are read; `offset 0` keeps the order from choosing the
            // index.
            page(
                of: """
                    select * from (select * from jobs.job where state = 'running' offset 0) job
                    where lane = any(\(lanes)) and id > \(place.id)
                    order by id limit \(limit)
                    """, order: "id")
        case .dead:
            laneByLane(
                lanes.filter { $0 >= place.lane }, order: "died_at, id", recordOrder: "ended_at, id",
                limit: limit,
                "state = 'dead' and (job.lane, died_at, id) > (\(place.lane), \(place.moment), \(place.id))")
        case .done, .discarded, .cancelled, .expired:
            """
            with found as (\(SQL.history(of: """
                select * from jobs.finished
                where outcome = \(state) and lane = any(\(lanes)) and id < \(place.idFromTheEnd)
                order by id desc limit \(limit)
                """)))
            select \(columns: JobRecord.self) from found order by id desc
            """
        }
    }

    private static func page(of jobs: SQL, order: SQL) -> Self {
        "with found as (\(SQL.records(of: jobs))) select \(columns: JobRecord.self) from found order by \(order)"
    }

    /// - Parameter recordOrder: the order by the names that the records have, where they differ.
    private static func laneByLane(
        _ lanes: [Int32], order: SQL, recordOrder: SQL? = nil, limit: Int, _ condition: SQL
    ) -> Self {
        page(
            of: """
                select job.* from unnest(\(lanes)) as wanted (lane) cross join lateral (
                    select * from jobs.job where job.lane = wanted.lane and \(condition)
                    order by \(order) limit \(limit)
                ) job
                order by lane, \(order) limit \(limit)
                """, order: "lane, " + (recordOrder ?? order))
    }
}
