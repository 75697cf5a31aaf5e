public import Runtime

/// A PostgreSQL database, used through a pool of connections.
///
/// Every call works on any task and blocks no thread. When the database is away, calls fail within the configured time
/// with an error that says so; the pool finds its way back by itself.
public final class Database: Sendable {
    public let configuration: DatabaseConfiguration
    let loops: EventLoopGroup
    let log: Log
    let blocking = BlockingWork()
    let pool: Pool
    let outbox = Outbox()
    let exchanges: ExchangeCount

    /// How often it has waited for the server's answer so far, on all connections: what distance multiplies.
    public var roundTrips: Int { exchanges.value }

    /// Connects when it is first used. Call ``close()`` before the loops are shut down.
    public init(_ configuration: DatabaseConfiguration, loops: EventLoopGroup, log: Log = .silent) {
        self.configuration = configuration
        self.loops = loops
        self.log = log
        let exchanges = ExchangeCount()
        let connector = Connector(
            string: configuration.connection, configuration: configuration, blocking: blocking, exchanges: exchanges,
            log: log)
        self.exchanges = exchanges
        pool = Pool(connector, loops: loops, log: log)
    }

    /// Has calls fail as if the database were away, with this reason, until ``open()``: for a program that must not use
    /// a database before its tables are there.
    public func shut(because reason: String) {
        pool.bar(because: reason)
    }

    /// Lets calls through again.
    public func open() {
        pool.bar(because: nil)
    }

    /// Has told what has been committed, refuses new work, waits for what is under way and ends the connections.
    /// Notification streams end by being cancelled.
    public func close() async {
        await untilTold()
        await pool.close()
    }
}
