public import Postgres

/// Whether jobs of a queue may leave their site.
public struct JobSpill: PostgresRow, Hashable {
    /// `supplier/acme` for a group alone.
    public let queue: JobQueue
    /// Nil for every site that has no rule of its own.
    public let site: String?
    /// How long a job must have been due; nil if it stays at its site however long that is.
    public let after: Duration?

    public static let columns = "queue, nullif(site, '*'), after"

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        queue = try row.read()
        site = try row.read()
        after = try row.read()
    }
}

extension JobLedger {
    /// Says from when on workers of other sites take the jobs of a queue at a site: by age, and at once while no worker
    /// of that site has a lease. Workers know of it within about a second.
    ///
    /// Without such a rule jobs stay at their site.
    ///
    /// - Parameters:
    ///   - site: every site that has no rule of its own if nil.
    ///   - age: how long a job must have been due; nil if it never leaves, also without a worker there.
    public func spill(_ queue: JobQueue, site: String? = nil, after age: Duration?) async throws {
        try await database.run(
            """
            insert into jobs.spill (queue, site, after) values (\(queue), \(site ?? "*"), \(age))
            on conflict (queue, site) do update set after = excluded.after
            """)
    }

    /// The rules by which jobs leave their sites, or stay.
    public func spills() async throws -> [JobSpill] {
        try await database.all("select \(columns: JobSpill.self) from jobs.spill order by queue, site")
    }
}
