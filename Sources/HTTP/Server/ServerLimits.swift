/// How long and how much a server bears from its clients.
public struct ServerLimits: Sendable {
    /// The lengths of what they send.
    public var message = MessageLimits()
    /// For a request line and its fields, from the first byte on; then 408.
    public var headTime = Duration.seconds(10)
    /// Between two requests on a connection; then it is closed.
    public var idleTime = Duration.seconds(60)
    /// For the next byte of a body, and for a body in all before its rate is looked at; then 408.
    public var bodyTime = Duration.seconds(10)
    /// Least bytes a second of a body, and of an answer that the client reads.
    public var bytesPerSecond = 1_024
    /// For an answer to be taken, beyond what its length is given at the least rate; then the connection is closed.
    public var writeTime = Duration.seconds(20)
    /// How long a connection is still read after its last answer, so that the answer is not lost.
    public var drainTime = Duration.seconds(1)
    /// Most connections. For a further one some of those are closed that keep the server waiting; if there are none,
    /// it waits in the system's queue.
    public var connections = 20_000
    /// Most connections of one address that is no trusted proxy. For a further one some of those of this address are
    /// closed that keep the server waiting; if there are none, it is answered 503.
    public var connectionsPerAddress = 512
    /// Most requests that endpoints work on at a time, at most half of them for one address; further ones are answered
    /// 503 with Retry-After.
    public var requestsInFlight = 2_000

    public init() {}

    /// The same with no more connections than a program can have that may open so many files: some are left for the
    /// database, the log and calls to others.
    func fitting(files: Int) -> ServerLimits {
        var limits = self
        limits.connections = min(connections, max(files - 256, files / 2))
        return limits
    }
}
