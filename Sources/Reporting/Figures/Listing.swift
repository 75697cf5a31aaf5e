import Desk
import DeskStore
import Moments
import Postgres

/// Which tickets stand behind a number of the report.
struct Listing: Sendable, Hashable {
    /// The number that was asked about.
    enum Count: Sendable, Hashable {
        case opened
        case resolved
        case open
        /// Resolved, and somebody worked on it.
        case worked
        case outcome(Ticket.Outcome)
        case knowledge(KnowledgeGain)
        case met(Measure)
        case missed(Measure)
        /// Given back by one team to another.
        case returned(from: TeamID, to: TeamID)
        case referral(ReferralCount)
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
        case .opened:
            "where t.opened_at >= \(start) and t.opened_at < \(until) and \(isOfGroup(question.split.column))"
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
        case .outcome(let outcome):
            "where \(question.isResolved) and t.outcome = \(outcome) and \(isOfGroup(question.split.column))"
        case .knowledge(let gain):
            "where \(question.isResolved) and \(gain.condition) and \(isOfGroup(question.split.column))"
        case .met(let measure): settled(measure, isMet: true)
        case .missed(let measure): settled(measure, isMet: false)
        case .returned(let from, let to):
            """
            where exists (select from figure_return r where r.ticket = t.ticket and r.episode = t.episode
                and \(question.hasReturned) and r.from_team = \(from) and r.team = \(to))
            """
        case .referral(let count):
            """
            where exists (select from figure_referral r where r.ticket = t.ticket and r.episode = t.episode
                and \(count.condition(in: question)) and \(isOfGroup(question.split.columnOfReferral)))
            """
        }
    }

    /// A ticket stands in the list once, however many promises of it are meant.
    private func settled(_ measure: Measure, isMet: Bool) -> SQL {
        """
        where exists (select from figure_target g where g.ticket = t.ticket and g.episode = t.episode
            and \(question.isSettled) and g.measure = \(measure) and g.is_met = \(isMet)
            and \(isOfGroup(question.split.columnOfTarget)))
        """
    }

    private func isOfGroup(_ column: SQL) -> SQL {
        switch group {
        case .all: "true"
        case .one(let key): "\(column) is not distinct from \(key)"
        }
    }
}
