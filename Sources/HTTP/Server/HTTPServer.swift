public import Runtime
public import Sockets

/// Answers HTTP/1.1 on a socket (RFC 9110, RFC 9112) until it is told to stop; then idle connections end at once and
/// the others after the answer in hand.
public struct HTTPServer: Service {
    public let name: String
    private let listener: Listener
    private let loops: EventLoopGroup
    private let tls: TLSContext?
    private let context: ServerContext
    /// How many connections were asked for, if the system does not let the program have that many.
    private let unmetWish: Int?

    /// - Parameters:
    ///   - listener: A socket that already listens, so that a program can refuse to start when it cannot.
    ///   - tls: How connections are encrypted, where no proxy does that.
    ///   - hosts: The host names that requests may be for; others are answered 421. Empty for any.
    ///   - logsAccess: Whether each request is a line in the log.
    public init(
        _ listener: Listener, router: Router, loops: EventLoopGroup, tls: TLSContext? = nil,
        limits: ServerLimits = ServerLimits(),
        proxies: TrustedProxies = TrustedProxies(), hosts: Set<String> = [], name: String = "http", log: Log = .silent,
        logsAccess: Bool = true, metrics: Metrics = Metrics(), time: any Timekeeper = SystemTime()
    ) {
        self.name = name
        self.listener = listener
        self.loops = loops
        self.tls = tls
        let fitting = limits.fitting(files: FileLimit.current)
        unmetWish = fitting.connections < limits.connections ? limits.connections : nil
        context = ServerContext(
            router: router, limits: fitting, proxies: proxies, hosts: hosts, log: log, logsAccess: logsAccess,
            metrics: metrics, time: time)
    }

    /// Where it listens.
    public var address: SocketAddress { listener.address }

    /// Serves until `stop` is raised and all connections have ended.
    ///
    /// - Throws: `SystemError` if the listening socket itself fails.
    public func run(until stop: StopSignal) async throws {
        if let wish = unmetWish {
            context.log.warning(
                "fewer connections than configured: raise the limit of open files (LimitNOFILE, ulimit -n)",
                ["wanted": .int(wish), "connections": .int(context.limits.connections)])
        }
        try await listener.serve(
            on: loops, limit: context.limits.connections, log: context.log, until: stop,
            onFull: { [context] in context.callers.makeRoom() }
        ) { stream in
            let caller = context.caller(stream, from: stream.peer)
            guard context.callers.admit(caller) else { return await ServerConnection(caller, context).turnAway() }
            defer { context.callers.dismiss(caller) }
            guard await encrypt(stream) else { return }
            await ServerConnection(caller, context).run(until: stop)
        }
    }

    /// False if the client and this server do not come to terms.
    private func encrypt(_ stream: ByteStream) async -> Bool {
        guard let tls else { return true }
        do {
            stream.setReadDeadline(after: context.limits.headTime)
            stream.setWriteDeadline(after: context.limits.headTime)
            try await stream.acceptTLS(tls)
            return true
        } catch {
            context.log.debug("connection not encrypted", ["reason": .error(error)])
            return false
        }
    }
}
