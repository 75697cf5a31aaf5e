public import Desk
import Moments
import Postgres

/// What signing in needs to know of a person.
public struct Account: Sendable {
    public let person: PersonID
    /// The password's hash as a PHC string.
    public let password: String
}

extension DeskStore {
    public func account(at address: String) async throws -> Account? {
        try await database.first(
            """
            select c.person, c.password from account c join person p on p.id = c.person
            where c.person = (select a.person from person_address a where a.address = \(address.lowercased()))
              and p.left_at is null
            """, as: (PersonID, String).self
        ).map { Account(person: $0, password: $1) }
    }

    /// Gives a person who has no account one, with a password (its hash); false where there is one already.
    public func addAccount(_ hash: String, of person: PersonID) async throws -> Bool {
        let now = now
        return try await database.run(
            """
            insert into account (person, password, changed_at) values (\(person), \(hash), \(now))
            on conflict (person) do nothing
            """) == 1
    }

    /// Keeps the same password under another hash, unless it was changed meanwhile. Sessions go on.
    public func keep(_ hash: String, insteadOf former: String, of person: PersonID) async throws {
        try await database.run(
            "update account set password = \(hash) where person = \(person) and password = \(former)")
    }

    /// Gives a person a password (its hash) and ends all sessions under the one before.
    public func setPassword(_ hash: String, of person: PersonID) async throws {
        let now = now
        try await database.transaction { (transaction: borrowing Transaction) in
            try await transaction.run(
                """
                insert into account (person, password, changed_at) values (\(person), \(hash), \(now))
                on conflict (person) do update set password = excluded.password, changed_at = excluded.changed_at
                """)
            try await transaction.run("delete from session where person = \(person)")
        }
    }
}
