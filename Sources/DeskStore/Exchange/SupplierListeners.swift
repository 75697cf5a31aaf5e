public import Desk
public import Foundation
import Jobs
public import Moments
public import Postgres

/// An address at which a supplier's system wants to be told of what happens to the tickets that it has from us.
public struct SupplierListening: Hashable, Sendable {
    public let id: UUID
    public let supplier: SupplierID
    public let callback: String
    /// As it was sent.
    public let query: String
    /// The names of the events that are wanted; all if nil.
    public let kinds: [String]?
    /// Of the interface at which it was asked for.
    public let version: String

    public init(id: UUID, supplier: SupplierID, callback: String, query: String, kinds: [String]?, version: String) {
        (self.id, self.supplier, self.callback) = (id, supplier, callback)
        (self.query, self.kinds, self.version) = (query, kinds, version)
    }

    /// How many a supplier may have.
    public static let most = 10
}

extension SupplierListening: PostgresRow {
    public static var columns: String { "id, supplier, callback, query, kinds, version" }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            id: try row.read(), supplier: try row.read(), callback: try row.read(), query: try row.read(),
            kinds: try row.read(), version: try row.read())
    }
}

extension DeskStore {
    /// Keeps a listener.
    ///
    /// - Returns: whether there was room for it; nil where the address is one already.
    public func add(_ listener: SupplierListening) async throws -> Bool? {
        try await transaction { (transaction: borrowing Transaction) in
            let known = try await transaction.listeners(of: listener.supplier)
            if known.contains(where: { $0.callback == listener.callback }) { return nil }
            guard known.count < SupplierListening.most else { return false }
            let added = try await transaction.run(
                """
                insert into supplier_listener (id, supplier, callback, query, kinds, version, created_at)
                values (\(listener.id), \(listener.supplier), \(listener.callback), \(listener.query),
                    \(listener.kinds), \(listener.version), \(now))
                on conflict do nothing
                """)
            return added == 1 ? true : nil
        }
    }

    /// - Returns: whether the supplier had it.
    public func removeListener(_ id: UUID, of supplier: SupplierID) async throws -> Bool {
        try await transaction { (transaction: borrowing Transaction) in
            try await transaction.removeListener(id, of: supplier)
        }
    }

    public func listener(_ id: UUID, of supplier: SupplierID) async throws -> SupplierListening? {
        try await transaction { (transaction: borrowing Transaction) in
            try await transaction.listeners(of: supplier).first { $0.id == id }
        }
    }
}

extension Transaction {
    public borrowing func listeners(of supplier: SupplierID) async throws -> [SupplierListening] {
        try await all(
            Query<SupplierListening>(
                """
                select \(columns: SupplierListening.self) from supplier_listener where supplier = \(supplier)
                order by created_at, id
                """))
    }

    @discardableResult
    public borrowing func removeListener(_ id: UUID, of supplier: SupplierID) async throws -> Bool {
        try await run("delete from supplier_listener where id = \(id) and supplier = \(supplier)") == 1
    }

    /// Leaves events of an exchange for those who listen.
    ///
    /// - Parameters:
    ///   - kinds: the names of the events.
    ///   - group: the part of the queue in which the supplier's jobs are.
    public borrowing func tellListeners(
        of bond: BondView, _ kinds: [String], group: String, at now: Moment
    ) async throws {
        for listener in try await listeners(of: bond.supplier) {
            for kind in kinds where listener.kinds?.contains(kind) ?? true {
                let job = TellSupplierListener(
                    listener: listener.id, supplier: bond.supplier.rawValue, bond: bond.id, event: UUID(), kind: kind,
                    at: now.microseconds)
                try await enqueue(job, group: group, key: "supplier-listener:\(listener.id)")
            }
        }
    }
}
