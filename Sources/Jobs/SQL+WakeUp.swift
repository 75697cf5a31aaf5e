import Postgres

/// The one channel on which workers are told that there is work.
let wakeUpChannel = "meridian_jobs"

/// What is said on it when a running job was cancelled. Everything else there is the number of a lane with work.
let cancelledPayload = "cancelled"

extension SQL {
    /// A statement, and once it has been committed the workers of lanes are told that work is there.
    ///
    /// Every notification of the queue is left here. A worker that missed one finds the work when it next looks.
    /// - Parameter statement: its rows have a column `woken`, the number of such a lane as a text, or null.
    static func wakingUp(_ statement: SQL) -> SQL { statement.telling(wakeUpChannel, column: "woken") }
}
