import Moments
public import Postgres
public import Runtime
public import TimeZones

/// The desk as the database remembers it, and the only writer of tickets.
///
/// Every change is one transaction that holds the event, all that follows from it, and the jobs it leaves for others.
public final class DeskStore: Sendable {
    public let database: Database
    public let timekeeper: any Timekeeper
    public let zones: TimeZones
    let directories = DirectoryCache()

    /// The present moment as the desk's timekeeper has it.
    var now: Moment { timekeeper.now }

    public init(_ database: Database, timekeeper: any Timekeeper, zones: TimeZones) {
        self.database = database
        self.timekeeper = timekeeper
        self.zones = zones
    }

    /// Runs a transaction that sees what `sight` sees.
    public func transaction<Answer: Sendable>(
        seeing sight: Sight = .desk, _ body: (borrowing Transaction) async throws -> Answer
    ) async throws -> Answer {
        try await database.transaction(settings: sight.settings, body)
    }
}
