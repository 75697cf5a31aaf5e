/// How a ticket ends, and how it begins again.
extension Ticket {
    /// A resolved ticket is with the requester until it is closed or reopened.
    mutating func resolve(
        _ outcome: Outcome, note: EntryID?, by actor: Actor
    ) throws(Refusal.Reason) -> [Effect] {
        switch state {
        case .new, .assigned, .inProgress, .waitingRequester, .waitingSupplier, .waitingOther: break
        case .resolved: throw .isResolved
        case .closed: throw .isClosed
        }
        if outcome == .solvedFirstContact, wasPassedOn { throw .wasPassedOn }
        let withdrawals = suppliers.map { Effect.deliver($0, .withdrawal(note: nil)) }
        sharings = []
        state = .resolved
        holder = .requester
        self.outcome = outcome
        times.resolved = updatedAt
        noteResponse(by: actor, at: updatedAt)
        let followers: [Effect] = ties.hasFollowers ? [.tell(.followers, .followedSolved, entry: nil)] : []
        let announced: [Effect] = ties.isMajor ? [.endAnnouncements] : []
        return withdrawals + [.tell(.requester, .resolution, entry: note)] + followers + announced + [
            .resolveChildren, .closeWhenSilent,
        ]
    }

    mutating func reopen(note: EntryID?) throws(Refusal.Reason) -> [Effect] {
        guard ties.mergedInto == nil else { throw .isMerged }
        switch state {
        case .resolved: break
        case .closed: episode += 1
        case .new, .assigned, .inProgress, .waitingRequester, .waitingSupplier, .waitingOther: throw .isNotResolved
        }
        outcome = nil
        times.resolved = nil
        times.closed = nil
        returnToTeam()
        return [.tell(caretaker, .reopened, entry: note)]
    }

    mutating func close() throws(Refusal.Reason) -> [Effect] {
        switch state {
        case .resolved: break
        case .closed: throw .isClosed
        case .new, .assigned, .inProgress, .waitingRequester, .waitingSupplier, .waitingOther: throw .isNotResolved
        }
        state = .closed
        times.closed = updatedAt
        return [.closeBonds]
    }

    func tellOfDeadline(_ audiences: [Audience], _ letter: Letter) throws(Refusal.Reason) -> [Effect] {
        switch state {
        case .new, .assigned, .inProgress, .waitingRequester, .waitingSupplier, .waitingOther: break
        case .resolved, .closed: throw .clocksStand
        }
        return audiences.map { .tell($0, letter, entry: nil) }
    }

    func followTerms() throws(Refusal.Reason) -> [Effect] {
        if hasEnded { throw .clocksStand }
        return [.settleClocks]
    }
}
