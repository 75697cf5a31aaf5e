public import Desk
public import Foundation
public import JSON
public import Moments
public import Postgres

/// What people of a supplier are shown of a bond in their portal: what the windows of the schema `portal` let through.
public struct Exchange: Sendable {
    public let id: Int64
    public let uuid: UUID
    /// The number of the desk's ticket.
    public let number: TicketNumber
    public let supplier: SupplierID
    public let theirReference: String?
    public let state: SupplierState
    /// Whether the desk has only asked something, and keeps the ticket itself.
    public let isQuestion: Bool
    public let openedAt: Moment
    public let acknowledgedAt: Moment?
    public let endedAt: Moment?
    /// What the database tells of the ticket, by the names of the supplier's allow-list.
    public let facts: JSONObject
}

extension Exchange: PostgresRow {
    public static var columns: String {
        """
        b.id, b.uuid, b.number, b.supplier, b.their_reference, b.state, b.asks, b.opened_at, b.acknowledged_at, \
        b.ended_at, b.facts
        """
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        (id, uuid, number) = (try row.read(), try row.read(), try row.read())
        (supplier, theirReference, state) = (try row.read(), try row.read(), try row.read())
        (isQuestion, openedAt) = (try row.read(), try row.read())
        (acknowledgedAt, endedAt) = (try row.read(), try row.read())
        let told: JSONText? = try row.read()
        facts = told.flatMap { try? JSON.parse($0.text).object } ?? JSONObject()
    }
}

/// One thing that was said in an exchange.
public struct ExchangeLine: Sendable {
    public enum Content: Sendable {
        /// The desk's words, nil where it sent none that the supplier may be shown; with the files that it may.
        case told(SupplierMessage.Kind, String?, [AttachmentView])
        /// The supplier's own words, with their files.
        case said(String, [AttachmentView])
    }

    public let at: Moment
    public let content: Content

    public var files: [AttachmentView] {
        switch content {
        case .told(_, _, let files), .said(_, let files): files
        }
    }
}

/// An exchange with all that was said in it, the oldest first.
public struct ExchangeFile: Sendable {
    public let exchange: Exchange
    public let lines: [ExchangeLine]
    /// All files, also those that the requester sent first.
    public let files: [AttachmentView]
    /// How far the exchange had come when it was read: another one by now says that it has gone on.
    public let mark: String

    /// Those that stand at no line: they came with what the requester wrote first.
    public var filesOfDescription: [AttachmentView] {
        let shown = Set(lines.flatMap(\.files).map(\.id))
        return files.filter { !shown.contains($0.id) }
    }
}

extension DeskStore {
    /// How long an exchange that has ended is still shown to the supplier.
    public static let exchangeShownFor = Duration.seconds(90 * 86_400)
    private static let mostExchanges = 200

    /// The exchanges of some suppliers, open ones first, each the newest first.
    public func exchanges(of suppliers: [SupplierID]) async throws -> [Exchange] {
        try await all(
            """
            select \(columns: Exchange.self) from supplier_ticket b
            where b.ended_at is null or b.ended_at > \(now - Self.exchangeShownFor)
            order by b.ended_at is not null, b.id desc limit \(Self.mostExchanges)
            """, seeing: Sight(portalOf: suppliers))
    }

    /// An exchange of a supplier by the key of its bond; nil where there is none for it.
    public func exchange(bond: Int64, of supplier: SupplierID) async throws -> Exchange? {
        let query: Query<Exchange> = "select \(columns: Exchange.self) from supplier_ticket b where b.id = \(bond)"
        return try await all(query, seeing: Sight(portalOf: [supplier])).first
    }

    /// A file that a supplier may have, of its own or of what it was told; nil where there is none for it.
    public func file(_ id: UUID, of supplier: SupplierID) async throws -> AttachmentView? {
        let query: Query<AttachmentView> = """
            select \(columns: AttachmentView.self) from attachment where id = \(id) and exists (
                select from supplier_ticket b where b.id = attachment.supplier_ticket
                    and (b.ended_at is null or b.ended_at > \(now - Self.exchangeShownFor)))
            """
        return try await all(query, seeing: Sight(portalOf: [supplier])).first
    }

    /// An exchange of one of some suppliers; nil where there is none for them.
    public func exchange(_ uuid: UUID, of suppliers: [SupplierID]) async throws -> ExchangeFile? {
        let bond: SQL = "(select b.id from supplier_ticket b where b.uuid = \(uuid))"
        var batch = Batch()
        let exchange = batch.first(
            Query<Exchange>(
                """
                select \(columns: Exchange.self) from supplier_ticket b where b.uuid = \(uuid)
                    and (b.ended_at is null or b.ended_at > \(now - Self.exchangeShownFor))
                """))
        let told = batch.all(
            "select sequence, kind, created_at, text, entry from supplier_message where supplier_ticket = \(bond)",
            as: (Int, SupplierMessage.Kind, Moment, String?, EntryID?).self)
        let said = batch.all(
            "select id, at, text from entry where supplier_ticket = \(bond)", as: (EntryID, Moment, String).self)
        let files = batch.all(
            Query<AttachmentView>(
                """
                select \(columns: AttachmentView.self) from attachment
                where supplier_ticket = \(bond) order by name, id
                """))
        let answers = try await ask(batch, seeing: Sight(portalOf: suppliers))
        guard let exchange = try answers[exchange] else { return nil }
        let messages = try answers[told]
        let all = try answers[files]
        let attached = Dictionary(grouping: all, by: \.entry)
        let lines =
            messages.map { ExchangeLine(at: $0.2, content: .told($0.1, $0.3, $0.4.flatMap { attached[$0] } ?? [])) }
            + (try answers[said]).map { ExchangeLine(at: $0.1, content: .said($0.2, attached[$0.0] ?? [])) }
        return ExchangeFile(
            exchange: exchange, lines: lines.sorted { $0.at < $1.at }, files: all,
            mark: .mark(of: exchange.state, after: messages.map(\.0).max() ?? 0))
    }
}

extension String {
    /// How far an exchange has come.
    static func mark(of state: SupplierState, after message: Int) -> String { "\(message).\(state.rawValue)" }
}
