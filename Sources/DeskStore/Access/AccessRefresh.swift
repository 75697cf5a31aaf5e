public import Desk
import JSON
public import Postgres

extension Transaction {
    /// The teams whose tickets others may see than under the document before: a team became confidential or ceased to
    /// be, or works for other sites; or it is there again, and what it was is not known.
    borrowing func teams(seenOtherwiseThan before: JSON, in organisation: Organisation) async throws -> [TeamID] {
        var former: [String: (sites: [String], isConfidential: Bool)] = [:]
        for team in before["teams"]?.array ?? [] {
            guard let code = team["code"]?.string else { continue }
            let sites = (team["sites"]?.array ?? []).compactMap(\.string)
            former[code] = (sites, team["confidential"]?.bool ?? false)
        }
        let codes = organisation.teams.filter { team in
            former[team.code].map { $0 != (team.sites, team.isConfidential) } ?? !former.isEmpty
        }.map(\.code)
        if codes.isEmpty { return [] }
        return try await all("select id from team where code = any (\(codes)) order by id", as: TeamID.self)
    }
}

extension DeskStore {
    /// Waits until everybody has ended who began under another organisation and gave one of the teams a ticket.
    public func awaitWriters(of teams: [TeamID]) async throws {
        try await transaction { (transaction: borrowing Transaction) in
            _ = try await transaction.run("select await_team_writers(\(teams))")
        }
    }

    /// Writes down anew who sees some tickets of the teams, as the organisation in force says.
    ///
    /// - Returns: the last ticket of the batch; nil where there is none left.
    public func refreshAccess(
        of teams: [TeamID], behind last: TicketID?, limit: Int, using transaction: borrowing Transaction
    ) async throws -> TicketID? {
        let directory = try await directory(using: transaction)
        let place: SQL = last.map { "and t.id < \($0)" } ?? ""
        let limited: SQL = "\(place) order by t.id desc limit \(limit)"
        // Also those that the teams own, or were asked about or offered: their homes see these.
        let newest = try await transaction.all(
            """
            select id from (
                (select t.id from ticket t where t.team = any (\(teams)) \(limited))
                union (select t.id from position p join ticket t on t.owner = p.id and t.state <> 'closed'
                    where p.team = any (\(teams)) \(limited))
                union (select t.id from ticket t where t.offered_team = any (\(teams)) \(limited))
                union (select t.id from inquiry q join ticket t on t.id = q.ticket
                    where q.team = any (\(teams)) and q.ended_at is null \(limited))) found
            order by id desc limit \(limit)
            """, as: TicketID.self)
        let tickets = try await transaction.hold(newest).map(\.ticket)
        for ticket in tickets { transaction.setAccess(of: ticket, in: directory) }
        return newest.last
    }
}
