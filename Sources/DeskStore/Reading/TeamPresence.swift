public import Desk
public import Moments
import Postgres

/// Who of a team is there at an instant, and by when it can be expected to contact somebody.
public struct TeamPresence: Sendable {
    public let team: TeamID
    public let site: SiteID
    /// Whether it works at this time of day.
    public let isOpen: Bool
    /// Those to whom a requester can be put through: they say themselves that they are available, hold a position of
    /// the team at this instant and are not absent. Nobody while the team is closed (S51, S53).
    public let people: [Colleague]
    /// By when a call-back can be promised; nil for a team that never opens.
    public let contactsBy: Moment?
}

/// Somebody of the desk, by name.
public struct Colleague: Sendable, Equatable {
    public let id: PersonID
    public let name: String
}

extension Directory {
    /// When a team has had the working time within which the organisation promises to contact somebody.
    public func contactTime(of team: Team, after now: Moment) -> Moment? {
        let calendar = calendar(organisation.calendar(of: team), at: now)
        return try? calendar?.adding(seconds: organisation.process.callsBackWithin, to: now)
    }
}

/// What is asked to know who is there in some teams.
struct PresenceQuestions: Sendable {
    private let holders: Pending<[(TeamID, String, PersonID)]>

    /// - Parameter teams: an array of their keys.
    init(_ teams: SQL, at now: Moment, in batch: inout Batch) {
        let available: SQL = .availability(of: "h.person", now: now)
        holders = batch.all(
            """
            select distinct p.team, r.name, r.id from holding(\(now)) h
            join position p on p.id = h.post join person r on r.id = h.person
            where p.team = any (\(teams)) and (\(available)) = 'available' and not \(.isAbsent("h.person", at: now))
            order by r.name, r.id
            """, as: (TeamID, String, PersonID).self)
    }

    func presences(
        in places: [(team: Team, site: SiteID)], _ answers: BatchAnswers, _ directory: Directory, at now: Moment
    ) throws -> [TeamPresence] {
        let holders = try answers[holders]
        return places.compactMap { place in
            guard let key = directory.teams[place.team.code] else { return nil }
            let isOpen = directory.isOpen(directory.organisation.calendar(of: place.team), at: now)
            let people = isOpen ? holders.filter { $0.0 == key }.map { Colleague(id: $0.2, name: $0.1) } : []
            return TeamPresence(
                team: key, site: place.site, isOpen: isOpen, people: people,
                contactsBy: directory.contactTime(of: place.team, after: now))
        }
    }
}

extension DeskStore {
    /// Who is there in each of some teams.
    public func presence(
        of places: [(team: Team, site: SiteID)], in directory: Directory
    ) async throws -> [TeamPresence] {
        let (now, keys) = (now, places.compactMap { directory.teams[$0.team.code] })
        var batch = Batch()
        let questions = PresenceQuestions("\(keys)", at: now, in: &batch)
        return try await questions.presences(in: places, ask(batch), directory, at: now)
    }
}
