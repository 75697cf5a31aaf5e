public import Desk
public import Foundation
import Jobs
public import Moments
public import Postgres

/// A message to a supplier that is next in line.
public struct PendingMessage: Sendable {
    public let id: Int64
    /// The message's identity: the supplier's system recognises a repetition by it.
    public let uuid: UUID
    public let sequence: Int
    public let kind: MessageKind
    public let note: EntryID?
    /// What an escalation is about.
    public let mark: ContractMark?
    public let createdAt: Moment
    public let attempts: Int
    /// The bytes as they were first sent, if they were.
    public let body: String?
    /// Whether it waits for a person.
    public let isParked: Bool
}

extension PendingMessage: PostgresRow {
    public static var columns: String {
        "id, uuid, sequence, kind, note, measure, percent, created_at, attempts, body, parked_at is not null"
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        (id, uuid, sequence) = (try row.read(), try row.read(), try row.read())
        (kind, note) = (try row.read(), try row.read())
        let (measure, percent): (Measure?, Int?) = (try row.read(), try row.read())
        mark = measure.flatMap { measure in percent.map { ContractMark(measure, percent: $0) } }
        (createdAt, attempts, body, isParked) = (try row.read(), try row.read(), try row.read(), try row.read())
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

    /// The bond that a supplier's system knows by its own key.
    public borrowing func bond(of supplier: SupplierID, remote: String) async throws -> BondView? {
        try await first(
            Query<BondView>(
                """
                select \(columns: BondView.self) from supplier_ticket
                where supplier = \(supplier) and remote = \(remote) order by id desc limit 1
                """))
    }

    /// Exchanges that have not ended, by their keys.
    public borrowing func openBonds(
        of supplier: SupplierID, after key: Int64, limit: Int
    ) async throws -> [BondView] {
        try await all(
            Query<BondView>(
                """
                select \(columns: BondView.self) from supplier_ticket
                where supplier = \(supplier) and id > \(key) and ended_at is null order by id limit \(limit)
                """))
    }

    /// Leaves a delivery for messages of an exchange that wait and are not parked, should they have lost theirs.
    public borrowing func deliverLeftovers(of bond: BondView, group: String) async throws {
        guard let message = try await nextMessage(of: bond.id), !message.isParked else { return }
        try await enqueue(
            DeliverSupplierMessage(bond: bond.id), group: group, key: DeliverSupplierMessage.key(of: bond.id))
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
}
