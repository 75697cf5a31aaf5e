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
    private let proxyProtocol: Bool
    /// How many connections were asked for, if the system does not let the program have that many.
    private let unmetWish: Int?

    /// - Parameters:
    ///   - listener: A socket that already listens, so that a program can refuse to start when it cannot.
    ///   - tls: How connections are encrypted, where no proxy does that.
    ///   - hosts: The hosts that requests may be for; others are answered 421.
    ///   - proxyProtocol: Whether all connections come through a trusted proxy that begins each with a PROXY header of
    ///     version 2; others are closed.
    ///   - logsAccess: Whether each request is a line in the log.
    ///   - metrics: Where its figures are kept: one server's, since those at work are read from it.
    public init(
        _ listener: Listener, router: Router, loops: EventLoopGroup, tls: TLSContext? = nil,
        limits: ServerLimits = ServerLimits(),
        proxies: TrustedProxies = TrustedProxies(), hosts: ServedHosts = .any, proxyProtocol: Bool = false,
        name: String = "http", log: Log = .silent,
        logsAccess: Bool = true, metrics: Metrics = Metrics(), time: any Timekeeper = SystemTime()
    ) {
        self.name = name
        self.listener = listener
        self.loops = loops
        self.tls = tls
        self.proxyProtocol = proxyProtocol
        let fitting = limits.fitting(files: FileLimit.current)
        unmetWish = fitting.connections < limits.connections / 2 ? limits.connections : nil
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
            guard let caller = await caller(on: stream) else { return }
            guard context.callers.admit(caller) else { return await ServerConnection(caller, context).turnAway() }
            defer { context.callers.dismiss(caller) }
            guard await encrypt(stream) else { return }
            await ServerConnection(caller, context).run(until: stop)
        }
    }

    /// The connection as the server sees it, from whoever a trusted proxy says it is; nil if it is not one to serve.
    ///
    /// A function of its own, as `encrypt` is, so that the task of a connection keeps no room for it.
    @inline(never)
    private func caller(on stream: ByteStream) async -> Caller? {
        guard proxyProtocol else { return context.caller(stream, from: stream.peer) }
        do {
            guard context.proxies.trusts(stream.peer) else { throw PeerNotTrusted() }
            stream.setReadDeadline(after: context.limits.headTime)
            let header = try await stream.readProxyHeader()
            return context.caller(stream, from: header.source ?? stream.peer)
        } catch {
            context.log.info(
                "connection without a proxy's header closed",
                ["peer": .string(stream.peer?.description ?? "local"), "reason": .error(error)])
            return nil
        }
    }

    /// Somebody who is no trusted proxy, where only such may connect.
    private struct PeerNotTrusted: Error {}

    /// False if the client and this server do not come to terms.
    @inline(never)
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
