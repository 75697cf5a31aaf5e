public import Desk
public import Moments
public import Postgres

extension Transaction {
    /// Marks an address of a person as one that nobody has, as the server for outgoing mail says. Letters go to another
    /// one of his from then on, if he has one.
    ///
    /// - Returns: whether he has another one to which mail can go.
    @discardableResult
    public borrowing func markUndeliverable(
        _ address: String, of person: PersonID, at now: Moment
    ) async throws -> Bool {
        try await run(
            """
            update person_address set undeliverable_since = \(now)
            where address = \(address.lowercased()) and undeliverable_since is null
            """)
        return try await first(
            """
            select exists (select from person_address a join person p on a.person = coalesce(p.merged_into, p.id)
                where p.id = \(person) and a.undeliverable_since is null)
            """, as: Bool.self) ?? false
    }
}
