import BenchmarkSupport
import Postgres

/// Tickets that were closed long ago.
struct OldDesk {
    let database: Database

    /// The tickets that are copied, and how far apart the keys of their copies are.
    private static let templates = 100
    private static let step = 1_000
    /// Beyond all keys that the gateway and the floor give.
    private static let firstCopy = 10_000_000

    func write(_ count: Int) async throws {
        let copies = count / Self.templates
        for first in stride(from: 0, to: copies, by: 100) {
            let numbers: SQL = """
                generate_series(\(Self.firstCopy + first), \(Self.firstCopy + min(first + 100, copies) - 1)) n
                """
            try await database.transaction(
                settings: [("session_replication_role", "replica"), ("synchronous_commit", "off")]
            ) { (transaction: borrowing Transaction) in
                for statement in TicketCopies.statements(
                    numbers, step: Self.step, templates: Self.templates, isClosed: true)
                {
                    transaction.later(statement)
                }
            }
        }
        // Each on its own: the first cannot be part of a transaction.
        for step in ["vacuum (analyze)", "checkpoint"] { try await database.run(script: step) }
    }
}
