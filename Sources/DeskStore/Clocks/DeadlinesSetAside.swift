public import Desk
public import Moments
public import Postgres

/// A deadline that could not be told the last time it was tried.
public struct DeadlineSetAside: Sendable, Equatable {
    public let ticket: TicketNumber
    /// What it is of, as the rows have it: that may be what is wrong with it.
    public let measure: String
    public let dueAt: Moment
    /// How often it was tried.
    public let failures: Int
    /// When it is tried again.
    public let retryAt: Moment
    /// Why it could not be told.
    public let fault: String
}

extension DeadlineSetAside: PostgresRow {
    public static let columns = "t.number, c.measure, d.due_at, d.failures, d.retry_at, coalesce(d.fault, '')"

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        (ticket, measure, dueAt) = (try row.read(), try row.read(), try row.read())
        (failures, retryAt, fault) = (try row.read(), try row.read(), try row.read())
    }
}

extension DeskStore {
    /// Deadlines that could not be told and are set aside, those that are tried next first.
    public func deadlinesSetAside(limit: Int) async throws -> [DeadlineSetAside] {
        try await database.all(
            """
            select \(columns: DeadlineSetAside.self)
            from deadline d join clock c on c.id = d.clock join ticket t on t.id = c.ticket
            where d.fired_at is null and d.retry_at is not null and d.due_at is not null
            order by d.retry_at limit \(limit)
            """)
    }
}
