public import Desk
import Moments
import Postgres

/// What a person of the desk may do and see: the roles, the positions he is appointed to, and the scopes that follow
/// from both. The hours of a roster take nothing away: whoever works on after his shift still sees his tickets.
public struct Rights: Sendable, Equatable {
    public struct Grant: Sendable, Hashable {
        public let role: Role
        /// Nil: at every site.
        public let site: SiteID?
    }

    public let person: PersonID
    public let grants: [Grant]
    public let positions: [PositionID]
    public let teams: [TeamID]
    public let scopes: [Int64]

    /// The desk's eyes. What the person asked for himself is not seen with them: that he reads as its requester,
    /// without what the desk says to itself.
    public var sight: Sight { Sight(scopes: scopes, teams: teams) }

    /// The eyes that also find what is the person's own.
    public var ownSight: Sight { Sight(scopes: scopes, requester: person, teams: teams) }

    public func has(_ role: Role) -> Bool { grants.contains { $0.role == role } }
}

extension DeskStore {
    /// The rights of a person at this moment, in one round trip.
    public func rights(of person: PersonID) async throws -> Rights {
        try await transaction { (transaction: borrowing Transaction) in
            try await rights(of: person, using: transaction)
        }
    }

    /// The same in a transaction that is under way.
    func rights(of person: PersonID, using transaction: borrowing Transaction) async throws -> Rights {
        var batch = Batch()
        let version = batch.first(.newestOrganisation, as: Int64.self)
        let questions = RightsQuestions(of: "\(person)", at: now, in: &batch)
        let answers = try await transaction.ask(batch)
        var directory: Directory?
        if let version = try answers[version] {
            directory = try await self.directory(version: version, using: transaction)
        }
        return try questions.rights(of: person, answers, in: directory)
    }
}

/// What is asked to know what somebody may do and see.
struct RightsQuestions {
    private let grants: Pending<[(Role, SiteID?)]>
    private let held: Pending<[(PositionID, TeamID)]>

    /// - Parameter person: his key, or a subquery that gives it.
    init(of person: SQL, at now: Moment, in batch: inout Batch) {
        grants = batch.all(
            "select role, site from role_grant where person = \(person)", as: (Role, SiteID?).self)
        held = batch.all(
            """
            select a.position, p.team from (\(.appointments(at: now))) a join position p on p.id = a.position
            where a.person = \(person)
            """, as: (PositionID, TeamID).self)
    }

    /// - Parameter directory: nil before an organisation is applied, when there is nothing to see.
    func rights(of person: PersonID, _ answers: BatchAnswers, in directory: Directory?) throws -> Rights {
        let grants = try answers[grants].map { Rights.Grant(role: $0.0, site: $0.1) }
        let held = try answers[held]
        let teams = Array(Set(held.map(\.1))).sorted()
        return Rights(
            person: person, grants: grants, positions: held.map(\.0), teams: teams,
            scopes: directory?.scopes(of: grants, teams) ?? [])
    }
}

extension Directory {
    /// The keys of what somebody sees: the sites of his roles and those that his teams work for, and those of his teams
    /// that are confidential.
    fileprivate func scopes(of grants: [Rights.Grant], _ teams: [TeamID]) -> [Int64] {
        let isEverywhere = grants.contains { $0.site == nil }
        let sites = Set(grants.compactMap(\.site) + served(by: teams))
        return scopes.filter { scope, _ in
            switch scope {
            case .site(let site): isEverywhere || sites.contains(site)
            case .team(let team): teams.contains(team)
            case .supplier: false
            }
        }.map(\.value).sorted()
    }
}

extension SQL {
    /// Who is appointed to which position at an instant, whatever his hours, as a subquery.
    static func appointments(at now: Moment) -> SQL {
        """
        select h.position, h.person from position_holder h
        where h.since <= \(now) and (h.until is null or h.until > \(now))
        union
        select e.position, e.person from roster_entry e where e.since <= \(now) and e.until > \(now)
        """
    }
}
