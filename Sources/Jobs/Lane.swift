import Postgres

/// A queue at a site: what a worker chooses its jobs by.
struct Lane: PostgresRow, Hashable {
    let id: Int32
    let queue: JobQueue
    /// Nil if the jobs are for workers of every site.
    let site: String?

    static let columns = "id, queue, nullif(site, '')"

    init(from row: inout RowReader) throws(UndecodableColumn) {
        id = try row.read()
        queue = try row.read()
        site = try row.read()
    }
}

extension Query<Lane> {
    /// Every lane that has ever been used.
    static let everyOne: Self = "select \(columns: Lane.self) from jobs.lane order by id"
}
