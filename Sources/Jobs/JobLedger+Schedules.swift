public import Moments
public import Postgres

/// How far a schedule has come.
public struct JobScheduleState: PostgresRow, Hashable {
    /// As ``JobSchedule`` has it.
    public let name: String
    /// The last time whose job was left; at first, when a program first saw to it.
    public let last: Moment

    public static let columns = "name, last"

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        name = try row.read()
        last = try row.read()
    }
}

extension JobLedger {
    /// The schedules that some program has seen to, also those that none sees to any more.
    public func schedules() async throws -> [JobScheduleState] {
        try await database.all("select \(columns: JobScheduleState.self) from jobs.schedule order by name")
    }
}
