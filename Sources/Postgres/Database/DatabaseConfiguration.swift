/// Which database to use and how.
public struct DatabaseConfiguration: Sendable {
    /// For everything but what needs a server session of its own; may lead to a pooler such as PgBouncer.
    public var connection: ConnectionString
    /// For listening and migrations, which need a session of their own. The former if nil.
    public var directConnection: ConnectionString?
    /// The most connections that this process opens at a time, listening and migrations aside.
    public var poolSize = 8
    /// Whether statements are prepared once for each connection and reused. Off behind a pooler that cannot.
    public var usesPreparedStatements = true
    /// How long the server may work on one statement before it cancels it; the role's own setting if nil.
    public var statementTimeout: Duration?
    /// How long a caller waits for a connection before ``DatabaseError/Reason/exhausted`` or `unreachable`.
    public var acquireTimeout = Duration.seconds(5)
    /// How long one server of the list may take to accept a connection, unless the connection string says it.
    public var connectTimeout = Duration.seconds(3)
    /// After how much silence who listens asks the server for a sign of life, and how long he waits for it: a peer that
    /// is gone without a word is noticed after twice as long.
    public var silence = Duration.seconds(5)
    /// How the connections are called in `pg_stat_activity`, unless the connection string says it.
    public var programName = ""

    public init(_ connection: ConnectionString) {
        self.connection = connection
    }

    /// Where listening and migrations go.
    var direct: ConnectionString { directConnection ?? connection }
}
