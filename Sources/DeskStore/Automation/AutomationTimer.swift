public import Desk
import Jobs
public import Moments
public import Postgres

/// An hour that came for which a rule had waited.
public struct DueTimer: Sendable, Equatable {
    public let ticket: TicketID
    public let rule: String
    public let dueAt: Moment
}

extension DeskStore {
    /// Claims hours that have come, the longest overdue first, and leaves their rules to be asked; what another copy
    /// has claimed is passed over.
    ///
    /// - Parameter sites: the codes of the sites served; all of them if nil.
    public func claimTimers(
        _ limit: Int, at sites: [String]?, now: Moment, using transaction: borrowing Transaction
    ) async throws -> [DueTimer] {
        let served: SQL = sites.map { "and s.code = any (\($0))" } ?? ""
        let rows = try await transaction.all(
            """
            select a.ticket, a.rule, a.due_at, a.chain, s.code
            from automation_timer a join ticket t on t.id = a.ticket join site s on s.id = t.holder_site
            where a.fired_at is null and a.due_at <= \(now) \(served)
            order by a.due_at limit \(limit) for update of a skip locked
            """, as: (TicketID, String, Moment, [String], String).self)
        for (ticket, rule, due, chain, site) in rows {
            transaction.later(
                "update automation_timer set fired_at = \(now) where ticket = \(ticket) and rule = \(rule)")
            let job = RunAutomation(ticket: ticket, rules: [rule], due: due, chain: chain)
            try transaction.enqueueLater(job, site: site, key: job.key)
        }
        return rows.map { DueTimer(ticket: $0.0, rule: $0.1, dueAt: $0.2) }
    }
}

/// A rule that was stopped some times.
public struct StoppedRule: Sendable, Equatable {
    public let rule: String
    public let reason: AutomationStop.Reason
    public let count: Int
}

extension DeskStore {
    /// The rules that were stopped since a moment, by their names and the reasons.
    public func stoppedRules(since moment: Moment) async throws -> [StoppedRule] {
        try await database.all(
            """
            select rule, reason, count(*) from automation_stop where at > \(moment)
            group by rule, reason order by rule, reason
            """, as: (String, AutomationStop.Reason, Int).self
        ).map { StoppedRule(rule: $0.0, reason: $0.1, count: $0.2) }
    }
}

extension Transaction {
    /// Takes the row of an hour that came; false where the ticket has moved on since, and the rule waits no longer.
    borrowing func takeTimer(of ticket: TicketID, rules: [String], due: Moment) async throws -> Bool {
        try await run(
            "delete from automation_timer where ticket = \(ticket) and rule = any (\(rules)) and due_at = \(due)") > 0
    }
}
