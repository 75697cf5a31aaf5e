extension Ticket {
    /// What follows from the difference between the ticket before and after an event, whichever event it was: legs,
    /// clocks and access can therefore not come apart from the state.
    mutating func consequences(since old: Ticket, of event: Event.Kind) -> [Effect] {
        let settled = settleUndertakings(since: old)
        noteTurns(since: old)
        return legChanges(since: old, of: event) + clockChanges(since: old) + accessChanges(since: old) + settled
    }

    /// Whether nothing of it is different but its age and how far up it has been carried.
    public func hasOnlyAged(since old: Ticket) -> Bool {
        var aged = old
        (aged.updatedAt, aged.revision) = (updatedAt, revision)
        (aged.undertakings.escalation, aged.undertakings.escalatedAt) = (
            undertakings.escalation, undertakings.escalatedAt
        )
        return aged == self
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

    /// Remembers when the team, the first line and the requester's wait for news began anew.
    private mutating func noteTurns(since old: Ticket) {
        let isAnotherEpisode = old.episode != episode
        if isAnotherEpisode || old.responsibility.place.team != responsibility.place.team {
            times.teamSince = updatedAt
        }
        let (team, wasRouted) = (old.responsibility.place.team, old.state != .new)
        if old.hasEnded, !hasEnded { (times.lastUpdate, wasPassedOn) = (updatedAt, true) }
        // From where it came in, the table alone sends it on.
        if wasRouted, team != responsibility.place.team { wasPassedOn = true }
        if !sharings.isEmpty { wasPassedOn = true }
        if isAnotherEpisode || responsibility.place.tier != 1 { times.firstLineSince = nil }
        if responsibility.place.tier == 1, state == .inProgress {
            times.firstLineSince = times.firstLineSince ?? updatedAt
        }
    }

    /// Clocks are derived from the state: they are looked at whenever what they are derived from is different.
    private func clockChanges(since old: Ticket) -> [Effect] {
        let (before, after) = (old.clockDemands, clockDemands)
        if before.isEmpty, after.isEmpty { return [] }
        let isSame =
            old.episode == episode && before == after && old.holder == holder
            && old.responsibility.place == responsibility.place && old.classification == classification
        return isSame ? [] : [.settleClocks]
    }

    /// Said also where only those who answer for it are others: they may be at home elsewhere; and of a ticket that
    /// comes back, whose teams may work for other sites since.
    private func accessChanges(since old: Ticket) -> [Effect] {
        let isSame =
            old.scopes == scopes && old.places == places && old.owner == owner && old.episode == episode
        return isSame ? [] : [.setAccess(scopes)]
    }
}
