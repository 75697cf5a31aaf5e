public import Desk
import Postgres

extension DeskStore {
    /// Says as what somebody is served, such as `vip`, and to which organisation or department he belongs; what is nil
    /// stays.
    public func mark(_ person: PersonID, personClass: String?, organisation: String?) async throws {
        try await database.run(
            """
            update person set class = coalesce(\(personClass), class),
                organisation = coalesce(\(organisation), organisation)
            where id = \(person)
            """)
    }
}
