public import Desk
import Jobs
public import Moments
public import Postgres

/// A message that waits for a person, with what was said last.
public struct ParkedMessage: Sendable {
    public let id: Int64
    public let supplier: SupplierID
    public let ticket: String
    public let kind: MessageKind
    public let parkedAt: Moment
    public let attempts: Int
    public let lastError: String?
    public let sent: String?
    public let received: String?
}

extension ParkedMessage: PostgresRow {
    public static var columns: String {
        """
        m.id, b.supplier, (select number from ticket t where t.id = b.ticket), m.kind, m.parked_at, m.attempts, \
        m.last_error, m.wire_sent, m.wire_received
        """
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            id: try row.read(), supplier: try row.read(), ticket: try row.read(), kind: try row.read(),
            parkedAt: try row.read(), attempts: try row.read(), lastError: try row.read(), sent: try row.read(),
            received: try row.read())
    }
}

/// The supplier has no such message.
public struct NoSuchMessage: Error, CustomStringConvertible {
    public let id: Int64
    public var description: String { "there is no message \(id) to this supplier" }
}

/// What an operator sees of the exchange with suppliers, and does about it.
extension DeskStore {
    /// How the lines to all suppliers do, by their codes.
    public func supplierLines() async throws -> [(supplier: Supplier, id: SupplierID, line: SupplierLine)] {
        try await transaction { (transaction: borrowing Transaction) in
            let directory = try await directory(using: transaction)
            var lines: [(supplier: Supplier, id: SupplierID, line: SupplierLine)] = []
            for supplier in directory.organisation.suppliers {
                guard let id = directory.suppliers[supplier.code] else { continue }
                lines.append((supplier, id, try await transaction.line(to: id)))
            }
            return lines
        }
    }

    /// The messages that wait for a person, the oldest first.
    ///
    /// - Parameter supplier: of one alone.
    public func parkedMessages(of supplier: SupplierID? = nil, limit: Int = 100) async throws -> [ParkedMessage] {
        let query: Query<ParkedMessage> = """
            select \(columns: ParkedMessage.self)
            from supplier_message m join supplier_ticket b on b.id = m.supplier_ticket
            where m.parked_at is not null and (\(supplier)::bigint is null or b.supplier = \(supplier))
            order by m.parked_at limit \(limit)
            """
        return try await transaction { (transaction: borrowing Transaction) in try await transaction.all(query) }
    }

    /// Has nothing begun for a supplier until it is resumed.
    public func pause(_ supplier: SupplierID, _ code: String, because reason: String) async throws {
        try await transaction { (transaction: borrowing Transaction) in
            try await transaction.pause(supplier, because: reason, at: now)
        }
        try await JobLedger(database).pause(queue: DeliverSupplierMessage.queue(of: code))
    }

    /// Opens the line to a supplier again, whatever closed it.
    public func resume(_ supplier: SupplierID, _ code: String) async throws {
        try await transaction { (transaction: borrowing Transaction) in
            try await transaction.change(lineTo: supplier) { $0.open() }
        }
        try await JobLedger(database).resume(queue: DeliverSupplierMessage.queue(of: code))
    }

    /// Has the open exchanges with a supplier compared with what its system holds.
    public func reconcile(_ supplier: SupplierID, _ code: String) async throws {
        try await transaction { (transaction: borrowing Transaction) in
            _ = try await transaction.enqueue(
                ReconcileSupplier(supplier: supplier.rawValue), group: code, unique: "\(supplier)")
        }
    }

    /// Has a message sent, whether it waits for a person or has been sent before; it keeps its place in the exchange
    /// and its identity, by which the supplier's system knows it.
    ///
    /// - Throws: ``NoSuchMessage``.
    public func replay(_ message: Int64, to supplier: SupplierID) async throws {
        try await transaction { (transaction: borrowing Transaction) in
            let bond = try await transaction.first(
                """
                update supplier_message m set parked_at = null, sent_at = null, last_error = null
                from supplier_ticket b
                where m.id = \(message) and b.id = m.supplier_ticket and b.supplier = \(supplier)
                returning b.id
                """, as: Int64.self)
            guard let bond else { throw NoSuchMessage(id: message) }
            try await transaction.leaveDelivery(of: bond, in: try await directory(using: transaction))
        }
        try await forgetDead()
    }

    /// Has all messages of a supplier sent again that were parked in a span of time.
    ///
    /// - Returns: how many.
    public func replay(parkedAt supplier: SupplierID, from first: Moment, to last: Moment) async throws -> Int {
        let count = try await transaction { (transaction: borrowing Transaction) in
            let bonds = try await transaction.all(
                """
                update supplier_message m set parked_at = null, last_error = null
                from supplier_ticket b
                where m.parked_at between \(first) and \(last) and b.id = m.supplier_ticket
                    and b.supplier = \(supplier)
                returning b.id
                """, as: Int64.self)
            let directory = try await directory(using: transaction)
            for bond in Set(bonds).sorted() { try await transaction.leaveDelivery(of: bond, in: directory) }
            return bonds.count
        }
        try await forgetDead()
        return count
    }

    /// Has jobs that were given up end: of a message that is still parked nothing is sent.
    private func forgetDead() async throws {
        try await JobLedger(database).retryDead(queue: DeliverSupplierMessage.queue, kind: DeliverSupplierMessage.kind)
    }
}

extension Transaction {
    /// Leaves what is needed for the messages of an exchange to go on.
    borrowing func leaveDelivery(of bond: Int64, in directory: Directory) async throws {
        let row = try await first(
            "select b.supplier, t.site from supplier_ticket b join ticket t on t.id = b.ticket where b.id = \(bond)",
            as: (SupplierID, SiteID).self)
        guard let row else { return }
        let code = directory.suppliers.code(of: row.0)
        try await enqueue(
            DeliverSupplierMessage(bond: bond), site: directory.code(of: row.1), group: code,
            key: DeliverSupplierMessage.key(of: bond))
    }
}
