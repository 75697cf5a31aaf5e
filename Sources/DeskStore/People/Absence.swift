public import Desk
public import Foundation
public import Moments
public import Postgres

/// A time in which somebody is not there: from an instant up to another one, which is not part of it.
public struct Absence: Sendable, Equatable {
    public enum Reason: String, CaseIterable, Sendable, PostgresValue {
        case sickness, holiday, other
    }

    public let id: UUID
    public let person: PersonID
    public let reason: Reason
    public let since: Moment
    /// Nil until he is back.
    public let until: Moment?
    /// Who is told meanwhile what he would be told.
    public let deputy: PersonID?

    public func holds(at moment: Moment) -> Bool { since <= moment && until.map { $0 > moment } ?? true }
}

extension Absence: PostgresRow {
    public static var columns: String { "b.uuid, b.person, b.reason, b.since, b.until, b.deputy" }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            id: try row.read(), person: try row.read(), reason: try row.read(), since: try row.read(),
            until: try row.read(), deputy: try row.read())
    }
}

/// What is wrong with an absence that was asked for.
public enum UnfitAbsence: Error, Hashable, CustomStringConvertible {
    /// It ends before it begins, or has ended.
    case isOver
    /// It begins so long ago or so far ahead that it must be a slip.
    case isFarAway
    /// The deputy is the person himself.
    case ownDeputy
    /// There is no such absence, or it is over.
    case unknown

    public var description: String {
        switch self {
        case .isOver: "An absence must end after it begins, and in the future."
        case .isFarAway: "An absence begins within the last 31 days or the next 731."
        case .ownDeputy: "Nobody is his own deputy."
        case .unknown: "There is no such absence, or it is over."
        }
    }
}
