public import Desk
public import Foundation
public import Moments
public import Postgres

/// A message of the desk in an exchange, with what left and what was answered, as it was kept.
public struct ExchangeMessage: Sendable {
    public let kind: SupplierMessage.Kind
    public let createdAt: Moment
    public let sentAt: Moment?
    /// Since when it waits for a person.
    public let parkedAt: Moment?
    public let lastError: String?
    /// The event with what was disclosed; nil where nothing has been sent, and where the supplier reads in our portal.
    public let body: String?
    /// What was said and what was answered at the last attempt, without secrets.
    public let sent: String?
    public let received: String?
}

extension ExchangeMessage: PostgresRow {
    public static var columns: String {
        "m.kind, m.created_at, m.sent_at, m.parked_at, m.last_error, m.body, m.wire_sent, m.wire_received"
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            kind: try row.read(), createdAt: try row.read(), sentAt: try row.read(), parkedAt: try row.read(),
            lastError: try row.read(), body: try row.read(), sent: try row.read(), received: try row.read())
    }
}

extension DeskStore {
    private static let mostMessages = 500

    /// What the desk has told in an exchange over a ticket, in order; as much as these eyes see of it.
    public func messages(
        of exchange: UUID, over ticket: TicketID, seeing sight: Sight
    ) async throws -> [ExchangeMessage] {
        try await all(
            Query<ExchangeMessage>(
                """
                select \(columns: ExchangeMessage.self)
                from supplier_message m join supplier_ticket b on b.id = m.supplier_ticket
                where b.uuid = \(exchange) and b.ticket = \(ticket)
                order by m.sequence limit \(Self.mostMessages)
                """), seeing: sight)
    }
}
