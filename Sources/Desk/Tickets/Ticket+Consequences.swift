/// What a ticket's state means for its clocks.
enum ClockCondition: Hashable {
    case counting
    case paused(PauseReason)
    case stopped

    init(_ state: Ticket.State) {
        self =
            switch state {
            case .new, .assigned, .inProgress: .counting
            case .waitingRequester: .paused(.requester)
            case .waitingSupplier: .paused(.supplier)
            case .waitingOther: .paused(.other)
            case .resolved, .closed: .stopped
            }
    }
}

extension Ticket {
    /// What follows from the difference between the ticket before and after an event, whichever event it was: legs,
    /// clocks and access can therefore not come apart from the state.
    mutating func consequences(since old: Ticket, of event: Event.Kind) -> [Effect] {
        let settled = settleUndertakings(since: old)
        return legChanges(since: old, of: event) + clockChanges(since: old) + accessChanges(since: old) + settled
    }

    private mutating func legChanges(since old: Ticket, of event: Event.Kind) -> [Effect] {
        if state == .closed { return old.state == .closed ? [] : [.closeLeg(at: updatedAt)] }
        let isSame =
            old.episode == episode && old.holder == holder
            && old.responsibility.place == responsibility.place
            && old.responsibility.position == responsibility.position
        if isSame { return [] }
        heldSince = updatedAt
        let isFirst = old.episode != episode
        let opening = Effect.openLeg(leg(from: event, isFirst: isFirst))
        return isFirst ? [opening] : [.closeLeg(at: updatedAt), opening]
    }

    private func clockChanges(since old: Ticket) -> [Effect] {
        var changes: [Effect] = []
        if old.times.firstResponse == nil, times.firstResponse != nil { changes.append(.stopClock(.firstResponse)) }
        if old.episode != episode { return changes + [.startClocks] }
        let condition = ClockCondition(state)
        if condition != .stopped {
            let hasMoved = old.holder != holder || old.responsibility.place != responsibility.place
            if hasMoved { changes.append(.moveClocks) }
            let (was, now) = (old.classification, classification)
            if (was.kind, was.priority) != (now.kind, now.priority) || was.category != now.category {
                changes.append(.retargetClocks)
            }
        }
        guard condition != ClockCondition(old.state) else { return changes }
        switch condition {
        case .counting: changes.append(.resumeClocks)
        case .paused(let reason): changes.append(.pauseClocks(reason))
        case .stopped: changes.append(.stopClocks)
        }
        return changes
    }

    private func accessChanges(since old: Ticket) -> [Effect] {
        old.scopes == scopes ? [] : [.setAccess(scopes)]
    }
}
