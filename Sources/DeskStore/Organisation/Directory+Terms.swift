import Desk
import Moments

extension Directory {
    /// The targets that hold for what a ticket demands, and the calendars in force.
    ///
    /// - Parameters:
    ///   - requesterClass: as what the requester is served.
    ///   - home: his home site, if he has one.
    ///   - moment: when the calendars are in force; at the ticket's last event if nil.
    func terms(
        for ticket: Ticket, requesterClass: String = Person.standardClass, home: SiteID? = nil,
        hoursOf moment: Moment? = nil
    ) throws -> Clocks.Terms {
        var targets: [ClockKey: Target] = [:]
        // A ticket that was answered in the moment of its report demands no response any more, but has had one.
        for key in ticket.clockDemands.map(\.key) + [ClockKey(.firstResponse)] {
            targets[key] = target(for: key, of: ticket, requesterClass: requesterClass)
        }
        let at = moment ?? ticket.updatedAt
        let place = ticket.responsibility.place
        let local = (site(place.site) ?? site(ticket.origin))?.calendar ?? ""
        var agreements: [String: CalendarVersion] = [:]
        for case .agreement(let code) in targets.values.map(\.calendar) {
            agreements[code] = try calendars.inForce(code, at: at)
        }
        return Clocks.Terms(
            targets: targets, holderCalendar: try calendars.inForce(team(place.team)?.calendar ?? local, at: at),
            originCalendar: try calendars.inForce(site(ticket.origin)?.calendar ?? local, at: at),
            requesterCalendar: try home.flatMap { site($0)?.calendar }.map { try calendars.inForce($0, at: at) },
            agreementCalendars: agreements, always: try calendars.inForce(Target.CalendarPolicy.always.word, at: at))
    }

    /// The first target of the document that holds, or else what the contract of the supplier promises; with either the
    /// steps after which that supplier is told.
    private func target(for key: ClockKey, of ticket: Ticket, requesterClass: String) -> Target? {
        let suppliers = key.subject.supplier.map { [$0] } ?? ticket.suppliers
        let place = ticket.responsibility.place
        let facts = TargetFacts(
            kind: ticket.classification.kind, priority: ticket.classification.priority,
            categories: lineage(of: ticket.classification.category), requesterClass: requesterClass,
            site: code(of: ticket.origin), team: teams.code(of: place.team), tier: place.tier,
            suppliers: suppliers.map { self.suppliers.code(of: $0) })
        let supplier = key.subject.supplier.flatMap { self.supplier($0) }
        let sharing = ticket.sharings.first { $0.supplier == key.subject.supplier }
        let promised = supplier?.target(of: key.measure, isAcknowledged: sharing?.acknowledged != nil)
        var target = organisation.targets.first(of: key.measure, for: facts) ?? promised
        if promised != nil { target?.supplierPercents = supplier?.contract?.steps.map(\.percent) ?? [] }
        return target
    }

    /// A category and those that it is part of, the nearest first.
    private func lineage(of category: CategoryID?) -> [String] {
        category.map { organisation.lineage(of: categories.code(of: $0)) } ?? []
    }
}
