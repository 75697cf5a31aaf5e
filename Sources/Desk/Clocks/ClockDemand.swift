public import Moments

/// A clock that ought to run for a ticket as it is, whether or not a target holds for it.
public struct ClockDemand: Hashable, Sendable {
    public let key: ClockKey
    /// What is waited for, if anything; the target says whether that stops the clock.
    public let waiting: PauseReason?
    /// A fixed instant that was promised, counted around the clock. It needs no target.
    public let promised: Moment?

    public init(_ key: ClockKey, waiting: PauseReason? = nil, promised: Moment? = nil) {
        (self.key, self.waiting, self.promised) = (key, waiting, promised)
    }
}

extension Ticket {
    /// The clocks that ought to run now, in the order in which people read them.
    public var clockDemands: [ClockDemand] {
        let waiting: PauseReason?
        switch state {
        case .new, .assigned, .inProgress: waiting = nil
        case .waitingRequester: waiting = .requester
        case .waitingSupplier: waiting = .supplier
        case .waitingOther: waiting = ties.waitsForParent ? .parent : .other
        case .resolved, .closed: return []
        }
        var keys = times.firstResponse == nil ? [ClockKey(.firstResponse)] : []
        keys += [ClockKey(.resolution), ClockKey(.update, round: times.lastUpdate)]
        if let since = times.firstLineSince { keys.append(ClockKey(.timeBox, round: since)) }
        keys.append(ClockKey(.team, about: .team(responsibility.place.team), round: times.teamSince))
        return keys.map { ClockDemand($0, waiting: waiting) } + sharings.flatMap(\.clockDemands)
            + undertakings.clockDemands
    }
}

extension Undertakings {
    fileprivate var clockDemands: [ClockDemand] {
        let promises = callback.map { call in
            [ClockDemand(call.clock, promised: call.due)]
        }
        return (promises ?? [])
            + inquiries.map { ClockDemand($0.clock) }
    }
}

extension Callback {
    /// The clock that measures whether it is kept.
    var clock: ClockKey { ClockKey(.callback, round: promisedAt) }
}

extension Inquiry {
    /// The clock that measures whether it is answered in time.
    var clock: ClockKey {
        switch addressee {
        case .team(let place): ClockKey(.question, about: .team(place.team), round: askedAt)
        case .supplier(let supplier): ClockKey(.question, about: .supplier(supplier), round: askedAt)
        }
    }
}

extension Ticket.Sharing {
    fileprivate var clockDemands: [ClockDemand] {
        let measures: [Measure] =
            acknowledged == nil ? [.supplierAcknowledgement, .supplierResolution] : [.supplierResolution]
        return measures.map {
            ClockDemand(ClockKey($0, about: .supplier(supplier), round: since), waiting: waitsForDesk ? .desk : nil)
        }
    }
}
