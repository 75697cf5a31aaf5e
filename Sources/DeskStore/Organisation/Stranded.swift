public import Desk
import JSON
import Jobs
import Moments
public import Postgres

extension Directory {
    /// Where a ticket goes that is with a team, a position or a site which the organisation no longer has: to another
    /// position of the team, to the team at its home, or to the intake of the site; nil where it can stay.
    public func refuge(for ticket: Ticket) throws -> Responsibility? {
        let now = ticket.responsibility
        let home = site(now.place.site) == nil ? nil : now.place.site
        guard let team = team(now.place.team) else {
            let near = try intake(of: home ?? (site(ticket.origin) == nil ? defaultSite : ticket.origin))
            if !ticket.goesOutOfSight(at: near) { return near }
            // What is announced to everybody goes where everybody still sees it, if there is such a place.
            let others = [defaultSite] + organisation.sites.compactMap { sites[$0.code] }
            return try others.map { try intake(of: $0) }.first { !$0.isConfidential } ?? near
        }
        if home != nil, position(now.position) != nil { return nil }
        let place = home ?? team.sites.first.flatMap { sites[$0] } ?? defaultSite
        return responsibility(of: now.place.team, at: place, person: now.person)
    }

    /// The position that owns a ticket from now on, where its owner is one that the organisation no longer has.
    public func owner(insteadOf ticket: Ticket, under responsibility: Responsibility) -> PositionID? {
        position(ticket.owner) == nil ? responsibility.position : nil
    }

    /// Whether a ticket is with somebody, or owned by somebody, that the organisation no longer has.
    func isStranded(_ ticket: Ticket) throws -> Bool {
        try refuge(for: ticket) != nil || owner(insteadOf: ticket, under: ticket.responsibility) != nil
    }
}

extension Transaction {
    /// Some open tickets that are with a team, a position or a site that was retired, or owned by such a position, held
    /// against other changes.
    public borrowing func strandedTickets(limit: Int) async throws -> [TicketID] {
        try await all(
            """
            select t.id from ticket t where t.state <> 'closed' and t.state <> 'resolved' and t.id in (
                select k.id from team m join ticket k on k.team = m.id and k.state <> 'closed'
                    where m.retired_at is not null
                union select k.id from site s join ticket k on k.holder_site = s.id and k.state <> 'closed'
                    where s.retired_at is not null
                union select k.id from position p join ticket k on k.team = p.team and k.position = p.id
                        and k.state <> 'closed'
                    where p.retired_at is not null
                union select k.id from position p join ticket k on k.owner = p.id and k.state <> 'closed'
                    where p.retired_at is not null)
            order by t.id limit \(limit) for no key update of t
            """, as: TicketID.self)
    }

    /// Leaves what was retired with open tickets to the routing worker.
    ///
    /// - Throws: `JSONFaults` where that is a confidential team: nobody else may get to see its tickets.
    borrowing func leaveStrandedTickets(since now: Moment) async throws {
        let secret = try await all(
            """
            select m.code, count(*) from team m join ticket t on t.team = m.id and t.state <> 'closed'
            where m.confidential and m.retired_at = \(now) group by m.code order by m.code
            """, as: (String, Int).self)
        var faults = JSONFaults()
        for (team, count) in secret {
            faults.add(
                JSONPointer(["teams"]),
                "leaves out \(team), which is confidential and has \(count) open \(count == 1 ? "ticket" : "tickets") "
                    + "that nobody else may see; hand over or close what it has first")
        }
        if !faults.list.isEmpty { throw faults }
        let isAny = try await first(
            """
            select exists (select from team where retired_at = \(now)) or exists (select from site where retired_at = \(now))
                or exists (select from position where retired_at = \(now))
            """, as: Bool.self)
        if isAny == true { try await enqueue(RehomeTickets()) }
    }
}
