import Runtime
import Sockets
import Synchronization

/// One request and its answer on a connection made for them.
final class HTTPExchange: Sendable {
    private let request: Request
    private let host: String
    private let port: UInt16
    private let limit: Duration
    private let most: Int
    private let hasBegunToSend = Atomic(false)

    init(_ request: Request, host: String, port: UInt16?, limit: Duration, most: Int) {
        self.request = request
        self.host = host
        self.port = port ?? request.scheme.standardPort
        self.limit = limit
        self.most = most
    }

    /// Whether the other side may have received the request.
    var mayHaveArrived: Bool { hasBegunToSend.load(ordering: .acquiring) }

    func run(resolver: Resolver, tls: TLSContext, rules: OutboundRules?) async throws -> Response {
        var addresses = try await resolver.addresses(of: host, port: port)
        if let rules { addresses = try rules.permitted(addresses, of: host, scheme: request.scheme) }
        let stream = try await connect(addresses)
        defer { stream.close() }
        stream.setReadDeadline(after: limit)
        stream.setWriteDeadline(after: limit)
        if request.scheme == .https { try await stream.startTLS(tls, name: host) }
        hasBegunToSend.store(true, ordering: .releasing)
        do {
            try await stream.write(head, request.body.bytes)
        } catch let error as StreamError {
            // A server may refuse a request before it has read it all, and close. Its answer says why.
            guard let answer = try? await answer(from: stream) else { throw error }
            return answer
        }
        return try await answer(from: stream)
    }

    /// Connects to the first address that answers, each in its share of the time.
    private func connect(_ addresses: [SocketAddress]) async throws -> ByteStream {
        var reasons: [String] = []
        for (place, address) in addresses.enumerated() {
            do {
                return try await ByteStream.connect(to: address, within: limit / (addresses.count - place + 1))
            } catch StreamError.notConnected(let more) {
                reasons += more
            } catch let error as TimedOut {
                reasons.append("\(address): \(error)")
            }
        }
        throw StreamError.notConnected(reasons)
    }

    private var head: [UInt8] {
        let target = request.target.query.map { "\(request.target.path)?\($0)" } ?? request.target.path
        var bytes = Array("\(request.method.rawValue) \(target) HTTP/1.1\r\n".utf8)
        if let authority = request.authority { bytes += Array("Host: \(authority)\r\n".utf8) }
        request.fields.write(to: &bytes, except: [.host, .contentLength, .transferEncoding, .connection, .expect])
        let length = request.body.bytes.count
        if length > 0 || !request.method.isSafe { bytes += Array("Content-Length: \(length)\r\n".utf8) }
        bytes += Array("Connection: close\r\n\r\n".utf8)
        return bytes
    }

    private func answer(from stream: ByteStream) async throws -> Response {
        var parser = ResponseParser(answering: request.method)
        parser.bodyLimit = most
        var response = Response()
        var body: [UInt8] = []
        while true {
            while let event = try parser.next() {
                switch event {
                case .head(let head):
                    response.status = head.status
                    response.fields = head.fields
                    // A body of known length that is too large need not be waited for.
                    if case .length(let length) = head.framing, length > most { throw ResponseFault.bodyTooLarge }
                case .body(let bytes): body.append(contentsOf: bytes)
                case .end:
                    response.body = .bytes(body)
                    return response
                }
            }
            let bytes = try await stream.read()
            guard !bytes.isEmpty else {
                _ = try parser.finish()
                response.body = .bytes(body)
                return response
            }
            parser.feed(owned: bytes)
        }
    }
}
