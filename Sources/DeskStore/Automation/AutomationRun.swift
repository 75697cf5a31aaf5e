import Desk

/// The asking of rules because of one event or hour: how the ticket is by now, and what has come of it.
struct AutomationRun: Sendable {
    var held: TicketRecord
    let known: TicketBackground
    let directory: Directory
    /// Whether an hour has come, so that rules that wait for it are asked.
    let isDue: Bool
    var outcome = AutomationOutcome()
    /// Whether rules have done something as often as they may because of one event.
    private(set) var isOver = false

    /// Rules that are to be asked together.
    struct Question: Sendable {
        let rules: [String]
        /// What happened; nil where the hour came.
        let event: Ticket.Event.Kind?
        /// The rules that led to it, the first one first.
        let chain: [String]
    }

    /// The rules to ask that listen to what a rule has done.
    func questions(at events: [Ticket.Event], after chain: [String]) -> [Question] {
        events.compactMap { event in
            let rules = directory.organisation.automation.listeners(to: event, by: .automation)
            return rules.isEmpty ? nil : Question(rules: rules, event: event.kind, chain: chain)
        }
    }

    /// Why a rule that would do something must not; nil where it may. With the last that is allowed it is over.
    mutating func stop(_ rule: AutomationRule, after chain: [String], _ rehearsal: Rehearsal) -> AutomationStop? {
        let reason: AutomationStop.Reason
        if chain.contains(rule.name) {
            reason = .goesInCircles
        } else if chain.count >= Automation.longestChain || outcome.ran.count >= Automation.mostRuns {
            isOver = outcome.ran.count >= Automation.mostRuns
            reason = .tooLong
        } else if !rehearsal.faults.isEmpty {
            reason = .refused
        } else {
            return nil
        }
        return AutomationStop(rule: rule.name, reason: reason, chain: chain, faults: rehearsal.faults)
    }

    /// Whether nobody has been told of it yet: a rule is told once for a reason, and of a circle one of its rules.
    func isNews(_ stop: AutomationStop) -> Bool {
        !outcome.stopped.contains { $0.reason == stop.reason && $0.circle.contains(stop.rule) }
    }
}

extension AutomationStop {
    /// The rules that go in a circle; where a rule was stopped for another reason, that rule.
    fileprivate var circle: ArraySlice<String> {
        guard reason == .goesInCircles, let first = chain.firstIndex(of: rule) else { return [rule] }
        return chain[first...]
    }
}
