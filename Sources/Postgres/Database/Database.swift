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

    /// Connects when it is first used. Call ``close()`` before the loops are shut down.
    public init(_ configuration: DatabaseConfiguration, loops: EventLoopGroup, log: Log = .silent) {
        self.configuration = configuration
        self.loops = loops
        self.log = log
        let connector = Connector(
            string: configuration.connection, configuration: configuration, blocking: blocking, log: log)
        pool = Pool(connector, loops: loops, log: log)
    }

    /// Refuses new work, waits for what is under way and ends the connections. Notification streams end by being
    /// cancelled.
    public func close() async {
        await pool.close()
    }
}
