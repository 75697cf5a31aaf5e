public import Desk
import Moments
public import Postgres

extension Transaction {
    borrowing func open(_ leg: Leg, of ticket: TicketID) {
        later(
            """
            insert into leg (ticket, episode, started_at, previous_end, holder, site, tier, team, supplier, position,
                reason)
            values (\(ticket), \(leg.episode), \(leg.startedAt), \(leg.previousEnd), \(leg.holder.kind),
                \(leg.place.site), \(leg.place.tier), \(leg.place.team), \(leg.holder.supplier), \(leg.position),
                \(leg.reason))
            """)
    }

    borrowing func closeLeg(of ticket: TicketID, at end: Moment) {
        later("update leg set ended_at = \(end) where ticket = \(ticket) and ended_at is null")
    }
}

extension Leg: PostgresRow {
    public static var columns: String {
        "episode, previous_end is null, holder, supplier, site, tier, team, position, reason, started_at, ended_at"
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        let (episode, isFirst): (Int, Bool) = (try row.read(), try row.read())
        let (kind, supplier): (Holder.Kind, SupplierID?) = (try row.read(), try row.read())
        let place = Place(site: try row.read(), tier: try row.read(), team: try row.read())
        self.init(
            episode: episode, isFirst: isFirst, holder: Holder(kind, supplier: supplier, place: place), place: place,
            position: try row.read(), reason: try row.read(), startedAt: try row.read(), endedAt: try row.read())
    }
}
