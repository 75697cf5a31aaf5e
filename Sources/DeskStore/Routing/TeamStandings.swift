import Desk
import Moments
import Postgres

extension DeskStore {
    /// How some teams stand at this moment, in one round trip: how much each has of what it takes, and of several, of
    /// which somebody is there.
    func standings(
        of teams: [Team], in directory: Directory, using transaction: borrowing Transaction
    ) async throws -> [String: TeamStanding] {
        var posts: [PositionID: String] = [:]
        if teams.count > 1 {
            for team in teams {
                for position in directory.organisation.workingPositions(of: team) {
                    if let key = directory.positions[position.code] { posts[key] = team.code }
                }
            }
        }
        var measured: [(key: TeamID, capacity: Int)] = []
        for team in teams {
            if let key = directory.teams[team.code], let capacity = team.capacity { measured.append((key, capacity)) }
        }
        var batch = Batch()
        let staffed: Pending<[PositionID]> =
            posts.isEmpty
            ? .known([]) : batch.all(.staffed(Array(posts.keys), now: now), as: PositionID.self)
        let counts: Pending<[(TeamID, Int)]> =
            measured.isEmpty
            ? .known([])
            : batch.all(
                .openTickets(of: measured.map(\.key), atMost: measured.map(\.capacity)), as: (TeamID, Int).self)
        let answers = try await transaction.ask(batch)
        let there = Set(try answers[staffed].compactMap { posts[$0] })
        let open = Dictionary(try answers[counts]) { first, _ in first }
        var standings: [String: TeamStanding] = [:]
        for team in teams {
            standings[team.code] = TeamStanding(
                isStaffed: posts.isEmpty ? nil : there.contains(team.code),
                open: directory.teams[team.code].flatMap { open[$0] } ?? 0, capacity: team.capacity)
        }
        return standings
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
