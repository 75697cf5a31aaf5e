public import Desk
import Moments
public import Postgres

/// A ticket that is not closed.
public struct OpenTicket: Sendable {
    public let id: TicketID
    public let number: TicketNumber
    /// Its place in the order in which those of a site are gone through.
    public let turn: Turn

    public struct Turn: Codable, Hashable, Sendable {
        let priority: Int
        let openedAt: Moment
        let id: TicketID
    }
}

extension OpenTicket: PostgresRow {
    public static var columns: String { "id, number, priority, opened_at" }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        (id, number) = (try row.read(), try row.read())
        turn = Turn(priority: try row.read(), openedAt: try row.read(), id: id)
    }
}

extension Query<OpenTicket> {
    static func open(at site: SiteID, after last: OpenTicket.Turn?, limit: Int) -> Self {
        let rest: SQL =
            last.map { "and (priority, opened_at, id) > (\($0.priority)::smallint, \($0.openedAt), \($0.id))" } ?? ""
        return """
            select \(columns: OpenTicket.self) from ticket
            where holder_site = \(site) and state <> 'closed' \(rest)
            order by priority, opened_at, id limit \(limit)
            """
    }
}

extension SQLSession where Self: ~Copyable {
    /// Some of the tickets that are at a site and not closed, in an order in which all of them can be gone through: one
    /// that changes its place in it meanwhile may be passed over or come twice.
    public borrowing func openTickets(
        at site: SiteID, after last: OpenTicket.Turn? = nil, limit: Int
    ) async throws -> [OpenTicket] {
        try await all(.open(at: site, after: last, limit: limit))
    }

    /// How many tickets are at some sites and not closed.
    public borrowing func openTickets(at sites: [SiteID]) async throws -> Int {
        try await first(
            "select count(*) from ticket where holder_site = any (\(sites)) and state <> 'closed'", as: Int.self) ?? 0
    }
}
