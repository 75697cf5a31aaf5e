public import Moments
public import Postgres

/// The partitions of the log, one for each month, as UTC has it.
///
/// A month should have its own before its first event, which otherwise goes to the partition for all that has none.
public struct LogMonths: Sendable {
    private let database: Database

    public init(_ database: Database) { self.database = database }

    /// Makes the partition of the month in which `now` is, and that of the next, where they are missing.
    ///
    /// - Returns: how many events had come before their month and were moved into it; nil where others held the log for
    ///   longer than one waits here, and the rest is to be made a little later.
    /// - Throws: `DatabaseError`.
    @discardableResult
    public func make(at now: Moment) async throws -> Int? {
        let day = String(now.rfc3339.prefix(10))
        var moved = 0
        do {
            for months in 0...1 {
                // One statement each, because each holds the log until it is committed.
                let month: SQL =
                    "date_trunc('month', \(day)::text::timestamp) + make_interval(months => \(months)::int4)"
                moved +=
                    try await database.first("select coalesce(make_event_partition((\(month))::date), 0)", as: Int.self)
                    ?? 0
            }
        } catch {
            guard error.sqlState == .lockNotAvailable || error.asksForRetry else { throw error }
            return nil
        }
        return moved
    }
}
