public import Desk
import Jobs
public import Moments
public import Postgres

/// What a supplier said, as it came.
public struct SupplierReceipt: Sendable {
    public let id: Int64
    public let supplier: SupplierID
    public let messageID: String
    public let body: String
    /// What became of it, once it has been read.
    public let result: String?
}

extension SupplierReceipt: PostgresRow {
    public static var columns: String { "id, supplier, message_id, body, result" }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            id: try row.read(), supplier: try row.read(), messageID: try row.read(), body: try row.read(),
            result: try row.read())
    }
}

extension DeskStore {
    /// Keeps what a supplier said and leaves it to be read; a message that has been here is kept once.
    ///
    /// - Returns: whether it was new.
    public func receive(_ body: String, messageID: String, from supplier: SupplierID) async throws -> Bool {
        try await transaction { (transaction: borrowing Transaction) in
            try await receive(body, messageID: messageID, from: supplier, using: transaction)
        }
    }

    /// The same in a transaction that is under way.
    public func receive(
        _ body: String, messageID: String, from supplier: SupplierID, using transaction: borrowing Transaction
    ) async throws -> Bool {
        guard let id = try await keep(body, messageID: messageID, from: supplier, using: transaction) else {
            return false
        }
        try await transaction.enqueue(ReadSupplierReceipt(receipt: id), key: "supplier-receipts:\(supplier)")
        return true
    }

    /// Keeps what is known of a file at a supplier's ticket and leaves it to be fetched, once.
    ///
    /// - Parameter group: the part of the queue in which the supplier's jobs are.
    public func receive(
        file body: String, messageID: String, from supplier: SupplierID, group: String,
        using transaction: borrowing Transaction
    ) async throws {
        guard let id = try await keep(body, messageID: messageID, from: supplier, using: transaction) else { return }
        try await transaction.enqueue(FetchSupplierFile(receipt: id), group: group)
    }

    /// - Returns: nil where it has been here.
    private func keep(
        _ body: String, messageID: String, from supplier: SupplierID, using transaction: borrowing Transaction
    ) async throws -> Int64? {
        let id = try await transaction.newKey(of: "supplier_receipt")
        let added = try await transaction.run(
            """
            insert into supplier_receipt (id, supplier, message_id, received_at, body)
            values (\(id), \(supplier), \(messageID), \(now), \(body)) on conflict do nothing
            """)
        return added == 1 ? id : nil
    }
}

extension Transaction {
    public borrowing func receipt(_ id: Int64) async throws -> SupplierReceipt? {
        try await first(
            Query<SupplierReceipt>("select \(columns: SupplierReceipt.self) from supplier_receipt where id = \(id)"))
    }

    /// Writes down what became of a receipt; it is kept for the record either way.
    public borrowing func settle(receipt id: Int64, as result: String, at now: Moment) async throws {
        try await run("update supplier_receipt set handled_at = \(now), result = \(result) where id = \(id)")
    }
}
