public import Desk
public import Foundation
public import Moments
public import Postgres

/// A message to a supplier that is next in line.
public struct PendingMessage: Sendable {
    public let id: Int64
    /// The message's identity: the supplier's system recognises a repetition by it.
    public let uuid: UUID
    public let sequence: Int
    public let kind: SupplierMessage.Kind
    public let note: EntryID?
    public let createdAt: Moment
    public let attempts: Int
    /// The bytes as they were first sent, if they were.
    public let body: String?
}

extension PendingMessage: PostgresRow {
    public static var columns: String { "id, uuid, sequence, kind, note, created_at, attempts, body" }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            id: try row.read(), uuid: try row.read(), sequence: try row.read(), kind: try row.read(),
            note: try row.read(), createdAt: try row.read(), attempts: try row.read(), body: try row.read())
    }
}

extension Transaction {
    public borrowing func bond(_ id: Int64) async throws -> BondView? {
        try await first(Query<BondView>("select \(columns: BondView.self) from supplier_ticket where id = \(id)"))
    }

    /// The bond a supplier means, by the identity that we gave it or by the supplier's own reference.
    public borrowing func bond(of supplier: SupplierID, uuid: UUID?, reference: String?) async throws -> BondView? {
        try await first(
            Query<BondView>(
                """
                select \(columns: BondView.self) from supplier_ticket
                where supplier = \(supplier)
                    and (uuid = \(uuid) or \(uuid)::uuid is null and their_reference = \(reference))
                order by id desc limit 1
                """))
    }

    /// The first message of a bond that has not gone yet; those behind it wait.
    public borrowing func nextMessage(of bond: Int64) async throws -> PendingMessage? {
        try await first(
            Query<PendingMessage>(
                """
                select \(columns: PendingMessage.self) from supplier_message
                where supplier_ticket = \(bond) and sent_at is null order by sequence limit 1
                """))
    }

    /// Fixes the bytes of a message before its first attempt, and counts the attempt.
    ///
    /// - Returns: the bytes to send: those of the first attempt if there has been one.
    public borrowing func fix(_ body: String, of message: Int64) async throws -> String {
        let fixed = try await first(
            """
            update supplier_message set body = coalesce(body, \(body)), attempts = attempts + 1
            where id = \(message) returning body
            """, as: String.self)
        return fixed ?? body
    }

    public borrowing func markSent(_ message: Int64, at now: Moment) async throws {
        try await run("update supplier_message set sent_at = \(now), last_error = null where id = \(message)")
    }

    public borrowing func markFailed(_ message: Int64, because error: String) async throws {
        try await run("update supplier_message set last_error = \(error) where id = \(message)")
    }
}
