public import Desk
public import Foundation
public import Moments
public import Postgres

/// An exchange with a supplier as the supplier's system reads it, before the supplier's allow-list is applied.
public struct HeldTicket: Sendable {
    public let bond: BondView
    /// Nil once the exchange has ended: what happens to the ticket then is not for the supplier.
    public let record: TicketRecord?
    public let requester: PersonRecord?
    /// What the requester wrote first.
    public let description: String?
    /// What was said, the oldest first; asked for with one exchange alone.
    public var lines: [HeldLine] = []
    /// What the supplier may have of both sides, the oldest first; asked for with one exchange alone.
    public var files: [HeldFile] = []
}

/// A file of an exchange.
public struct HeldFile: Sendable {
    public let side: HeldLine.Side
    public let file: AttachmentView
}

/// One thing that was said in an exchange.
public struct HeldLine: Sendable, Hashable {
    public enum Side: Sendable, Hashable {
        case desk
        case supplier
    }

    /// Its name, the same for ever.
    public let id: String
    public let side: Side
    public let at: Moment
    public let text: String
}

extension Directory {
    /// The eyes of a supplier's system: they see the tickets that the supplier has now.
    public func sight(holding supplier: SupplierID) -> Sight {
        Sight(scopes: [key(of: .supplier(supplier))].compactMap(\.self))
    }
}

extension DeskStore {
    /// How long an exchange that has ended is still told of.
    public static let heldShownFor = Duration.seconds(90 * 86_400)
    private static let mostHeld = 200

    /// What a supplier has from us, the newest first, without what was said.
    public func heldTickets(of supplier: SupplierID, in directory: Directory) async throws -> [HeldTicket] {
        try await held("s.supplier = \(supplier)", of: supplier, in: directory, told: false)
    }

    /// One exchange of a supplier's, with all that was said and its files; nil where it has none of that name.
    public func heldTicket(
        _ exchange: UUID, of supplier: SupplierID, in directory: Directory
    ) async throws -> HeldTicket? {
        let condition: SQL = "s.supplier = \(supplier) and s.uuid = \(exchange)"
        guard var ticket = try await held(condition, of: supplier, in: directory, told: true).first else { return nil }
        ticket.files = try await all(
            """
            select \(columns: HeldFile.self) from attachment
            where supplier_ticket = (select b.id from supplier_ticket b where b.uuid = \(exchange))
            order by entry, name, id
            """, seeing: Sight(portalOf: [supplier]))
        return ticket
    }

    /// - Parameter condition: on the exchange as s.
    private func held(
        _ condition: SQL, of supplier: SupplierID, in directory: Directory, told: Bool
    ) async throws -> [HeldTicket] {
        let words = SQL.words(for: directory.supplier(supplier))
        let open: SQL = "select s.ticket from supplier_ticket s where \(condition) and s.ended_at is null"
        var batch = Batch()
        let bonds = batch.all(
            Query<BondView>(
                """
                select \(columns: BondView.self) from supplier_ticket where id in (
                    select s.id from supplier_ticket s
                    where \(condition) and (s.ended_at is null or s.ended_at > \(now - Self.heldShownFor))
                    order by s.id desc limit \(Self.mostHeld))
                order by id desc
                """))
        let records = batch.all(
            Query<TicketRecord>("select \(columns: TicketRecord.self) from ticket t where t.id in (\(open))"))
        let people = batch.all(
            Query<PersonRecord>(
                """
                select \(columns: PersonRecord.self) from person p
                where p.id in (select t.requester from ticket t where t.id in (\(open)))
                """))
        let first = batch.all(
            """
            select distinct on (e.ticket) e.ticket, \(words) from entry e
            where e.ticket in (\(open)) and e.visibility = 'public' order by e.ticket, e.id
            """, as: (TicketID, String).self)
        let lines = told ? batch.all(Query<HeldLine>.said(condition, words)) : nil
        let answers = try await ask(batch, seeing: directory.sight(holding: supplier))
        let tickets = Dictionary(try answers[records].map { ($0.ticket.id, $0) }) { $1 }
        let requesters = Dictionary(try answers[people].map { ($0.id, $0) }) { $1 }
        let descriptions = Dictionary(try answers[first]) { $1 }
        let all = try lines.map { try answers[$0] } ?? []
        return try answers[bonds].map { bond in
            let record = bond.endedAt == nil ? tickets[bond.ticket] : nil
            return HeldTicket(
                bond: bond, record: record, requester: record.flatMap { requesters[$0.ticket.requester] },
                description: record.flatMap { descriptions[$0.ticket.id] }, lines: all)
        }
    }
}

extension HeldFile: PostgresRow {
    public static var columns: String {
        "exists (select from entry own where own.id = attachment.entry), \(AttachmentView.columns)"
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        side = try row.read() ? .supplier : .desk
        file = try AttachmentView(from: &row)
    }
}

extension HeldLine: PostgresRow {
    public static var columns: String { "id, ours, at, text" }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        id = try row.read()
        side = try row.read() ? .desk : .supplier
        (at, text) = (try row.read(), try row.read())
    }
}

extension Query<HeldLine> {
    /// What was said in an exchange: the notes that went to the supplier, and its own.
    ///
    /// - Parameters:
    ///   - condition: on the exchange as s.
    ///   - words: what an entry of the desk as e says to the supplier.
    fileprivate static func said(_ condition: SQL, _ words: SQL) -> Self {
        """
        select \(columns: HeldLine.self) from (
            select 'message-' || m.sequence as id, true as ours, m.created_at as at, \(words) as text, m.id as place
            from supplier_ticket s join supplier_message m on m.supplier_ticket = s.id join entry e on e.id = m.note
            where \(condition)
            union all
            select e.uuid::text, false, e.at, e.text, e.id
            from supplier_ticket s join entry e on e.ticket = s.ticket and e.author_supplier = s.supplier
            where \(condition) and e.at >= coalesce(
                (select min(m.created_at) from supplier_message m where m.supplier_ticket = s.id), s.opened_at)
        ) line order by at, place
        """
    }
}

extension Transaction {
    /// Keeps what a supplier's system said, where what it comes to is recorded in the same transaction.
    ///
    /// - Returns: whether it had not been said before under the same identity.
    public borrowing func keep(
        _ message: String, messageID: String, of supplier: SupplierID, at now: Moment
    ) async throws -> Bool {
        let id = try await newKey(of: "supplier_receipt")
        return try await run(
            """
            insert into supplier_receipt (id, supplier, message_id, received_at, body, handled_at, result)
            values (\(id), \(supplier), \(messageID), \(now), \(message), \(now), 'recorded')
            on conflict do nothing
            """) == 1
    }
}
