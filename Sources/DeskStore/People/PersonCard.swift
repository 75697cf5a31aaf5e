public import Desk
public import Foundation
public import Moments
public import Postgres

/// All that the desk knows of a person, beside what he does.
public struct PersonCard: Sendable, Equatable {
    /// Whether somebody belongs to the organisation.
    public enum Relation: String, CaseIterable, Sendable, PostgresValue {
        case `internal`, external
    }

    public let id: PersonID
    public let uuid: UUID
    public let name: String
    /// The primary one first; mail of the desk goes to it.
    public let addresses: [String]
    public let language: String
    public let personClass: String
    public let homeSite: SiteID?
    /// The organisation or department he belongs to.
    public let organisation: String?
    /// Nil where nobody has said.
    public let relation: Relation?
    /// Whether he works at the desk: he holds a position, or may do something.
    public let isColleague: Bool
    public let leftAt: Moment?
    /// The one he turned out to be.
    public let mergedInto: UUID?
}

extension PersonCard: PostgresRow {
    public static var columns: String {
        """
        p.id, p.uuid, p.name, \
        array(select a.address from person_address a where a.person = p.id order by a.is_primary desc, a.address), \
        p.language, p.class, p.home_site, p.organisation, p.relation, \
        exists (select from role_grant r where r.person = p.id) \
        or exists (select from position_holder h where h.person = p.id and h.until is null), \
        p.left_at, (select k.uuid from person k where k.id = p.merged_into)
        """
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            id: try row.read(), uuid: try row.read(), name: try row.read(), addresses: try row.read(),
            language: try row.read(), personClass: try row.read(), homeSite: try row.read(),
            organisation: try row.read(), relation: try row.read(), isColleague: try row.read(),
            leftAt: try row.read(), mergedInto: try row.read())
    }
}

extension Query<PersonCard> {
    static func card(_ condition: SQL) -> Self {
        "select \(columns: PersonCard.self) from person p where \(condition)"
    }
}

extension DeskStore {
    public func card(of person: PersonID) async throws -> PersonCard? {
        try await database.first(.card("p.id = \(person)"))
    }

    /// The same in a transaction that is under way.
    public func card(of person: PersonID, using transaction: borrowing Transaction) async throws -> PersonCard? {
        try await transaction.first(.card("p.id = \(person)"))
    }

    public func card(of identity: UUID) async throws -> PersonCard? {
        try await database.first(.card("p.uuid = \(identity)"))
    }

    public func card(at address: String) async throws -> PersonCard? {
        try await database.first(
            .card("p.id = (select a.person from person_address a where a.address = \(address.lowercased()))"))
    }

    /// The people whose name or one of whose addresses begins with some words, by name; those who were merged are not
    /// among them.
    public func cards(beginning words: String, limit: Int) async throws -> [PersonCard] {
        let pattern = words.lowercased().map { "\\%_".contains($0) ? "\\\($0)" : "\($0)" }.joined() + "%"
        return try await database.all(
            .card(
                """
                p.merged_into is null and p.id in (
                    (select n.id from person n
                        where lower(n.name) like \(pattern) and n.merged_into is null limit \(limit))
                    union (select a.person from person_address a where a.address like \(pattern) limit \(limit)))
                order by lower(p.name), p.id limit \(limit)
                """))
    }

    /// Those who are perhaps the same person: of the same name, not of another organisation as far as is known, and not
    /// told apart by anybody.
    public func twins(of person: PersonID, limit: Int = 5) async throws -> [PersonCard] {
        try await database.all(.card(.twins(of: "\(person)", limit: limit)))
    }
}

extension SQL {
    /// Those who are perhaps the same as somebody, as a condition on people.
    ///
    /// - Parameter person: his key, or a subquery that gives it.
    static func twins(of person: SQL, limit: Int) -> SQL {
        """
        p.merged_into is null and p.id <> \(person)
        and lower(p.name) = (select lower(o.name) from person o where o.id = \(person) and o.merged_into is null)
        and coalesce(p.organisation = (select o.organisation from person o where o.id = \(person)), true)
        and not exists (select from namesake d where d.person = \(person) and d.other = p.id)
        order by p.id limit \(limit)
        """
    }
}
