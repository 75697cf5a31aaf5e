import Desk
import DeskStore
import Moments
import Postgres

/// As what requesters were served, and where they were at home, since when.
struct RequesterBook {
    /// The class, and the home site.
    typealias Facts = (personClass: String, home: SiteID?)

    static let classes = [Person.standardClass, "vip", "external"]

    private var changes: [PersonID: [(at: Moment, facts: Facts)]] = [:]

    /// - Parameter before: what held until then.
    mutating func note(_ facts: Facts, of person: PersonID, before: Facts, at moment: Moment) {
        changes[person, default: [(Moment(microseconds: .min), before)]].append((moment, facts))
    }

    /// Nil where nothing was ever changed about somebody.
    func facts(of person: PersonID, at moment: Moment) -> Facts? {
        changes[person]?.last { $0.at <= moment }?.facts
    }
}

extension Simulation {
    /// Does something by which people may become others, and writes down who did.
    func noting<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
        let before = try await requesterFacts()
        let answer = try await body()
        let after = try await requesterFacts()
        for (person, facts) in after {
            guard let old = before[person], old != facts else { continue }
            requesters.note(facts, of: person, before: old, at: now)
        }
        return answer
    }

    private func requesterFacts() async throws -> [PersonID: RequesterBook.Facts] {
        let rows = try await world.operators.database.all(
            "select id, class, home_site from person", as: (PersonID, String, SiteID?).self)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.0, ($0.1, $0.2)) })
    }
}
