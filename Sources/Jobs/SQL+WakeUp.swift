import Postgres

/// The one channel on which workers are told that there is work.
let wakeUpChannel = "meridian_jobs"

extension SQL {
    /// A part of a `with` clause that tells the workers of lanes, by number, that work is there.
    ///
    /// Every notification of the queue is written here. The server sends it when the transaction commits, and only once
    /// for each lane.
    /// - Parameter lanesOf: what stands behind `from`: rows with a column `lane`.
    static func wakeUp(lanesOf rows: SQL) -> SQL {
        """
        woken as materialized (
            select count(pg_notify(\(wakeUpChannel), lane::text)) from (select distinct lane from \(rows)) lanes
        )
        """
    }
}
