import Moments
import Postgres

/// What is kept for a while and of no use afterwards.
public enum Leftover: CaseIterable, Sendable {
    case idempotencyKeys, throttleCounts, sessions, supplierSessions, supplierPasses

    /// The table, and the moment (a column with an index) up to which its rows have had their time.
    private func over(at now: Moment) -> (table: String, column: String, before: Moment) {
        switch self {
        case .idempotencyKeys: ("idempotency", "at", now - IdempotencyKey.life)
        // An hour's count is of use within the hour; another hour is for copies whose time of day differs.
        case .throttleCounts: ("throttle", "hour", now - .seconds(2 * 3600))
        case .sessions: ("session", "expires_at", now)
        case .supplierSessions: ("supplier_session", "expires_at", now)
        case .supplierPasses: ("supplier_pass", "expires_at", now)
        }
    }

    /// Removes the oldest rows that have had their time. What another transaction is at work on is left alone, so any
    /// number of copies can sweep at the same time.
    func removal(atMost limit: Int, now: Moment) -> SQL {
        let (table, column, before) = over(at: now)
        return """
            delete from \(identifier: table) where ctid = any (array(
                select ctid from \(identifier: table) where \(identifier: column) < \(before)
                order by \(identifier: column) limit \(limit) for update skip locked))
            """
    }
}

extension DeskStore {
    /// Removes what has had its time, at most so many rows in one short transaction, and returns how many there were.
    public func sweep(_ leftover: Leftover, atMost limit: Int) async throws -> Int {
        try await database.run(leftover.removal(atMost: limit, now: now))
    }
}
