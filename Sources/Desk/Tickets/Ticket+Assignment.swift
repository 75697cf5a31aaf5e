/// How a ticket finds those who work on it.
extension Ticket {
    mutating func change(_ changes: Changes) throws(Refusal.Reason) -> [Effect] {
        switch state {
        case .new, .assigned, .inProgress, .waitingRequester, .waitingSupplier, .waitingOther, .resolved: break
        case .closed: throw .isClosed
        }
        let changed = changes.applied(to: classification)
        let isOtherLanguage = changes.language.map { $0 != language } ?? false
        guard changed != classification || isOtherLanguage || changes.editsSubject else { throw .changesNothing }
        let isOtherWeight =
            (changed.priority, changed.impact, changed.urgency)
            != (classification.priority, classification.impact, classification.urgency)
        classification = changed
        language = changes.language ?? language
        return isOtherWeight ? share(.change) : []
    }

    /// The table decides once by itself, and once more when somebody asks; where it says what is so already, nothing
    /// happens.
    mutating func route(to: Responsibility, again: Bool) throws(Refusal.Reason) -> [Effect] {
        try requireSight(by: to)
        guard state == .new || again else { throw .alreadyRouted }
        switch state {
        case .new, .assigned, .inProgress, .waitingOther: holder = .team(to.place)
        case .waitingRequester, .waitingSupplier: break
        case .resolved: throw .isResolved
        case .closed: throw .isClosed
        }
        let isSamePlace = to.place == responsibility.place && to.position == responsibility.position
        if state != .new, isSamePlace, to.person == nil || to.person == responsibility.person { throw .alreadyRouted }
        if state == .new || state == .inProgress || state == .waitingOther { state = .assigned }
        responsibility = to
        return [.tell(caretaker, .assigned, entry: nil)]
    }

    mutating func assign(to: Responsibility) throws(Refusal.Reason) -> [Effect] {
        try requireSight(by: to)
        guard state == .new || to != responsibility else { throw .changesNothing }
        let isSamePerson = to.person != nil && to.person == responsibility.person
        switch state {
        case .new, .assigned:
            state = .assigned
            holder = .team(to.place)
        case .inProgress:
            state = isSamePerson ? .inProgress : .assigned
            holder = .team(to.place)
        case .waitingOther:
            holder = .team(to.place)
        case .waitingRequester, .waitingSupplier: break
        case .resolved: throw .isResolved
        case .closed: throw .isClosed
        }
        responsibility = to
        return isSamePerson ? [] : [.tell(caretaker, .assigned, entry: nil)]
    }

    /// Whoever takes a ticket that waits is there when the wait is over; the wait itself goes on.
    mutating func take(_ person: PersonID) throws(Refusal.Reason) -> [Effect] {
        let isHisAlready = responsibility.person == person
        switch state {
        case .new, .assigned: break
        case .inProgress, .waitingRequester, .waitingSupplier, .waitingOther:
            guard !isHisAlready else { throw .changesNothing }
        case .resolved: throw .isResolved
        case .closed: throw .isClosed
        }
        responsibility.person = person
        if state == .new || state == .assigned { returnToTeam() }
        return []
    }

    mutating func handOver(to: Responsibility, note: EntryID?) throws(Refusal.Reason) -> [Effect] {
        try requireSight(by: to)
        let isThereAlready = to.place == responsibility.place
        switch state {
        case .new, .assigned, .inProgress, .waitingOther:
            state = .assigned
            holder = .team(to.place)
        case .waitingRequester, .waitingSupplier: break
        case .resolved: throw .isResolved
        case .closed: throw .isClosed
        }
        guard !isThereAlready else { throw .isWithTeamAlready }
        responsibility = to
        return [.tell(caretaker, .handedOver, entry: note)]
    }

    /// What is announced to everybody does not go out of everybody's sight.
    private func requireSight(by to: Responsibility) throws(Refusal.Reason) {
        if goesOutOfSight(at: to) { throw .isMajor }
    }

    /// Whether it is announced to everybody, and would be confidential there.
    public func goesOutOfSight(at other: Responsibility) -> Bool {
        ties.isMajor && other.isConfidential && !responsibility.isConfidential
    }
}
