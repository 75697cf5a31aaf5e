/// How tickets belong together.
extension Ticket {
    func link(to other: TicketID, _ kind: LinkKind) throws(Refusal.Reason) -> [Effect] {
        guard other != id else { throw .cannotBeItsOwn }
        return [.link(other, kind)]
    }

    mutating func become(childOf parent: TicketID) throws(Refusal.Reason) -> [Effect] {
        try requireOpen()
        guard parent != id, !ties.isMajor else { throw .cannotBeItsOwn }
        guard ties.parent != parent else { throw .changesNothing }
        ties.parent = parent
        // It waited with another whole.
        return ties.waitsForParent ? try resume() : []
    }

    mutating func leaveParent() throws(Refusal.Reason) -> [Effect] {
        guard ties.parent != nil else { throw .changesNothing }
        ties.parent = nil
        return ties.waitsForParent ? try resume() : []
    }

    /// Whoever works on the whole solves the part too: nothing is to be done about it meanwhile, and no clock runs.
    mutating func waitForParent() throws(Refusal.Reason) -> [Effect] {
        guard ties.parent != nil else { throw .isNoPart }
        guard !ties.waitsForParent else { throw .changesNothing }
        let effects = try putOnHold(until: nil)
        ties.waitsForParent = true
        return effects
    }

    /// The ticket turned out to be the same as another: it ends, and whoever asked follows the other one.
    mutating func merge(into other: TicketID) throws(Refusal.Reason) -> [Effect] {
        guard other != id else { throw .cannotBeItsOwn }
        guard ties.mergedInto == nil else { throw .isMerged }
        guard state != .closed else { throw .isClosed }
        guard !ties.isMajor else { throw .isMajor }
        let withdrawals = suppliers.map { Effect.deliver($0, .withdrawal(note: nil)) }
        sharings = []
        ties.mergedInto = other
        ties.parent = nil
        outcome = .duplicate
        state = .closed
        holder = .team(responsibility.place)
        times.resolved = times.resolved ?? updatedAt
        times.closed = updatedAt
        return withdrawals + [.tell(.requester, .merged, entry: nil)]
    }

    /// Another ticket goes on in this one: whoever asked there, or follows there, is told how this one ends.
    mutating func absorb(_ other: TicketID) throws(Refusal.Reason) -> [Effect] {
        guard other != id else { throw .cannotBeItsOwn }
        guard ties.mergedInto == nil else { throw .isMerged }
        try requireOpen()
        ties.hasFollowers = true
        return []
    }

    /// Whether whoever sees one of two tickets may learn of the other: both are the desk's, or both the same
    /// confidential team's.
    public func sharesSecrecy(with other: Ticket) -> Bool {
        let (ours, theirs) = (responsibility, other.responsibility)
        if ours.isConfidential && theirs.isConfidential { return ours.place.team == theirs.place.team }
        return ours.isConfidential == theirs.isConfidential
    }

    mutating func declareMajor() throws(Refusal.Reason) -> [Effect] {
        try requireOpen()
        guard !ties.isMajor else { throw .changesNothing }
        guard ties.parent == nil else { throw .cannotBeItsOwn }
        if responsibility.isConfidential { throw .isConfidential }
        ties.isMajor = true
        return [.tell(.above(responsibility.place, .organisation), .majorIncident, entry: nil)]
    }

    /// Nothing would end what is told of a ticket that has ended, and what only some may know is told to nobody.
    func announce() throws(Refusal.Reason) -> [Effect] {
        try requireOpen()
        guard ties.isMajor else { throw .changesNothing }
        if responsibility.isConfidential { throw .isConfidential }
        return []
    }

    func endAnnouncement() throws(Refusal.Reason) -> [Effect] {
        guard ties.isMajor else { throw .changesNothing }
        return []
    }

    mutating func standDown() throws(Refusal.Reason) -> [Effect] {
        guard ties.isMajor else { throw .changesNothing }
        ties.isMajor = false
        return [.endAnnouncements, .resumeChildren]
    }

    /// Whom it concerns is another person, whatever state it is in. A closed ticket is touched for its requester's sake
    /// only, and then names nobody who is gone.
    mutating func merge(_ gone: PersonID, into kept: PersonID) throws(Refusal.Reason) -> [Effect] {
        let worksOnIt = responsibility.person == gone && (state != .closed || requester == gone)
        guard gone != kept, requester == gone || worksOnIt else { throw .changesNothing }
        if requester == gone { requester = kept }
        if worksOnIt { responsibility.person = kept }
        return []
    }

    /// One more person who has the same trouble is told with the others.
    mutating func join(_ person: PersonID) throws(Refusal.Reason) -> [Effect] {
        guard state != .closed else { throw .isClosed }
        ties.hasFollowers = true
        return [.follow(person)]
    }

    /// The desk of another site was written to as well: it sees the ticket like those that have it, and is told.
    mutating func listen(at site: SiteID, _ position: PositionID) throws(Refusal.Reason) -> [Effect] {
        guard state != .closed else { throw .isClosed }
        guard site != origin, !ties.listeners.contains(site) else { throw .changesNothing }
        ties.listeners.append(site)
        return [.tell(.position(position), .listening, entry: nil)]
    }
}
