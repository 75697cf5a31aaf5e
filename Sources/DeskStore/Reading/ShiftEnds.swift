public import Desk
public import Moments
public import Postgres

/// The tickets of a team whose shift is over, and the places that are open instead.
public struct ShiftEnd: Sendable {
    public let rule: ShiftRule
    let team: TeamID
    let site: SiteID
    /// The next in the order of the sun first; there is at least one.
    let reliefs: [Responsibility]
    /// The teams whose shifts are over too: what was offered to them is offered on.
    let closed: [TeamID]
}

/// A ticket that goes, or is offered, to another place.
public struct ShiftMove: Sendable {
    public let ticket: TicketID
    public let relief: Responsibility
}

extension Directory {
    /// What has to move at a moment: for each rule, the teams whose shift is over and that have somewhere to send their
    /// tickets.
    public func shiftEnds(at moment: Moment) -> [ShiftEnd] {
        organisation.shifts.flatMap { rule in
            let later = moment + .seconds(rule.lead)
            let over = organisation.teams.filter { team in
                let calendar = organisation.calendar(of: team)
                return !isOpen(calendar, at: later) && !isPausing(calendar, at: later)
            }
            let closed = over.compactMap { teams[$0.code] }
            return over.flatMap { team -> [ShiftEnd] in
                guard let key = teams[team.code] else { return [] }
                return rule.sites.filter(team.serves).compactMap { code in
                    let open = { (calendar: String) in isOpen(calendar, at: later) }
                    let reliefs = organisation.reliefs(of: team, at: code, under: rule, isOpen: open).compactMap {
                        next in
                        let (place, other) = (sites[next.site], teams[next.team.code])
                        return place.flatMap { place in other.flatMap { responsibility(of: $0, at: place) } }
                    }
                    guard let site = sites[code], !reliefs.isEmpty else { return nil }
                    return ShiftEnd(rule: rule, team: key, site: site, reliefs: reliefs, closed: closed)
                }
            }
        }
    }

    /// Whether a calendar that is closed is so for a break within a shift only.
    private func isPausing(_ code: String, at moment: Moment) -> Bool {
        guard let calendar = calendar(code, at: moment), let next = try? calendar.nextOpen(at: moment)
        else { return false }
        return calendar.elapsed(from: next - .seconds(ShiftRule.longestBreak), to: moment) > 0
    }

    /// The keys of categories and of all their parts.
    func keys(ofCategories codes: [String]) -> [CategoryID] {
        organisation.categories.filter { organisation.isPart($0.code, ofAny: codes) }
            .compactMap { categories[$0.code] }
    }
}

extension Transaction {
    /// For how long a team is not offered a ticket again that it declined, in seconds.
    private static let coolDown: Int64 = 43_200

    /// Some tickets that a shift's end concerns, the most urgent first, held; those that another copy holds are passed
    /// over. What is to be offered goes to the first place that has not declined it within half a day, and on from
    /// there when that one closes without an answer.
    ///
    /// - Parameter only: the one ticket that is meant; nil for all.
    public borrowing func moves(
        of end: ShiftEnd, in directory: Directory, limit: Int, only: TicketID? = nil, now: Moment
    ) async throws -> [ShiftMove] {
        let rule = end.rule
        let kinds: SQL = rule.kinds.isEmpty ? "" : "and t.kind = any (\(rule.kinds.map(\.rawValue)))"
        let priorities: SQL =
            rule.priorities.isEmpty ? "" : "and t.priority = any (\(rule.priorities.map { Int64($0.rawValue) }))"
        let categories: SQL =
            rule.categories.isEmpty ? "" : "and t.category = any (\(directory.keys(ofCategories: rule.categories)))"
        let one: SQL = only.map { "and t.id = \($0)" } ?? ""
        let (answers, open): (SQL, SQL) =
            rule.action == .handOver
            ? ("select '{}'::bigint[] as teams", "")
            : (
                .declining(since: now - .seconds(Self.coolDown)),
                "and (t.offered_team is null or t.offered_team = any (\(end.closed)))"
            )
        let rows = try await all(
            """
            select t.id, d.teams from ticket t cross join lateral (\(answers)) d
            where t.team = \(end.team) and t.state <> 'closed' and t.state in ('new', 'assigned', 'in_progress')
                and t.holder_site = \(end.site) \(kinds) \(priorities) \(categories) \(open) \(one)
                and not \(end.reliefs.map(\.place.team)) <@ d.teams
            order by t.priority, t.opened_at, t.id limit \(limit) for no key update of t skip locked
            """, as: (TicketID, [TeamID]).self)
        return rows.compactMap { ticket, declining in
            end.reliefs.first { !declining.contains($0.place.team) }.map { ShiftMove(ticket: ticket, relief: $0) }
        }
    }
}

extension SQL {
    /// The teams that declined a ticket since a moment: each answer is to the offer before it.
    fileprivate static func declining(since moment: Moment) -> SQL {
        """
        select array(
            select (o.data::json ->> 'team')::bigint from event e cross join lateral (
                select f.data from event f where f.ticket = e.ticket and f.kind = 'offered' and f.revision < e.revision
                order by f.revision desc limit 1) o
            where e.ticket = t.id and e.kind = 'offer_declined' and e.at > \(moment)) as teams
        """
    }
}
