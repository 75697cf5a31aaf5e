public import Desk
import Moments
public import Postgres

/// A person as the desk knows one.
public struct PersonRecord: Sendable, Equatable {
    public let id: PersonID
    public let name: String
    /// The address that mail goes to: the primary one, unless mail systems say that nobody has it and there is another.
    /// Of somebody who was merged it is that of the one who stayed.
    public let address: String
    public let language: String
    public let personClass: String
    public let homeSite: SiteID?

    /// The same person as somebody who reads another language.
    public func speaking(_ language: String) -> PersonRecord {
        PersonRecord(
            id: id, name: name, address: address, language: language, personClass: personClass, homeSite: homeSite)
    }
}

extension PersonRecord: PostgresRow {
    public static var columns: String {
        """
        p.id, p.name, (select a.address from person_address a where a.person = coalesce(p.merged_into, p.id) \
        order by a.undeliverable_since is not null, a.is_primary desc, a.address limit 1), \
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
    static func person(_ id: PersonID) -> Self { person("\(id)") }

    /// - Parameter key: a subquery that gives his key.
    static func person(_ key: SQL) -> Self {
        "select \(columns: PersonRecord.self) from person p where p.id = \(key)"
    }

    static func person(at address: String) -> Self {
        """
        select \(columns: PersonRecord.self) from person p
        where p.id = (select a.person from person_address a where a.address = \(address.lowercased()))
        """
    }
}

extension Transaction {
    /// The person an address belongs to, held against being merged into another until the transaction ends: what is
    /// written about him meanwhile is written about the one he is.
    private borrowing func held(at address: String) async throws -> PersonRecord? {
        let key = address.lowercased()
        // Whoever waited for a merge finds the one who stays when he looks again; merges do not follow one another
        // that fast.
        for _ in 0..<10 {
            let query: Query<PersonRecord> = """
                select \(columns: PersonRecord.self) from person p join person_address o on o.person = p.id
                where o.address = \(key) and p.merged_into is null for key share of p
                """
            if let person = try await first(query) { return person }
            let isKnown: SQL = "select true from person_address where address = \(key)"
            if try await first(isKnown, as: Bool.self) == nil { return nil }
        }
        return try await first(.person(at: address))
    }

    /// The person an address belongs to; who writes for the first time becomes known.
    borrowing func person(
        at address: String, orKnownAs name: String, language: String, homeSite: SiteID?, now: Moment
    ) async throws -> PersonRecord {
        if let known = try await held(at: address) { return known }
        // People are found by their names: what is longer than a name can be has no place in an index.
        let name = String(String.UnicodeScalarView((name.isEmpty ? address : name).unicodeScalars.prefix(200)))
        let id = try await first(
            """
            insert into person (name, language, home_site, created_at)
            values (\(name), \(language), \(homeSite), \(now)) returning id
            """, as: PersonID.self)
        let added = try await run(
            """
            insert into person_address (address, person, is_primary, since)
            values (\(address.lowercased()), \(id), true, \(now)) on conflict (address) do nothing
            """)
        // Another transaction made the same person first and has committed: its row stands, ours goes.
        if added == 0 { try await run("delete from person where id = \(id)") }
        guard let person = try await held(at: address) else { throw NoSuchPerson(address: address) }
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
