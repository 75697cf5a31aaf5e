public import Runtime
public import Sockets

/// Sends requests to other servers. Connections are used again for a while where the server leaves them open. It
/// follows no redirects: an answer that asks for one is an answer.
public struct HTTPClient: Sendable {
    private let loops: EventLoopGroup
    private let resolver: Resolver
    private let tls: TLSContext
    private let rules: OutboundRules?
    private let idle = IdleConnections()

    /// - Parameter rules: which addresses may be called. Nil only where no stranger can have chosen the address.
    public init(loops: EventLoopGroup, resolver: Resolver, tls: TLSContext, rules: OutboundRules?) {
        self.loops = loops
        self.resolver = resolver
        self.tls = tls
        self.rules = rules
    }

    /// Sends a request made with `Request(_:to:)` and returns the answer, whatever its status.
    ///
    /// - Parameters:
    ///   - limit: for everything together, from looking up the name to the last byte of the answer.
    ///   - most: how many bytes the body of the answer may have.
    /// - Throws: `HTTPClientError`; `CancellationError`.
    /// A body that is a stream goes in chunks, unless the field Content-Length says how many bytes it has.
    /// - Precondition: the request names a host.
    public func send(
        _ request: Request, within limit: Duration = .seconds(15), upTo most: Int = 65_536
    ) async throws -> Response {
        guard let authority = request.authority else {
            preconditionFailure("This request names no host: make it with Request(_:to:).")
        }
        let loop = EventLoop.current ?? loops.next()
        let exchange = HTTPExchange(
            request, host: authority.host, port: authority.port, limit: limit, most: most, idle: idle)
        do {
            return try await loop.withDeadline(limit) { [self] in
                try await exchange.run(on: loop, resolver: resolver, tls: tls, rules: rules)
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            throw HTTPClientError(Self.reason(error), mayHaveArrived: exchange.mayHaveArrived)
        }
    }

    private static func reason(_ error: any Error) -> HTTPClientError.Reason {
        switch error {
        case let refusal as OutboundRefusal: .refusedAddress(refusal.description)
        case let error as ResolutionError: .unresolved(error)
        case is TimedOut: .timedOut
        case let error as TLSError: .tls(error)
        case ResponseFault.bodyTooLarge: .tooLarge
        case ResponseFault.incomplete: .connection("the connection ended before the answer did")
        case let fault as ResponseFault: .malformed(fault)
        default: .connection(String(describing: error))
        }
    }
}
