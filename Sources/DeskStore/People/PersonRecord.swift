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

    /// The same person at another address.
    func reached(at address: String) -> PersonRecord {
        PersonRecord(
            id: id, name: name, address: address, language: language, personClass: personClass, homeSite: homeSite)
    }

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

extension SQL {
    /// The person an address belongs to, as rows with the columns of a `PersonRecord`; he is held against being merged
    /// into another until the transaction ends: what is written about him meanwhile is written about the one he is. Who
    /// writes for the first time becomes known.
    ///
    /// - Parameter address: in small letters.
    static func knownPerson(
        at address: SQL, orKnownAs name: String, language: String, homeSite: SiteID?, now: Moment
    ) -> SQL {
        // People are found by their names: what is longer than a name can be has no place in an index.
        let name = String(String.UnicodeScalarView(name.unicodeScalars.prefix(200)))
        return "person_writing(\(address), \(name), \(language), \(homeSite), \(now))"
    }
}

extension Transaction {
    /// The person an address belongs to, held against being merged into another until the transaction ends; who writes
    /// for the first time becomes known.
    borrowing func person(
        at address: String, orKnownAs name: String, language: String, homeSite: SiteID?, now: Moment
    ) async throws -> PersonRecord {
        let known: SQL = .knownPerson(
            at: "\(address.lowercased())", orKnownAs: name.isEmpty ? address : name, language: language,
            homeSite: homeSite, now: now)
        let query: Query<PersonRecord> = "select id, name, address, language, class, home_site from \(known)"
        guard let person = try await first(query) else { throw NoSuchPerson(address: address) }
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
