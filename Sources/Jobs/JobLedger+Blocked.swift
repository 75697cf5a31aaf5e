public import Moments
public import Postgres

/// A key whose jobs wait because one of them has died.
public struct BlockedKey: PostgresRow, Hashable {
    public let key: String
    /// The dead one: to retry or to cancel it lets the others go on.
    public let job: JobID
    public let kind: JobKind
    /// Since when it is dead.
    public let since: Moment
    public let reason: String?
    /// How many wait behind it; at the bound it means "or more".
    public let waiting: Int

    public static let columns = "key, id, kind, died_at, reason, waiting"

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        key = try row.read()
        job = try row.read()
        kind = try row.read()
        since = try row.read()
        reason = try row.read()
        waiting = try row.read()
    }
}

extension JobLedger {
    /// The keys that wait for a person: see ``JobPolicy/blocksKey``.
    ///
    /// - Parameters:
    ///   - previous: the last key of the page before; nil for the first page.
    ///   - bound: how far the jobs of each key are counted.
    public func blockedKeys(after previous: String? = nil, limit: Int = 50, bound: Int = 250) async throws
        -> [BlockedKey]
    {
        try await database.allAlongIndexes(
            """
            select \(columns: BlockedKey.self) from jobs.job cross join lateral (
                select count(*) as waiting from (
                    select from jobs.job next where next.key = job.key and next.turn > job.turn limit \(bound)
                ) counted
            ) others
            where state = 'dead' and turn is not null and (\(previous)::text is null or key > \(previous))
            order by key limit \(limit)
            """)
    }
}
