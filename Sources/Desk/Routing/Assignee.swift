/// Somebody of a team to whom a ticket may be given: he holds a position of it and is available.
public struct Assignee: Hashable, Sendable {
    public let person: PersonID
    /// The position by which he has it.
    public let position: PositionID
    /// His place in the order in which the team's people were given tickets; nil if he never was.
    public let lastTurn: Int64?
    /// How many open tickets he has.
    public let open: Int

    public init(person: PersonID, position: PositionID, lastTurn: Int64?, open: Int) {
        (self.person, self.position, self.lastTurn, self.open) = (person, position, lastTurn, open)
    }
}

extension Team {
    /// Who of these is given the team's next ticket; nobody where each has as many as he takes, or where tickets wait
    /// in the queue.
    public func assignee(among people: [Assignee]) -> Assignee? {
        let free = people.filter { $0.open < personCapacity ?? .max }
        func order(_ person: Assignee) -> (Int64, PersonID) { (person.lastTurn ?? -1, person.person) }
        switch assignment {
        case .queue: return nil
        case .roundRobin: return free.min { order($0) < order($1) }
        case .leastLoaded: return free.min { ($0.open, order($0).0, $0.person) < ($1.open, order($1).0, $1.person) }
        }
    }
}
