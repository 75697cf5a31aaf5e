/// The clocks of one ticket.
public struct Clocks: Hashable, Sendable {
    public private(set) var clocks: [Clock]

    public init(_ clocks: [Clock] = []) { self.clocks = clocks }

    /// Makes those clocks run that the ticket demands: starts what is missing, lets what runs follow the ticket, and
    /// stops what is not demanded any more. What is as it ought to be stays untouched, so it may be done at any event.
    ///
    /// - Parameters:
    ///   - ticket: the ticket after the event; its `updatedAt` is the instant.
    ///   - effects: what the event said; it names what was kept by it.
    public mutating func settle(for ticket: Ticket, after effects: [Effect] = [], under terms: Terms) {
        let demands = ticket.clockDemands
        let kept = effects.compactMap { if case .keep(let key) = $0 { key } else { nil } }
        for place in clocks.indices {
            let demand = demands.first { $0.key == clocks[place].key && clocks[place].episode == ticket.episode }
            if let demand {
                clocks[place].follow(demand, of: ticket, under: terms)
            } else {
                clocks[place].end(with: ticket, keeping: kept)
            }
        }
        for demand in demands where !contains(demand.key, in: ticket.episode) {
            if let clock = Clock(demand, of: ticket, under: terms) { clocks.append(clock) }
        }
        // Who stands at the counter or is on the phone has been answered in no time, and that is measured too.
        if ticket.revision == 1, ticket.times.firstResponse == ticket.updatedAt {
            guard var clock = Clock(ClockDemand(ClockKey(.firstResponse)), of: ticket, under: terms) else { return }
            clock.stop(at: ticket.updatedAt)
            clocks.insert(clock, at: 0)
        }
    }

    private func contains(_ key: ClockKey, in episode: Int) -> Bool {
        clocks.contains { $0.key == key && $0.episode == episode }
    }
}

extension Clock {
    /// A clock that begins to run; nil where nothing is promised.
    fileprivate init?(_ demand: ClockDemand, of ticket: Ticket, under terms: Clocks.Terms) {
        guard let target = terms.target(for: demand, at: ticket.updatedAt) else { return nil }
        self.init(
            demand.key, target, promised: demand.promised, episode: ticket.episode, at: ticket.updatedAt,
            in: ticket.clockSetting(for: demand, target, under: terms))
    }

    fileprivate mutating func follow(_ demand: ClockDemand, of ticket: Ticket, under terms: Clocks.Terms) {
        guard let target = terms.target(for: demand, at: startedAt) else { return cancel(at: ticket.updatedAt) }
        go(
            on: ticket.clockSetting(for: demand, target, under: terms), under: target, promised: demand.promised,
            at: ticket.updatedAt)
    }

    /// Nobody asks for it any more: it was kept or missed, or within its time there was nothing left to keep.
    fileprivate mutating func end(with ticket: Ticket, keeping kept: [ClockKey]) {
        if !isKept(by: ticket, kept), remaining(at: ticket.updatedAt) >= 0 {
            cancel(at: ticket.updatedAt)
        } else {
            stop(at: ticket.updatedAt)
        }
    }

    /// Whether it ends because what it measures was done. Where the ticket does not tell, the event names it.
    private func isKept(by ticket: Ticket, _ kept: [ClockKey]) -> Bool {
        switch measure {
        case .firstResponse: ticket.times.firstResponse != nil
        case .resolution, .update, .timeBox, .team: ticket.ties.mergedInto == nil
        case .supplierAcknowledgement: ticket.sharings.contains { $0.supplier == key.subject.supplier }
        case .supplierResolution, .callback, .question: kept.contains(key)
        }
    }
}

extension Ticket {
    fileprivate func clockSetting(
        for demand: ClockDemand, _ target: Target, under terms: Clocks.Terms
    ) -> Clock.Setting {
        var holder = holder
        // A supplier's own clock counts the supplier's time, whoever else works on the ticket meanwhile.
        if let supplier = demand.key.subject.supplier, demand.waiting == nil { holder = .supplier(supplier) }
        return Clock.Setting(holder: holder, calendar: terms.calendar(for: target), waiting: demand.waiting)
    }
}
