public import Moments
public import Postgres

/// Why no mail goes out: the server for it cannot be reached, or does not take ours.
public struct SmarthostTrouble: PostgresRow, Hashable, Sendable {
    public let since: Moment
    /// When it was met last.
    public let at: Moment
    public let reason: String

    public static let columns = "since, at, reason"

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        since = try row.read()
        at = try row.read()
        reason = try row.read()
    }
}

extension DeskStore {
    public func smarthostTrouble() async throws -> SmarthostTrouble? {
        try await database.first(
            Query<SmarthostTrouble>("select \(columns: SmarthostTrouble.self) from smarthost_trouble"))
    }

    /// Writes down why no mail goes out, or, with nil, that it does.
    public func noteSmarthostTrouble(_ reason: String?) async throws {
        guard let reason else {
            _ = try await database.run("delete from smarthost_trouble")
            return
        }
        _ = try await database.run(
            """
            insert into smarthost_trouble (since, at, reason) values (\(now), \(now), \(reason))
            on conflict (id) do update set at = excluded.at, reason = excluded.reason
            """)
    }
}
