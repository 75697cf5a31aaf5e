/// The database's key of one kind of thing, so that a ticket's key cannot be taken for a site's.
public struct Identifier<Entity>: RawRepresentable, Hashable, Comparable, Codable, Sendable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }

    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    public static func < (one: Identifier, other: Identifier) -> Bool { one.rawValue < other.rawValue }
}

extension Identifier: CustomStringConvertible {
    public var description: String { String(rawValue) }
}

/// A line of a ticket's timeline. Its text is kept by the store; rules and events only point at it, so that a person
/// can be erased from texts while the log of events stays as it was.
public enum Entry {}

/// What may be let into the API without a person: a bearer token.
public enum AccessToken {}

public typealias TicketID = Identifier<Ticket>
public typealias EntryID = Identifier<Entry>
public typealias SiteID = Identifier<Site>
public typealias TeamID = Identifier<Team>
public typealias PositionID = Identifier<Position>
public typealias PersonID = Identifier<Person>
public typealias SupplierID = Identifier<Supplier>
public typealias CategoryID = Identifier<Category>
public typealias ArticleID = Identifier<Article>
public typealias AccessTokenID = Identifier<AccessToken>
public typealias CalendarVersionID = Identifier<BusinessCalendar>
