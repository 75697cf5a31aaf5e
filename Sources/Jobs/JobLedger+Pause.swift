public import Moments
public import Postgres

/// A part of the queue from which nothing is claimed.
public struct JobPause: PostgresRow, Hashable {
    /// Nil for every queue.
    public let queue: JobQueue?
    /// Nil for every site and the jobs of none; empty for the jobs of none alone.
    public let site: String?
    public let since: Moment

    public static let columns = "nullif(queue, '*'), nullif(site, '*'), paused_at"

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        queue = try row.read()
        site = try row.read()
        since = try row.read()
    }
}

extension JobLedger {
    /// Has nothing claimed of a queue, of a site, of a queue at a site, or of all. What has been claimed goes on.
    ///
    /// The next claim of every worker knows of it, and so do queues and sites that have no job yet.
    ///
    /// - Parameters:
    ///   - queue: every queue if nil.
    ///   - site: every site and the jobs of none if nil; the jobs of none alone if empty.
    public func pause(queue: JobQueue? = nil, site: String? = nil) async throws {
        try await database.run(
            """
            insert into jobs.pause (queue, site, paused_at)
            values (\(queue?.rawValue ?? "*"), \(site ?? "*"), \(SQL.present(now()))) on conflict do nothing
            """)
    }

    /// Ends the pauses of a queue, of a site, of a queue at a site, or all; and tells the workers. A pause of more than
    /// that stays.
    ///
    /// - Returns: those that it has ended.
    @discardableResult
    public func resume(queue: JobQueue? = nil, site: String? = nil) async throws -> [JobPause] {
        let answers = try await database.pipeline([
            """
            delete from jobs.pause
            where (\(queue)::text is null or queue = \(queue)) and (\(site)::text is null or site = \(site))
            returning \(columns: JobPause.self)
            """, .wakingUp("select id::text as woken from jobs.lane"),
        ])
        return try answers[0].rows(of: JobPause.self)
    }

    /// What is paused.
    public func pauses() async throws -> [JobPause] {
        try await database.all("select \(columns: JobPause.self) from jobs.pause order by queue, site")
    }
}

extension SQL {
    /// The numbers of the lanes that are paused. Where nothing is, it costs the look at an empty index.
    static let pausedLanes: SQL = """
        select lane.id from jobs.pause cross join lateral (
            select id from jobs.lane
            where pause.queue in ('*', lane.queue, split_part(lane.queue, '/', 1))
                and pause.site in ('*', lane.site)
            order by id
        ) lane
        """
}
