public import Desk
public import Postgres

/// A link of a ticket to another one that is seen too.
public struct TicketLink: Sendable, Equatable {
    /// From which of the two tickets the link is read.
    public enum Direction: String, Sendable {
        case outgoing
        case incoming
    }

    let ticket: TicketID
    public let number: TicketNumber
    public let kind: LinkKind
    public let direction: Direction
}

extension TicketLink: PostgresRow {
    public static var columns: String { "at, number, kind, outgoing" }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        let (ticket, number, kind): (TicketID, TicketNumber, LinkKind) = (
            try row.read(), try row.read(), try row.read()
        )
        let isOutgoing: Bool = try row.read()
        self.init(ticket: ticket, number: number, kind: kind, direction: isOutgoing ? .outgoing : .incoming)
    }
}

extension Transaction {
    /// The links of some tickets, from both sides, to tickets that these eyes see.
    borrowing func links(of tickets: [TicketID]) async throws -> [TicketLink] {
        tickets.isEmpty ? [] : try await all(.links("= any (\(tickets))"))
    }
}

extension Query<TicketLink> {
    /// - Parameter these: what the key of a ticket must be, such as `= 17`.
    static func links(_ these: SQL) -> Self {
        """
        select \(columns: TicketLink.self) from (
            select l.ticket as at, o.number, l.kind, true as outgoing, l.since
            from ticket_link l join ticket o on o.id = l.other where l.ticket \(these)
            union all
            select l.other, o.number, l.kind, false, l.since
            from ticket_link l join ticket o on o.id = l.ticket where l.other \(these)) link
        order by since, number
        """
    }
}

extension DeskStore {
    /// The numbers of those tickets that these eyes see.
    public func numbers(of tickets: [TicketID], seeing sight: Sight) async throws -> [TicketID: TicketNumber] {
        if tickets.isEmpty { return [:] }
        let rows = try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.all(
                "select id, number from ticket t where t.id = any (\(tickets))", as: (TicketID, TicketNumber).self)
        }
        return Dictionary(rows) { first, _ in first }
    }
}
