import Desk
import DeskStore
import Moments
import Postgres

/// Which tickets stand behind a number of the report.
struct Listing: Sendable, Hashable {
    /// The number that was asked about.
    enum Count: String, CaseIterable, Sendable {
        case opened
        case resolved
        case open
        /// Resolved, and somebody worked on it.
        case worked
    }

    /// The group to which the number belongs.
    enum Group: Sendable, Hashable {
        case all
        /// The key of a group; nil for tickets that belong to none.
        case one(String?)
    }

    let question: Question
    let count: Count
    let group: Group

    /// The most tickets that are listed.
    static let limit = 500

    /// A ticket of the list, in one of its episodes.
    struct Line: Sendable {
        /// Nil where the reader may count the ticket, and learn no more of it.
        let number: TicketNumber?
        let state: Ticket.State
        let openedAt: Moment
    }
}

extension Listing.Line: PostgresRow {
    /// The number depends on who asks; see `Query.lines`.
    static var columns: String { "t.state, t.opened_at" }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(number: try row.read(), state: try row.read(), openedAt: try row.read())
    }
}

extension Query<Listing.Line> {
    /// The newest first, and one more than is listed, to know whether there are more.
    static func lines(_ listing: Listing) -> Self {
        let question = listing.question
        return """
            select case when \(question.reach.isNamed) then t.number end, \(columns: Listing.Line.self)
            from figure_ticket t \(listing.condition)
                and \(question.reach.condition)
            order by t.opened_at desc, t.ticket desc limit \(Listing.limit + 1)
            """
    }
}

extension Listing {
    /// What makes a ticket count, as in the report itself.
    fileprivate var condition: SQL {
        let (start, until) = (question.period.start, question.until)
        return switch count {
        case .opened: "where t.opened_at >= \(start) and t.opened_at < \(until) and \(isOfGroup(question.split.column))"
        case .resolved: "where \(question.isResolved) and \(isOfGroup(question.split.column))"
        case .open:
            """
            join figure_leg l using (ticket, episode) where \(question.isOpen) and \(isOfGroup(question.split.columnOfLeg))
            """
        case .worked:
            """
            where \(question.isResolved) and exists (select from figure_work w
                where w.ticket = t.ticket and w.episode = t.episode and \(isOfGroup(question.split.columnOfWork)))
            """
        }
    }

    private func isOfGroup(_ column: SQL) -> SQL {
        switch group {
        case .all: "true"
        case .one(let key): "\(column) is not distinct from \(key)"
        }
    }
}
