import Postgres
import Synchronization

/// Keys of rows to come, fetched some at a time: a key that is needed in the middle of a transaction then costs no
/// round trip. Keys of a process that ends are never used; gaps are normal.
final class KeyReserve: Sendable {
    private let keys = Mutex<[String: [Int64]]>([:])

    private static let batch = 50

    /// A key that no other row of the table has. Of two keys the lower is not always the elder.
    func next(of table: String, using transaction: borrowing Transaction) async throws -> Int64 {
        if let key = take(of: table) { return key }
        let fresh = try await transaction.all(
            "select nextval(\(table + "_id_seq")::text::regclass) from generate_series(1, \(Self.batch))",
            as: Int64.self)
        keys.withLock { $0[table, default: []].insert(contentsOf: fresh.reversed(), at: 0) }
        guard let key = take(of: table) else { return try await transaction.newKey(of: table) }
        return key
    }

    private func take(of table: String) -> Int64? {
        keys.withLock { $0[table]?.popLast() }
    }
}
