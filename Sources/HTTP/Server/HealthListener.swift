public import Runtime
public import Sockets

/// What must hold for a program to be ready, asked anew each time.
public struct HealthCheck: Sendable {
    public let name: String
    let check: @Sendable () async throws -> Void

    /// - Parameter check: returns if all is well, throws if not. It has one second.
    public init(_ name: String, _ check: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.check = check
    }
}

/// The small listener for those who run the program: `/livez`, `/readyz` and `/metrics`. It should be the first of a
/// program's services, so that it still answers while the others stop.
public struct HealthListener: Service {
    public let name = "health"
    private let server: HTTPServer

    /// - Parameters:
    ///   - checks: what `/readyz` asks; `?verbose` tells the outcome of each.
    ///   - stopping: once raised, the program is not ready any more.
    public init(
        _ listener: Listener, loops: EventLoopGroup, metrics: Metrics, checks: [HealthCheck], stopping: StopSignal,
        log: Log = .silent
    ) {
        let readiness = Readiness(checks: checks, stopping: stopping)
        let router = Router(
            Door(endpoints: [
                Endpoint(.get, "/livez") { _, _ in Response(text: "alive\n") },
                Endpoint(.get, "/readyz") { request, _ in
                    await readiness.response(verbose: request.query["verbose"] != nil)
                },
                Endpoint(.get, "/metrics") { request, _ in
                    let format = MetricsFormat(accept: request.fields[.accept])
                    var response = Response(type: format.contentType, bytes: Array(metrics.text(as: format).utf8))
                    response.fields[.vary] = "Accept"
                    return response
                },
            ]))
        var limits = ServerLimits()
        limits.connections = 256
        server = HTTPServer(
            listener, router: router, loops: loops, limits: limits, name: "health", log: log, logsAccess: false)
    }

    /// Where it listens.
    public var address: SocketAddress { server.address }

    /// Serves until `stop` is raised.
    public func run(until stop: StopSignal) async throws { try await server.run(until: stop) }
}
