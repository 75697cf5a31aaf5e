import Desk
import Moments
import Postgres

extension Directory {
    /// Who sees a ticket beside its requester: its own scopes, and, unless it is confidential, the homes of the teams
    /// that answer for it, own it or were asked about it without working for one of its sites.
    func scopes(of ticket: Ticket) -> [Scope] {
        var scopes = ticket.scopes
        if ticket.responsibility.isConfidential { return scopes }
        let owner = position(ticket.owner).flatMap { teams[$0.team] }
        for team in ticket.places.map(\.team) + [owner].compactMap(\.self) {
            let sites = served(by: [team]).map { Scope.site($0) }
            if let home = sites.first, !sites.contains(where: scopes.contains) { scopes.append(home) }
        }
        return scopes
    }

    /// The sites for which some teams work, the home of the first before all others.
    func served(by teams: [TeamID]) -> [SiteID] {
        teams.compactMap { team($0) }.flatMap(\.sites).compactMap { sites[$0] }
    }
}

extension Transaction {
    /// Sets who sees a ticket.
    borrowing func setAccess(of ticket: Ticket, in directory: Directory) {
        let keys = directory.scopes(of: ticket).compactMap { directory.key(of: $0) }
        let function: SQL = ticket.revision == 1 ? "open_ticket_access" : "set_ticket_access"
        later("select \(function)(\(ticket.id), \(keys), \(ticket.responsibility.isConfidential))")
    }
}

extension DeskStore {
    /// Those among some people who see a ticket as people of the desk: by a role at one of its sites, or by a position
    /// in a team that works for one; of a confidential ticket, by a position in its team alone.
    func onlookers(
        of ticket: Ticket, among people: [PersonID], in directory: Directory, using transaction: borrowing Transaction
    ) async throws -> Set<PersonID> {
        if people.isEmpty { return [] }
        let scopes = directory.scopes(of: ticket)
        let sites = scopes.compactMap { if case .site(let site) = $0 { site } else { nil } }
        let codes = sites.map { directory.code(of: $0) }
        let serving = directory.organisation.teams.filter { !Set($0.sites).isDisjoint(with: codes) }
        let teams =
            scopes.compactMap { if case .team(let team) = $0 { team } else { nil } }
            + serving.compactMap { directory.teams[$0.code] }
        let now = now
        return Set(
            try await transaction.all(
                """
                select r.person from role_grant r where r.person = any (\(people)) and \(!sites.isEmpty)
                    and (r.site is null or r.site = any (\(sites)))
                union
                select a.person from (\(.appointments(at: now))) a join position p on p.id = a.position
                where a.person = any (\(people)) and p.team = any (\(teams))
                """, as: PersonID.self))
    }
}
