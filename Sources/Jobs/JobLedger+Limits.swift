public import Postgres

/// How many jobs of a queue, or of a group of its jobs, are begun by all workers together.
public struct JobLimit: PostgresRow, Hashable {
    /// `supplier/acme` for a group.
    public let queue: JobQueue
    /// How many run at a time; nil for any number.
    public let atOnce: Int?
    /// How many are begun in any span of that length; nil for any number.
    public let rate: Int?
    public let span: Duration?

    public static let columns = "queue, at_once, per_span, span"

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        queue = try row.read()
        atOnce = try row.read()
        rate = try row.read()
        span = try row.read()
    }
}

extension JobLedger {
    /// Limits a queue, or a group of its jobs, over all sites and processes; instead of a former limit, or of none.
    ///
    /// What runs when a limit is first set, or has become lower, goes on, and is not counted where there was none.
    ///
    /// - Parameters:
    ///   - atOnce: the most that run at a time; any number if nil.
    ///   - rate: the most that are begun in any span of that length; any number if nil. A retry counts too.
    /// - Precondition: one of them is given, numbers and span are positive.
    public func limit(
        _ queue: JobQueue, group: String? = nil, atOnce: Int? = nil, rate: (count: Int, span: Duration)? = nil
    ) async throws {
        precondition(atOnce != nil || rate != nil, "a limit limits something")
        try await database.run(
            """
            insert into jobs.limits (\(columns: JobLimit.self))
            values (\(queue.group(group)), \(atOnce), \(rate?.count), \(rate?.span))
            on conflict (queue) do update
            set at_once = excluded.at_once, per_span = excluded.per_span, span = excluded.span
            """)
    }

    /// Ends the limit of a queue, or of a group of its jobs.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    public func endLimit(_ queue: JobQueue, group: String? = nil) async throws -> Bool {
        try await database.pipeline([
            "delete from jobs.start where queue = \(queue.group(group))",
            "delete from jobs.limits where queue = \(queue.group(group))",
        ])[1].affectedRows == 1
    }

    /// What is limited.
    public func limits() async throws -> [JobLimit] {
        try await database.all("select \(columns: JobLimit.self) from jobs.limits order by queue")
    }
}
