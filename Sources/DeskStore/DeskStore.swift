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
    let calendarChoices = CalendarChoicesCache()
    let keys = KeyReserve()

    /// The present moment as the desk's timekeeper has it.
    var now: Moment { timekeeper.now }

    public init(_ database: Database, timekeeper: any Timekeeper, zones: TimeZones) {
        self.database = database
        self.timekeeper = timekeeper
        self.zones = zones
    }

    /// Asks all of a batch in one round trip, with the eyes of `sight`.
    func ask(_ batch: Batch, seeing sight: Sight = .desk) async throws -> BatchAnswers {
        try await database.ask(batch, settings: sight.settings)
    }

    /// Every row of an answer, in one round trip, with the eyes of `sight`.
    func all<Row>(_ query: Query<Row>, seeing sight: Sight) async throws -> [Row] {
        var batch = Batch()
        let rows = batch.all(query)
        return try await ask(batch, seeing: sight)[rows]
    }

    /// How often a transaction is run again that the server ended for the sake of another one.
    private static let retries = 3

    /// Runs a transaction that sees what `sight` sees. `body` may be run more than once: nothing of what it did before
    /// remains then, so it must do nothing outside the transaction.
    public func transaction<Answer: Sendable>(
        seeing sight: Sight = .desk, _ body: (borrowing Transaction) async throws -> Answer
    ) async throws -> Answer {
        try await database.transaction(settings: sight.settings, retries: Self.retries, body)
    }
}
