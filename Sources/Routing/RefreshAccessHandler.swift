import Desk
public import DeskStore
public import Jobs
import Postgres

/// Writes down anew who sees the tickets of teams that became confidential, ceased to be, or work for other sites.
public struct RefreshAccessHandler: Sendable {
    let store: DeskStore

    /// How many tickets a transaction holds, and how many transactions an attempt makes before another job goes on.
    static let batch = 50
    static let turns = 100

    public init(_ store: DeskStore) { self.store = store }

    public var handler: JobHandler {
        JobHandler(for: RefreshAccess.self) { job, context in
            if job.last == nil { try await store.awaitWriters(of: job.teams) }
            var last = job.last
            for _ in 0..<Self.turns {
                let next = try await store.transaction { [last] (transaction: borrowing Transaction) in
                    try await store.refreshAccess(
                        of: job.teams, behind: last, limit: Self.batch, using: transaction)
                }
                guard let next else { return .done }
                last = next
            }
            try await context.complete { [last] (transaction: borrowing Transaction) in
                try await transaction.enqueue(RefreshAccess(teams: job.teams, last: last))
            }
            return .done
        }
    }
}
