import Moments
import Postgres

/// Workers that serve the same queues and sites, and how many there are.
struct Workforce: PostgresRow, Hashable {
    private let queues: [JobQueue]?
    private let sites: [String]?
    private let count: Int

    static let columns = "queues, sites, count"

    init(from row: inout RowReader) throws(UndecodableColumn) {
        queues = try row.read()
        sites = try row.read()
        count = try row.read()
    }

    /// How many of them serve a lane.
    func count(serving lane: Lane) -> Int {
        guard queues?.contains(lane.queue.whole) ?? true else { return 0 }
        guard let sites, let site = lane.site else { return count }
        return sites.contains(site) ? count : 0
    }
}

extension Query<Workforce> {
    /// Every worker whose lease holds.
    static func alive(now: Moment?) -> Self {
        """
        select \(columns: Workforce.self) from (
            select queues, sites, count(*) from jobs.worker where expires_at > \(SQL.present(now))
            group by queues, sites
        ) workforce
        """
    }
}
