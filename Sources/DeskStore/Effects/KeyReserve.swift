import Postgres
import Synchronization

/// Keys of rows to come, fetched some at a time: a key that is needed in the middle of a transaction then costs no
/// round trip. Keys of a process that ends are never used; gaps are normal.
final class KeyReserve: Sendable {
    private let keys = Mutex<[String: [Int64]]>([:])

    private static let batch = 200

    /// A key that no other row of the table has. Of two keys the lower is not always the elder.
    func next(of table: String, using transaction: borrowing Transaction) async throws -> Int64 {
        try await next(1, of: table, using: transaction)[0]
    }

    /// Several keys, ascending.
    func next(_ count: Int, of table: String, using transaction: borrowing Transaction) async throws -> [Int64] {
        if let keys = take(count, of: table) { return keys }
        let fresh = try await transaction.newKeys(of: table, count: Self.batch)
        keys.withLock { $0[table, default: []].append(contentsOf: fresh) }
        if let keys = take(count, of: table) { return keys }
        return try await transaction.newKeys(of: table, count: count)
    }

    private func take(_ count: Int, of table: String) -> [Int64]? {
        keys.withLock { keys in
            guard let known = keys[table], known.count >= count else { return nil }
            keys[table]?.removeFirst(count)
            return Array(known.prefix(count))
        }
    }
}
