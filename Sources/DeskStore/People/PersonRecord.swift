public import Desk
import Moments
public import Postgres

/// A person as the desk knows one.
public struct PersonRecord: Sendable, Equatable {
    public let id: PersonID
    public let name: String
    /// The address that mail goes to: the first one that was known.
    public let address: String
    public let language: String
    public let personClass: String
    public let homeSite: SiteID?
}

extension PersonRecord: PostgresRow {
    public static var columns: String {
        """
        p.id, p.name, (select a.address from person_address a where a.person = p.id order by a.address limit 1), \
        p.language, p.class, p.home_site
        """
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            id: try row.read(), name: try row.read(), address: try row.read(), language: try row.read(),
            personClass: try row.read(), homeSite: try row.read())
    }
}

extension Query<PersonRecord> {
    static func person(_ id: PersonID) -> Self {
        "select \(columns: PersonRecord.self) from person p where p.id = \(id)"
    }

    static func person(at address: String) -> Self {
        """
        select \(columns: PersonRecord.self) from person p
        where p.id = (select a.person from person_address a where a.address = \(address.lowercased()))
        """
    }
}

extension Transaction {
    /// The person an address belongs to; who writes for the first time becomes known.
    borrowing func person(
        at address: String, orKnownAs name: String, language: String, homeSite: SiteID?, now: Moment
    ) async throws -> PersonRecord {
        if let known = try await first(.person(at: address)) { return known }
        let id = try await first(
            """
            insert into person (name, language, home_site, created_at)
            values (\(name.isEmpty ? address : name), \(language), \(homeSite), \(now)) returning id
            """, as: PersonID.self)
        let added = try await run(
            """
            insert into person_address (address, person) values (\(address.lowercased()), \(id))
            on conflict (address) do nothing
            """)
        // Another transaction made the same person first and has committed: its row stands, ours goes.
        if added == 0 { try await run("delete from person where id = \(id)") }
        guard let person = try await first(.person(at: address)) else { throw NoSuchPerson(address: address) }
        return person
    }
}

/// An address that belongs to nobody known here.
public struct NoSuchPerson: Error, CustomStringConvertible {
    public let address: String
    public var description: String { "Nobody with the address \(address) is known here." }
}

extension DeskStore {
    public func person(_ id: PersonID) async throws -> PersonRecord? {
        try await database.first(.person(id))
    }

    /// The people with these keys, in no particular order.
    public func people(_ ids: Set<PersonID>) async throws -> [PersonRecord] {
        try await database.all(
            Query<PersonRecord>(
                "select \(columns: PersonRecord.self) from person p where p.id = any (\(ids.map(\.rawValue)))"))
    }

    public func person(at address: String) async throws -> PersonRecord? {
        try await database.first(.person(at: address))
    }
}
