import JSON

/// Rules and macros that are written right and could never do what they say.
struct AutomationCheck {
    private let organisation: Organisation
    private var automation: Automation { organisation.automation }

    init(_ organisation: Organisation) { self.organisation = organisation }

    func run(_ faults: inout JSONFaults) {
        for (index, rule) in automation.rules.enumerated() {
            let pointer = JSONPointer(["automation", "\(index)"])
            checkCondition(of: rule, at: pointer.appending("when"), &faults)
            checkActions(rule.actions, at: pointer.appending("do"), &faults)
            if let wait = rule.wait { checkWait(wait, of: rule, at: pointer, &faults) }
        }
        for (index, macro) in automation.macros.enumerated() {
            let pointer = JSONPointer(["macros", "\(index)", "do"])
            if isCircular(macro) {
                faults.add(pointer, "goes round in a circle back to this macro")
            } else {
                checkActions(macro.actions, at: pointer, &faults)
            }
        }
    }

    private func checkCondition(of rule: AutomationRule, at pointer: JSONPointer, _ faults: inout JSONFaults) {
        let condition = rule.condition
        let levels = Set(organisation.tiers.map(\.level))
        for (index, tier) in condition.tiers.enumerated() where !levels.contains(tier) {
            faults.add(pointer.appending("tiers").appending(index), "there is no tier \(tier)")
        }
        let tiers = condition.teams.compactMap { organisation.team($0)?.tier }
        if !condition.tiers.isEmpty, !tiers.isEmpty, Set(tiers).isDisjoint(with: condition.tiers) {
            faults.add(
                pointer.appending("tiers"), "holds the tier of none of the \"teams\"; the rule can never match")
        }
        let (open, closed) = (Set(condition.routing.open), Set(condition.routing.closed))
        if open.count == 1, open == closed {
            faults.add(
                pointer.appending("closed"), "is the calendar that must be open; the rule can never match")
        }
    }

    private func checkWait(
        _ wait: AutomationRule.Wait, of rule: AutomationRule, at pointer: JSONPointer, _ faults: inout JSONFaults
    ) {
        let states = Set(rule.condition.states)
        if !states.isEmpty, states.isDisjoint(with: wait.states) {
            faults.add(
                pointer.appending("when").appending("states"),
                "holds none of the states that \"after\" waits in; the rule can never match")
        }
        guard Set(wait.states).isSubset(of: [.resolved, .closed]) else { return }
        for (index, action) in rule.actions.enumerated() where needsOpenTicket(action) {
            faults.add(
                pointer.appending("do").appending(index),
                "is not possible while the ticket is \(wait.states.map(\.rawValue).joined(separator: " or "))")
        }
    }

    private func checkActions(_ actions: [AutomationAction], at pointer: JSONPointer, _ faults: inout JSONFaults) {
        guard let end = actions.firstIndex(where: { $0.verb == .resolve }) else { return }
        for (index, action) in actions.enumerated() where index > end && needsOpenTicket(action) {
            faults.add(pointer.appending(index), "comes after \"resolve\" and is not possible then; put it before")
        }
    }

    private func needsOpenTicket(_ action: AutomationAction) -> Bool {
        switch action.verb {
        case .assign, .handOver, .refer, .escalate, .ask, .hold, .resume, .resolve: true
        case .priority, .category, .addTags, .removeTags, .note, .message, .tell: false
        case .macro: automation.unfolded([action]).contains(where: needsOpenTicket)
        }
    }

    private func isCircular(_ macro: Macro) -> Bool {
        var seen: Set<String> = []
        var next = named(in: macro)
        while let code = next.popLast() {
            if code == macro.code { return true }
            if seen.insert(code).inserted { next += automation.macro(code).map(named) ?? [] }
        }
        return false
    }

    private func named(in macro: Macro) -> [String] {
        macro.actions.compactMap { action in
            if case .macro(let code) = action { code } else { nil }
        }
    }
}
