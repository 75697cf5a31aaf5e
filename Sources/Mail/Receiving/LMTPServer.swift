public import Runtime
public import Sockets

/// Takes messages from a mail server in front (LMTP, RFC 2033), or from anyone in tests (SMTP).
///
/// A message is acknowledged only after `deliver` has returned, so it must return only when the message is safe. If it
/// throws, the sender keeps the message and tries again. Told to stop, the server takes no more connections, lets the
/// messages in hand be finished and tells the other clients to come again.
public struct LMTPServer: Service {
    /// The limits of a connection.
    public struct Limits: Sendable {
        /// What the conversation may hold.
        public var session = MailSession.Limits()
        /// How long a client may say nothing; RFC 5321 (section 4.5.3.2.7) asks for at least five minutes.
        public var idle: Duration = .seconds(300)
        /// How long a connection may last.
        public var lifetime: Duration = .seconds(3_600)
        /// How many connections may be open at a time; further ones wait.
        public var connections = 200

        public init() {}
    }

    /// Tells whether a recipient is wanted: nil if so, else the reply that says why not. If it throws, the recipient is
    /// to be tried again.
    public typealias Accept = @Sendable (Address) async throws -> SMTPReply?
    /// Keeps a message for good and tells what became of it for each recipient, in their order.
    public typealias Deliver = @Sendable (Envelope, [UInt8]) async throws -> [SMTPReply]

    public let name: String
    private let listener: Listener
    private let loops: EventLoopGroup
    private let limits: Limits
    private let peers: MailPeers
    private let log: Log
    private let driver: SessionDriver

    public init(
        _ dialect: MailSession.Dialect = .lmtp, on listener: Listener, hostName: String, loops: EventLoopGroup,
        limits: Limits = Limits(), peers: MailPeers = MailPeers(), log: Log = .silent, accept: @escaping Accept,
        deliver: @escaping Deliver
    ) {
        name = dialect == .lmtp ? "lmtp" : "smtp"
        self.listener = listener
        self.loops = loops
        self.limits = limits
        self.peers = peers
        self.log = log
        driver = SessionDriver(
            dialect: dialect, hostName: hostName, limits: limits, log: log, accept: accept, deliver: deliver)
    }

    /// Serves connections until it is told to stop and the messages in hand are kept.
    ///
    /// - Throws: `SystemError` if the listening socket fails.
    public func run(until stop: StopSignal) async throws {
        log.info("taking mail", ["listen": .string("\(listener.address)")])
        try await listener.serve(on: loops, limit: limits.connections, log: log, until: stop) {
            [driver, peers] stream in
            guard peers.admits(stream.peer) else { return await driver.refuse(stream) }
            await driver.run(stream, until: stop)
        }
    }
}
