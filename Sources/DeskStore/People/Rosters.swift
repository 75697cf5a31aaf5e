public import Desk
public import Foundation
import JSON
public import Moments
public import Postgres

/// Somebody holds a position for a time, perhaps instead of another.
public struct RosterEntry: Sendable, Equatable {
    public let id: UUID
    public let position: PositionID
    public let person: PersonID
    /// Who does not hold it meanwhile; nil where somebody is added.
    public let insteadOf: PersonID?
    public let since: Moment
    /// The end, which is not part of it.
    public let until: Moment
}

extension RosterEntry: PostgresRow {
    public static var columns: String { "e.uuid, e.position, e.person, e.instead_of, e.since, e.until" }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            id: try row.read(), position: try row.read(), person: try row.read(), insteadOf: try row.read(),
            since: try row.read(), until: try row.read())
    }
}

/// What is wrong with an entry of a roster that was asked for.
public enum UnfitRosterEntry: Error, Hashable, CustomStringConvertible {
    /// It ends before it begins, or has ended.
    case isOver
    /// It is longer than what is still an exception.
    case isTooLong
    /// Somebody would stand in for himself.
    case ownStandIn
    /// There is no such entry, or it is over.
    case unknown

    public var description: String {
        switch self {
        case .isOver: "An entry of a roster must end after it begins, and in the future."
        case .isTooLong: "An entry of a roster lasts 366 days at the most; what is for good stands in the organisation."
        case .ownStandIn: "Nobody stands in for himself."
        case .unknown: "There is no such entry of a roster, or it is over."
        }
    }
}

extension DeskStore {
    private static let longestEntry = Duration.seconds(366 * 86_400)

    /// Lets somebody hold a position for a time.
    ///
    /// - Throws: `UnfitRosterEntry`, `DatabaseError`.
    public func roster(
        _ person: PersonID, as position: PositionID, since: Moment, until: Moment, insteadOf: PersonID? = nil,
        by actor: Ticket.Actor
    ) async throws -> RosterEntry {
        try await transaction { (transaction: borrowing Transaction) in
            try await roster(
                person, as: position, since: since, until: until, insteadOf: insteadOf, by: actor, using: transaction)
        }
    }

    /// The same in a transaction that is under way, together with an idempotency key.
    public func roster(
        _ person: PersonID, as position: PositionID, since: Moment, until: Moment, insteadOf: PersonID? = nil,
        by actor: Ticket.Actor, using transaction: borrowing Transaction
    ) async throws -> RosterEntry {
        let now = now
        if until <= since || until <= now { throw UnfitRosterEntry.isOver }
        if until > since + Self.longestEntry { throw UnfitRosterEntry.isTooLong }
        if insteadOf == person { throw UnfitRosterEntry.ownStandIn }
        let entry = RosterEntry(
            id: UUID(), position: position, person: person, insteadOf: insteadOf, since: since, until: until)
        try await transaction.run(
            """
            insert into roster_entry (uuid, position, person, instead_of, since, until)
            values (\(entry.id), \(position), \(person), \(insteadOf), \(since), \(until))
            """)
        transaction.note(.rostered, about: person, entry.json, by: actor, at: now)
        return entry
    }

    /// Takes an entry out of its roster; what has been of it stays.
    ///
    /// - Throws: `UnfitRosterEntry.unknown`, `DatabaseError`.
    public func end(rosterEntry id: UUID, by actor: Ticket.Actor) async throws {
        let now = now
        try await transaction { (transaction: borrowing Transaction) in
            let ended = try await transaction.first(
                Query<RosterEntry>(
                    """
                    update roster_entry e set until = \(now)
                    where e.uuid = \(id) and e.since < \(now) and e.until > \(now)
                    returning \(columns: RosterEntry.self)
                    """))
            let removed = try await transaction.first(
                Query<RosterEntry>(
                    """
                    delete from roster_entry e where e.uuid = \(id) and e.since >= \(now)
                    returning \(columns: RosterEntry.self)
                    """))
            guard let entry = ended ?? removed else { throw UnfitRosterEntry.unknown }
            transaction.note(.rosterEntryRemoved, about: entry.person, entry.json, by: actor, at: now)
        }
    }

    /// The entries of some positions that hold or are to come, the first to begin first.
    public func rosterEntries(of positions: [PositionID]) async throws -> [RosterEntry] {
        try await database.all(
            Query<RosterEntry>(
                """
                select \(columns: RosterEntry.self) from roster_entry e
                where e.position = any (\(positions)) and e.until > \(now) order by e.since, e.id
                """))
    }

    public func rosterEntry(_ id: UUID) async throws -> RosterEntry? {
        try await database.first(
            Query<RosterEntry>("select \(columns: RosterEntry.self) from roster_entry e where e.uuid = \(id)"))
    }
}

extension RosterEntry {
    /// As the record of changes keeps it, by keys.
    var json: JSON {
        .object([
            "entry": id.uuidString.lowercased(), "position": Int(position.rawValue), "person": Int(person.rawValue),
            "instead_of": insteadOf.map { Int($0.rawValue) }, "since": since.rfc3339, "until": until.rfc3339,
        ])
    }
}
