import Desk
import Jobs
import Postgres
import TimeZones

extension DeskStore {
    /// Holds the zones of this machine against what was known of them. Where the law of one has changed, its calendars
    /// have a version from now on, which the clocks of open tickets follow: what is due moves, what was counted stays.
    ///
    /// What another machine has known before is not taken back, so that two machines with databases of different age
    /// do not undo one another.
    ///
    /// - Returns: the names of the zones whose law is another one from now on.
    /// - Throws: `NoOrganisation`, `ZoneFault`, `DatabaseError`.
    public func followZones() async throws -> [String] {
        let now = now
        return try await transaction { (transaction: borrowing Transaction) in
            try await transaction.lockOrganisation()
            let calendars = try await directory(using: transaction).organisation.calendars
            let known = Dictionary(
                grouping: try await transaction.all("select zone, law from zone_law", as: (String, Int64).self),
                by: \.0)
            var changed: [String] = []
            for name in Set(calendars.values.map(\.zone)).sorted() {
                let law = try zones.zone(name).law
                let before = known[name] ?? []
                if before.contains(where: { $0.1 == law }) { continue }
                transaction.later("insert into zone_law (zone, law, since) values (\(name), \(law), \(now))")
                if !before.isEmpty { changed.append(name) }
            }
            let inForce = try await transaction.all(
                """
                select distinct on (calendar) calendar, zone, definition from calendar_version
                where zone = any (\(changed)) and calendar = any (\(calendars.keys.sorted()))
                order by calendar, valid_from desc
                """, as: (String, String, String).self)
            for (calendar, zone, definition) in inForce {
                transaction.later(
                    "select take_holidays(\(calendar), \(now), \(zone), \(definition), \("the law of \(zone)"))")
            }
            if !inForce.isEmpty { try await transaction.leaveTerms() }
            return changed
        }
    }
}
