public import Desk
import Moments
public import Postgres
import TimeZones

/// What came of asking rules about a ticket.
public struct AutomationOutcome: Sendable, Equatable {
    /// The names of the rules that did something.
    public var ran: [String] = []
    /// Those that would have, and were stopped.
    public var stopped: [AutomationStop] = []
}

extension DeskStore {
    /// Asks rules about a ticket and does what those say that match, each wholly or not at all; what one has done is
    /// asked about, and so on, before the next one is. All of it is one transaction.
    ///
    /// - Returns: nil where there is nothing to ask about any more.
    /// - Throws: `Refusal`, `DatabaseError`, `DeskInconsistency`.
    public func automate(
        _ job: RunAutomation, using transaction: borrowing Transaction
    ) async throws -> AutomationOutcome? {
        guard let held = try await transaction.hold(job.ticket) else { return nil }
        if let due = job.due, try await !transaction.takeTimer(of: job.ticket, rules: job.rules, due: due) {
            return nil
        }
        let directory = try await directory(using: transaction)
        let automation = directory.organisation.automation
        guard job.rules.contains(where: { automation.rule($0) != nil }) else { return nil }
        let known = try await transaction.facts(of: held, in: directory)
        var run = AutomationRun(held: held, known: known, directory: directory, isDue: job.due != nil)
        try await ask(
            AutomationRun.Question(rules: job.rules, event: job.event, chain: job.chain), of: &run, using: transaction)
        return run.outcome
    }

    /// What a rule leads to comes before the next rule: of two that undo one another the second then follows from the
    /// first and not from what happened, so that they are one circle, which is cut and told once.
    private func ask(
        _ question: AutomationRun.Question, of run: inout AutomationRun, using transaction: borrowing Transaction
    ) async throws {
        let rules = run.directory.organisation.automation.rules
        for rule in rules where rule.isEnabled && question.rules.contains(rule.name) && !run.isOver {
            for next in try await follow(rule, question, of: &run, using: transaction) {
                try await ask(next, of: &run, using: transaction)
            }
        }
    }

    /// - Returns: what is to be asked because of what the rule has done.
    private func follow(
        _ rule: AutomationRule, _ question: AutomationRun.Question, of run: inout AutomationRun,
        using transaction: borrowing Transaction
    ) async throws -> [AutomationRun.Question] {
        let (held, directory) = (run.held, run.directory)
        if let wait = rule.wait, !run.isDue || !wait.states.contains(held.ticket.state) { return [] }
        let facts = directory.facts(of: held, run.known.facts)
        guard let found = rule.condition.matches(facts, at: now, situation(directory), in: directory.organisation)
        else { return [] }
        let writer = AutomationWriter(
            record: held, requester: run.known.requester, directory: directory, basis: .rule)
        let rehearsal = Rehearsal(try writer.steps(rule.actions), on: held.ticket, at: now, by: .program)
        if rehearsal.steps.isEmpty, rehearsal.faults.isEmpty { return [] }
        var recording = Recording(by: .program, cause: LogLine.cause(ofRule: rule.name))
        recording.chain = question.chain + [rule.name]
        if let stop = run.stop(rule, after: question.chain, rehearsal) {
            guard run.isNews(stop) else { return [] }
            transaction.later(
                """
                insert into automation_stop (ticket, rule, reason, at)
                values (\(held.ticket.id), \(stop.rule), \(stop.reason), \(now))
                """)
            run.held = try await write(
                [.automationStopped(stop)], to: held, recording, in: directory, using: transaction)
            run.outcome.stopped.append(stop)
            return []
        }
        let mark = AutomationMark(
            .rule(rule.name), at: question.event, facts: found, version: directory.version, chain: question.chain)
        let (after, events) = try await take(
            rehearsal.steps, marked: mark, on: held, recording, in: directory, using: transaction)
        run.held = after
        run.outcome.ran.append(rule.name)
        return run.questions(at: events, after: question.chain + [rule.name])
    }

    /// Does the steps of a rule or a macro one after the other, behind the event that says what was run.
    ///
    /// - Returns: the ticket afterwards, and what happened to it.
    func take(
        _ steps: [AutomationStep], marked mark: AutomationMark, on record: TicketRecord, _ recording: Recording,
        in directory: Directory, using transaction: borrowing Transaction
    ) async throws -> (after: TicketRecord, events: [Ticket.Event]) {
        var held = try await write(
            [.automated(mark)], to: record, recording, in: directory, using: transaction)
        var events: [Ticket.Event] = []
        for step in steps {
            var entry: EntryID?
            if let words = step.words {
                let note = Note(
                    words.text, visibility: words.visibility, kind: words.visibility == .public ? .message : .system)
                entry = try await transaction.add(note, to: held.ticket.id, by: recording.actor, at: now)
            }
            let event = step.event(held.ticket, entry).accounting(for: directory.organisation)
            held = try await write([event], to: held, recording, in: directory, using: transaction)
            events.append(event)
        }
        return (held, events)
    }

    func situation(_ directory: Directory) -> RoutingSituation {
        RoutingSituation(
            at: now, in: directory.organisation, calendar: { [now] in directory.calendar($0, at: now) },
            zone: { [zones] in try? zones.zone($0) })
    }
}

extension AutomationStop.Reason: PostgresValue {}

extension Directory {
    /// What rules are told of a ticket as it is.
    func facts(of record: TicketRecord, _ routing: RoutingFacts) -> AutomationFacts {
        let (ticket, classification) = (record.ticket, record.ticket.classification)
        var routing = routing
        routing.subject = record.subject
        (routing.kind, routing.impact) = (classification.kind, classification.impact)
        routing.urgency = classification.urgency
        routing.category = classification.category.map { categories.code(of: $0) }
        return AutomationFacts(
            routing: routing, state: ticket.state, team: teams.code(of: ticket.responsibility.place.team),
            tier: ticket.responsibility.place.tier, priority: classification.priority, tags: classification.tags,
            openedAt: ticket.times.opened)
    }
}
