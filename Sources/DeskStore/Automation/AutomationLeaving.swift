import Desk
import Jobs
import Moments
import Postgres

extension Transaction {
    /// Leaves to the rules what they are to be asked at, and sets and takes back the hours that they wait for.
    ///
    /// - Parameters:
    ///   - old: the ticket before the events; nil for one that was just opened.
    ///   - chain: the rules that led to the events, and are asked on by whoever asked them; nil where no rule did.
    borrowing func leaveAutomation(
        of events: [Ticket.Event], from old: Ticket?, to new: Ticket, by actor: Ticket.Actor, chain: [String]? = nil,
        in directory: Directory
    ) throws {
        let automation = directory.organisation.automation
        if automation.rules.isEmpty { return }
        if chain == nil {
            let origin = AutomationRule.Origin(actor, requester: new.requester)
            let site = directory.code(of: new.responsibility.place.site)
            for event in events {
                let rules = automation.listeners(to: event, by: origin)
                if rules.isEmpty { continue }
                let job = RunAutomation(ticket: new.id, rules: rules, event: event.kind)
                try enqueueLater(job, site: site, key: job.key)
            }
        }
        settle(automation.timers(from: old, to: new), of: new, chain: chain ?? [], in: directory)
    }

    private borrowing func settle(
        _ timers: AutomationTimers, of ticket: Ticket, chain: [String], in directory: Directory
    ) {
        if !timers.ended.isEmpty {
            later("delete from automation_timer where ticket = \(ticket.id) and rule = any (\(timers.ended))")
        }
        for beginning in timers.begun {
            guard let due = directory.due(beginning, for: ticket) else { continue }
            later(
                """
                insert into automation_timer (ticket, rule, due_at, chain)
                values (\(ticket.id), \(beginning.rule), \(due), \(chain))
                on conflict (ticket, rule) do update
                set due_at = excluded.due_at, chain = excluded.chain, fired_at = null
                """)
        }
    }
}

extension Directory {
    /// When a time is over for which a rule waits; nil where its calendar never gets there.
    fileprivate func due(_ beginning: AutomationTimers.Beginning, for ticket: Ticket) -> Moment? {
        let wait = beginning.wait
        let code: String
        switch wait.hours {
        case .always: return beginning.since + .seconds(wait.seconds)
        case .team:
            guard let team = team(ticket.responsibility.place.team) else { return nil }
            code = organisation.calendar(of: team)
        case .calendar(let named): code = named
        }
        return try? calendar(code, at: ticket.updatedAt)?.adding(seconds: wait.seconds, to: beginning.since)
    }
}
