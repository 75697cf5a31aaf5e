import Desk
import Moments
import Postgres

extension DeskStore {
    /// How some teams stand at this moment, in one round trip.
    func standings(
        of teams: [Team], in directory: Directory, using transaction: borrowing Transaction
    ) async throws -> [String: TeamStanding] {
        var posts: [PositionID: String] = [:]
        for team in teams {
            for position in directory.organisation.workingPositions(of: team) {
                if let key = directory.positions[position.code] { posts[key] = team.code }
            }
        }
        let measured = teams.filter { $0.capacity != nil && directory.teams[$0.code] != nil }
        let keys = measured.compactMap { directory.teams[$0.code] }
        var questions: [SQL] = [.staffed(Array(posts.keys), now: now)]
        if !keys.isEmpty { questions.append(.openTickets(of: keys, atMost: measured.compactMap(\.capacity))) }
        let answers = try await transaction.pipeline(questions)
        let staffed = Set(try answers[0].rows(as: PositionID.self).compactMap { posts[$0] })
        let counts = keys.isEmpty ? [] : try answers[1].rows(as: (TeamID, Int).self)
        let open = Dictionary(counts) { first, _ in first }
        return Dictionary(
            teams.map { team in
                let count = directory.teams[team.code].flatMap { open[$0] } ?? 0
                let isStaffed = staffed.contains(team.code)
                return (team.code, TeamStanding(isStaffed: isStaffed, open: count, capacity: team.capacity))
            }
        ) { first, _ in first }
    }
}

extension SQL {
    /// Those of some positions that are held at an instant by somebody who is there and available.
    fileprivate static func staffed(_ positions: [PositionID], now: Moment) -> SQL {
        """
        select distinct h.post from holding(\(now)) h
        where h.post = any (\(positions)) and not \(isAbsent("h.person", at: now))
            and coalesce((\(availability(of: "h.person", now: now))), 'available') = 'available'
        """
    }

    /// How many open tickets each of some teams has, counted up to the number that it takes: what is beyond that costs
    /// nothing.
    fileprivate static func openTickets(of teams: [TeamID], atMost capacities: [Int]) -> SQL {
        """
        select m.team, (select count(*) from (
            select from ticket t where t.team = m.team and t.state <> 'closed' and t.state not in ('new', 'resolved')
            limit m.capacity) k)
        from unnest(\(teams), \(capacities.map(Int64.init))) m (team, capacity)
        """
    }
}
