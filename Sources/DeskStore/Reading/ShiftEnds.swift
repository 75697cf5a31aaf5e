public import Desk
public import Moments
public import Postgres

/// The tickets of a team that is closed, and the place that is open instead.
public struct ShiftEnd: Sendable {
    public let rule: ShiftRule
    let team: TeamID
    let site: SiteID
    public let relief: Responsibility
}

extension Directory {
    /// What has to move at a moment: for each rule, the teams that are closed and have somewhere to send their tickets.
    public func shiftEnds(at moment: Moment) -> [ShiftEnd] {
        organisation.shifts.flatMap { rule in
            let later = moment + .seconds(rule.lead)
            return organisation.teams.flatMap { team -> [ShiftEnd] in
                guard !isOpen(organisation.calendar(of: team), at: later), let key = teams[team.code] else { return [] }
                return rule.sites.filter(team.serves).compactMap { code in
                    let open = { (calendar: String) in isOpen(calendar, at: later) }
                    guard let next = organisation.relief(of: team, at: code, under: rule, isOpen: open),
                        let site = sites[code], let place = sites[next.site], let other = teams[next.team.code],
                        let relief = responsibility(of: other, at: place)
                    else { return nil }
                    return ShiftEnd(rule: rule, team: key, site: site, relief: relief)
                }
            }
        }
    }

    /// The keys of categories and of all their parts.
    func keys(ofCategories codes: [String]) -> [CategoryID] {
        organisation.categories.filter { organisation.isPart($0.code, ofAny: codes) }
            .compactMap { categories[$0.code] }
    }
}

extension Transaction {
    /// Some tickets that a shift's end concerns, the most urgent first, held; those that another copy holds are passed
    /// over. What was offered and declined within half a day is not offered again.
    public borrowing func tickets(
        of end: ShiftEnd, in directory: Directory, limit: Int, now: Moment
    ) async throws -> [TicketID] {
        let rule = end.rule
        let kinds: SQL = rule.kinds.isEmpty ? "" : "and t.kind = any (\(rule.kinds.map(\.rawValue)))"
        let priorities: SQL =
            rule.priorities.isEmpty ? "" : "and t.priority = any (\(rule.priorities.map { Int64($0.rawValue) }))"
        let categories: SQL =
            rule.categories.isEmpty ? "" : "and t.category = any (\(directory.keys(ofCategories: rule.categories)))"
        let unoffered: SQL =
            rule.action == .handOver
            ? ""
            : """
            and t.offered_team is null and not exists (select from event e where e.ticket = t.id
                and e.kind = 'offer_declined' and e.at > \(now - .seconds(43_200)))
            """
        return try await all(
            """
            select t.id from ticket t
            where t.team = \(end.team) and t.state <> 'closed' and t.state in ('new', 'assigned', 'in_progress')
                and t.holder_site = \(end.site) \(kinds) \(priorities) \(categories) \(unoffered)
            order by t.priority, t.opened_at, t.id limit \(limit) for no key update skip locked
            """, as: TicketID.self)
    }
}
