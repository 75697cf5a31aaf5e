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
        return []
    }

    mutating func leaveParent() throws(Refusal.Reason) -> [Effect] {
        guard ties.parent != nil else { throw .changesNothing }
        ties.parent = nil
        return []
    }

    /// The ticket turned out to be the same as another: it ends, and whoever asked follows the other one.
    mutating func merge(into other: TicketID) throws(Refusal.Reason) -> [Effect] {
        guard other != id else { throw .cannotBeItsOwn }
        guard ties.mergedInto == nil else { throw .isMerged }
        guard state != .closed else { throw .isClosed }
        let withdrawals = suppliers.map { Effect.deliver($0, .withdrawal(note: nil)) }
        sharings = []
        ties.mergedInto = other
        ties.parent = nil
        ties.isMajor = false
        outcome = .duplicate
        state = .closed
        holder = .team(responsibility.place)
        times.resolved = times.resolved ?? updatedAt
        times.closed = updatedAt
        return withdrawals + [.tell(.requester, .merged, entry: nil)]
    }

    mutating func declareMajor() throws(Refusal.Reason) -> [Effect] {
        try requireOpen()
        guard !ties.isMajor else { throw .changesNothing }
        guard ties.parent == nil else { throw .cannotBeItsOwn }
        if responsibility.isConfidential { throw .isConfidential }
        ties.isMajor = true
        return [.tell(.above(responsibility.place, .organisation), .majorIncident, entry: nil)]
    }

    mutating func standDown() throws(Refusal.Reason) -> [Effect] {
        guard ties.isMajor else { throw .changesNothing }
        ties.isMajor = false
        return []
    }

    /// One more person who has the same trouble is told with the others.
    mutating func join(_ person: PersonID) throws(Refusal.Reason) -> [Effect] {
        guard state != .closed else { throw .isClosed }
        ties.hasFollowers = true
        return [.follow(person)]
    }
}
