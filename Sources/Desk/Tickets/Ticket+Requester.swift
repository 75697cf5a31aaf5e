import Moments

/// The exchange with the requester, and waiting for him or for something else.
extension Ticket {
    mutating func sendMessage(_ entry: EntryID, by actor: Actor) throws(Refusal.Reason) -> [Effect] {
        switch state {
        case .new, .assigned, .inProgress, .waitingRequester, .waitingSupplier, .waitingOther, .resolved: break
        case .closed: throw .isClosed
        }
        noteResponse(by: actor, at: updatedAt)
        // Words after the resolution ask for an answer too: silence begins anew.
        return share(.note(entry)) + [.tell(.requester, .message, entry: entry)]
            + (state == .resolved ? [.closeWhenSilent] : [])
    }

    mutating func askRequester(_ entry: EntryID, by actor: Actor) throws(Refusal.Reason) -> [Effect] {
        switch state {
        case .new, .assigned, .inProgress, .waitingRequester, .waitingOther, .waitingSupplier: break
        case .resolved: throw .isResolved
        case .closed: throw .isClosed
        }
        if case .supplier(let supplier) = actor {
            try askRequester(for: supplier)
        } else if state == .waitingSupplier {
            throw .isWithSupplier
        }
        state = .waitingRequester
        holder = .requester
        noteResponse(by: actor, at: updatedAt)
        return share(.note(entry), by: actor) + [
            .tell(.requester, suppliers.isEmpty ? .question : .supplierQuestion, entry: entry)
        ]
    }

    mutating func hearRequester(_ entry: EntryID, by actor: Actor) throws(Refusal.Reason) -> [Effect] {
        switch state {
        case .new, .assigned, .inProgress, .waitingSupplier, .waitingOther: break
        case .waitingRequester: returnToTeam()
        // Words after the end say that it was not the end.
        case .resolved, .closed: return try reopen(note: entry)
        }
        return passOn(entry) + report(.noted(entry)) + [.tell(caretaker, .requesterReplied, entry: entry)]
    }

    /// Waits for something that is neither the requester nor a supplier, for as long as it takes or until a moment.
    mutating func putOnHold(until: Moment?) throws(Refusal.Reason) -> [Effect] {
        switch state {
        case .new, .assigned, .inProgress, .waitingRequester, .waitingOther: break
        case .waitingSupplier: throw .isWithSupplier
        case .resolved: throw .isResolved
        case .closed: throw .isClosed
        }
        if let until, until <= updatedAt { throw .isInThePast }
        state = .waitingOther
        holder = .team(responsibility.place)
        undertakings.resumesAt = until
        ties.waitsForParent = false
        return until.map { [.resume(at: $0)] } ?? []
    }

    mutating func resume() throws(Refusal.Reason) -> [Effect] {
        switch state {
        case .waitingRequester, .waitingOther: returnToTeam()
        case .new, .assigned, .inProgress: throw .isNotWaiting
        case .waitingSupplier: throw .isWithSupplier
        case .resolved: throw .isResolved
        case .closed: throw .isClosed
        }
        return [.tell(caretaker, .resumed, entry: nil)]
    }
}
