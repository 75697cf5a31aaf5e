import Desk
import Postgres

/// An event of a transaction that has ended, like all those before it.
struct SettledEvent: Sendable {
    let place: LogPlace
    let ticket: TicketID
}

extension SettledEvent: PostgresRow {
    static var columns: String { "e.transaction::text, e.id, e.ticket" }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        place = LogPlace(transaction: try row.read(), event: try row.read())
        ticket = try row.read()
    }
}

extension Query<SettledEvent> {
    /// The events behind a place, as far as none can still come between them.
    static func following(_ place: LogPlace, limit: Int) -> Self {
        """
        select \(columns: SettledEvent.self) from event e
        where (e.transaction, e.id) > (\(place.transaction)::text::xid8, \(place.event))
            and e.transaction < pg_snapshot_xmin(pg_current_snapshot())
        order by e.transaction, e.id limit \(limit)
        """
    }
}
