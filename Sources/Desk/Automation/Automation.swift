public import Moments

/// The rules and macros of an organisation.
public struct Automation: Hashable, Sendable {
    /// In the order in which they are asked.
    public let rules: [AutomationRule]
    public let macros: [Macro]

    /// By their kinds, the events that some rule is asked at: most events are none of them.
    private let kinds: Set<Ticket.Event.Kind>
    private let timed: [AutomationRule]

    /// How many rules one after the other may follow from one event.
    public static let longestChain = 8
    /// How many times rules may do something because of one event, on all the chains that begin with it.
    public static let mostRuns = 64

    public init(rules: [AutomationRule] = [], macros: [Macro] = []) {
        (self.rules, self.macros) = (rules, macros)
        timed = rules.filter { $0.isEnabled && $0.wait != nil }
        kinds = rules.reduce(into: []) { kinds, rule in
            if rule.isEnabled, case .event(let occurrence) = rule.trigger { kinds.formUnion(occurrence.kinds) }
        }
    }

    public func rule(_ name: String) -> AutomationRule? { rules.first { $0.name == name && $0.isEnabled } }
    public func macro(_ code: String) -> Macro? { macros.first { $0.code == code } }

    /// The names of the rules that are asked at an event.
    public func listeners(to event: Ticket.Event, by origin: AutomationRule.Origin) -> [String] {
        guard kinds.contains(event.kind) else { return [] }
        return rules.filter { $0.listens(to: event, by: origin) }.map(\.name)
    }

    /// What all actions come to, with those of macros in their places.
    public func unfolded(_ actions: [AutomationAction]) -> [AutomationAction] {
        unfolded(actions, within: [])
    }

    private func unfolded(_ actions: [AutomationAction], within codes: [String]) -> [AutomationAction] {
        actions.flatMap { action -> [AutomationAction] in
            guard case .macro(let code) = action else { return [action] }
            // A circle is refused when the document is read.
            guard !codes.contains(code), let macro = macro(code) else { return [] }
            return unfolded(macro.actions, within: codes + [code])
        }
    }
}

/// The times that rules begin and cease to wait for because of what happened to a ticket.
public struct AutomationTimers: Hashable, Sendable {
    /// The names of rules that wait no longer.
    public var ended: [String] = []
    /// The names of rules that begin to wait, or begin anew, each with the instant from which it counts.
    public var begun: [Beginning] = []

    public struct Beginning: Hashable, Sendable {
        public let rule: String
        public let since: Moment
        public let wait: AutomationRule.Wait
    }

    public var isEmpty: Bool { ended.isEmpty && begun.isEmpty }
}

extension Automation {
    /// - Parameter old: the ticket before the event; nil for one that was just opened.
    public func timers(from old: Ticket?, to new: Ticket) -> AutomationTimers {
        var timers = AutomationTimers()
        for rule in timed {
            guard let wait = rule.wait else { continue }
            let was = old.flatMap { wait.states.contains($0.state) ? wait.instant(of: $0) : nil }
            let wasIn = old.map { wait.states.contains($0.state) } ?? false
            guard wait.states.contains(new.state) else {
                if wasIn { timers.ended.append(rule.name) }
                continue
            }
            let since = wait.instant(of: new)
            if wasIn, was == since { continue }
            timers.begun.append(
                AutomationTimers.Beginning(rule: rule.name, since: since ?? new.updatedAt, wait: wait))
        }
        return timers
    }
}

extension AutomationRule.Wait {
    /// The instant from which it counts; nil for the beginning of the state, which is the instant of the event.
    fileprivate func instant(of ticket: Ticket) -> Moment? {
        switch since {
        case .state: nil
        case .opened: ticket.times.opened
        case .update: ticket.times.lastUpdate
        }
    }
}
