import CSystem
import Glibc
import Runtime

extension ByteStream {
    /// Connects to an address; the stream belongs to the loop of the caller, who must be on one.
    ///
    /// - Throws: ``StreamError/notConnected(_:)``, `TimedOut` after `limit`, `CancellationError`.
    public static func connect(to address: SocketAddress, within limit: Duration) async throws -> ByteStream {
        guard let loop = EventLoop.current else {
            preconditionFailure("Connect from a task of an event loop: EventLoop.run or spawn.")
        }
        let stream = try begin(address, on: loop)
        stream.setWriteDeadline(after: limit)
        do {
            try await stream.output.wait()
        } catch {
            stream.close()
            throw error
        }
        let code = Socket.pendingError(stream.descriptor)
        guard code == 0 else {
            stream.close()
            throw StreamError.notConnected(["\(address): \(String(cString: strerror(code)))"])
        }
        stream.setWriteDeadline(after: nil)
        return stream
    }

    /// Resolves a name, holds every address against `rules` (nil: all may be called) and connects to the first that
    /// answers; each address gets its share of the time.
    ///
    /// - Throws: ``ResolutionError``; ``AddressRefused`` if the rules leave no address;
    ///   ``StreamError/notConnected(_:)`` with a reason for each address; `TimedOut`; `CancellationError`.
    public static func connect(
        host: String, port: UInt16, resolver: Resolver, rules: OutboundRules?, within limit: Duration
    ) async throws -> ByteStream {
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: limit)
        let found = try await withDeadline(limit) { try await resolver.addresses(of: host, port: port) }
        let allowed = found.filter { address in
            guard let rules, let host = address.host else { return true }
            return rules.permits(host)
        }
        guard !allowed.isEmpty else { throw AddressRefused(host: host, addresses: found.compactMap(\.host)) }
        var reasons: [String] = []
        for (number, address) in allowed.enumerated() {
            let left = clock.now.duration(to: end)
            guard left > .zero else { break }
            do {
                return try await connect(to: address, within: left / (allowed.count - number))
            } catch StreamError.notConnected(let more) {
                reasons += more
            } catch let error as TimedOut {
                reasons.append("\(address): \(error)")
            }
        }
        throw StreamError.notConnected(reasons)
    }

    /// Starts a connection attempt; its end opens the stream's output.
    private static func begin(_ address: SocketAddress, on loop: EventLoop) throws -> ByteStream {
        let descriptor = try Socket.open(family: address.family)
        let code: CInt? = address.withSystemForm { pointer, length in
            while true {
                if Glibc.connect(descriptor, pointer, length) == 0 { return 0 }
                if errno != EINTR { return errno }
            }
        }
        switch code {
        case 0:
            return try ByteStream(adopting: descriptor, on: loop, peer: address)
        case EINPROGRESS:
            return try ByteStream(descriptor, on: loop, peer: address, isConnected: false)
        default:
            Glibc.close(descriptor)
            let reason = code.map { String(cString: strerror($0)) } ?? "the path is too long for a socket"
            throw StreamError.notConnected(["\(address): \(reason)"])
        }
    }
}
