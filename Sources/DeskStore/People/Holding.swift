public import Desk
public import Moments
import Postgres

extension SQL {
    /// The people who hold one of some positions at an instant, each once, as a subquery; also those who are absent.
    static func holders(of positions: [PositionID], at moment: Moment) -> SQL {
        "select h.person from holding(\(moment)) h where h.post = any (\(positions)) group by h.person"
    }

    /// Whether a row of absences holds at an instant.
    static func holds(_ absence: SQL, at moment: Moment) -> SQL {
        """
        \(absence).withdrawn_at is null and \(absence).since <= \(moment)
            and (\(absence).until is null or \(absence).until > \(moment))
        """
    }

    /// Whether a person is absent at an instant.
    ///
    /// - Parameter person: what names him, such as a column.
    static func isAbsent(_ person: SQL, at moment: Moment) -> SQL {
        "exists (select from absence b where b.person = \(person) and \(holds("b", at: moment)))"
    }
}

extension DeskStore {
    /// Who holds one of some positions at an instant, by roster, and is there.
    public func holders(of positions: [PositionID], at moment: Moment) async throws -> [Colleague] {
        try await database.all(
            """
            select p.id, p.name from person p
            where p.id in (\(.holders(of: positions, at: moment))) and not \(.isAbsent("p.id", at: moment))
            order by p.name, p.id
            """, as: (PersonID, String).self
        ).map { Colleague(id: $0.0, name: $0.1) }
    }
}
