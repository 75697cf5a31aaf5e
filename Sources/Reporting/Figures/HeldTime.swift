import Desk
import DeskStore
import Postgres

/// How long a party had tickets to work on in a period, summed over all of them.
struct HeldTime: Sendable, Hashable {
    let holder: Holder.Kind
    /// Which team or supplier it was; nil for all requesters together.
    let party: Int64?
    let seconds: Double
}

extension HeldTime: PostgresRow {
    static var columns: String {
        """
        l.holder, case l.holder when 'team' then l.team when 'supplier' then l.supplier end
        """
    }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(holder: try row.read(), party: try row.read(), seconds: try row.read())
    }
}

extension Query<HeldTime> {
    /// The longest first.
    static func held(_ question: Question) -> Self {
        let (start, end) = (question.period.start, question.until)
        return """
            select \(columns: HeldTime.self), sum(extract(epoch from
                least(coalesce(l.ended_at, \(end)), \(end)) - greatest(l.started_at, \(start))))::float8
            from figure_leg l join figure_ticket t using (ticket, episode)
            where l.started_at < \(end) and (l.ended_at is null or l.ended_at > \(start))
                and \(question.reach.condition)
            group by 1, 2 order by 3 desc, 1, 2
            """
    }
}
