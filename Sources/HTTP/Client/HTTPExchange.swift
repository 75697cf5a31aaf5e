import Runtime
import Sockets
import Synchronization

/// One request and its answer, on a connection made for them or on one that has served others.
final class HTTPExchange: Sendable {
    private let request: Request
    private let host: String
    private let port: UInt16
    private let limit: Duration
    private let most: Int
    private let idle: IdleConnections
    private let hasBegunToSend = Atomic(false)
    private let hasAnswerBegun = Atomic(false)

    init(
        _ request: Request, host: String, port: UInt16?, limit: Duration, most: Int, idle: IdleConnections
    ) {
        self.request = request
        self.idle = idle
        self.host = host
        self.port = port ?? request.scheme.standardPort
        self.limit = limit
        self.most = most
    }

    /// Whether the other side may have received the request.
    var mayHaveArrived: Bool { hasBegunToSend.load(ordering: .acquiring) }

    func run(on loop: EventLoop, resolver: Resolver, tls: TLSContext, rules: OutboundRules?) async throws -> Response {
        let key = IdleConnections.Key(
            loop: ObjectIdentifier(loop), scheme: request.scheme, host: host, port: port)
        // Its address has been checked when it was made.
        if let stream = idle.take(key, idleFor: isRepeatable ? IdleConnections.patience : Self.surelyOpen) {
            do {
                return try await attempt(on: stream, key)
            } catch is StreamError where mayBeRepeated {
                // The server had closed it before the request was there.
            } catch ResponseFault.incomplete where mayBeRepeated {
                // The same, told otherwise.
            }
        }
        var addresses = try await resolver.addresses(of: host, port: port)
        if let rules { addresses = try rules.permitted(addresses, of: host, scheme: request.scheme) }
        let stream = try await connect(addresses)
        do {
            stream.setReadDeadline(after: limit)
            stream.setWriteDeadline(after: limit)
            if request.scheme == .https { try await stream.startTLS(tls, name: host) }
        } catch {
            stream.close()
            throw error
        }
        return try await attempt(on: stream, key)
    }

    /// Servers close idle connections after five seconds and more. A request that must not be sent twice takes none of
    /// which it could be the end.
    private static let surelyOpen = Duration.seconds(3)

    private var isRepeatable: Bool {
        (request.method.isSafe || request.method == .put || request.method == .delete) && request.body.whole != nil
    }

    private var mayBeRepeated: Bool { isRepeatable && !hasAnswerBegun.load(ordering: .relaxed) }

    private func attempt(on stream: ByteStream, _ key: IdleConnections.Key) async throws -> Response {
        var isKept = false
        defer { if !isKept { stream.close() } }
        stream.setReadDeadline(after: limit)
        stream.setWriteDeadline(after: limit)
        hasBegunToSend.store(true, ordering: .releasing)
        do {
            try await send(on: stream)
        } catch let error as StreamError {
            // A server may refuse a request before it has read it all, and close. Its answer says why.
            guard let answer = try? await answer(from: stream).response else { throw error }
            return answer
        }
        let (response, keepsAlive) = try await answer(from: stream)
        if keepsAlive {
            idle.put(stream, key)
            isKept = true
        }
        return response
    }

    private func send(on stream: ByteStream) async throws {
        if let bytes = request.body.whole { return try await stream.write(head, bytes) }
        try await stream.write(head)
        var sent = 0
        for try await piece in request.body {
            sent += piece.count
            if let length = declaredLength, sent > length { throw BodyLengthFault.tooLong(declared: length) }
            try await stream.write(declaredLength == nil ? ResponseWire.chunk(piece) : piece)
        }
        guard let length = declaredLength else { return try await stream.write(ResponseWire.lastChunk) }
        if sent < length { throw BodyLengthFault.tooShort(declared: length, written: sent) }
    }

    /// How long the body is; nil if it is a stream whose end nobody knows beforehand.
    private var declaredLength: Int? {
        request.body.whole?.count ?? request.fields[.contentLength].flatMap { Int($0) }
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
        bytes += OctetWriter.octets(atMost: request.fields.room) {
            request.fields.write(to: &$0) { name in
                name.resembles("host") || name.resembles("expect") || ResponseWire.isOwn(name)
            }
        }
        if let trace = Log.Context.current?.trace, !request.fields.contains(.traceparent) {
            bytes += Array("traceparent: \(trace.child().traceparent)\r\n".utf8)
        }
        if let length = declaredLength {
            if length > 0 || !request.method.isSafe { bytes += Array("Content-Length: \(length)\r\n".utf8) }
        } else {
            bytes += Array("Transfer-Encoding: chunked\r\n".utf8)
        }
        bytes += Array("\r\n".utf8)
        return bytes
    }

    /// The answer, and whether the connection can serve another request after it.
    private func answer(from stream: ByteStream) async throws -> (response: Response, keepsAlive: Bool) {
        var parser = ResponseParser(answering: request.method)
        parser.bodyLimit = most
        var response = Response()
        var body: [UInt8] = []
        var keepsAlive = false
        while true {
            while let event = try parser.next() {
                switch event {
                case .head(let head):
                    response.status = head.status
                    response.fields = head.fields
                    keepsAlive = head.keepsAlive
                    // A body of known length that is too large need not be waited for.
                    if case .length(let length) = head.framing, length > most { throw ResponseFault.bodyTooLarge }
                case .body(let bytes): body.append(contentsOf: bytes)
                case .end:
                    response.body = .bytes(body)
                    return (response, keepsAlive && !parser.hasUnread)
                }
            }
            let bytes = try await stream.read()
            guard !bytes.isEmpty else {
                _ = try parser.finish()
                response.body = .bytes(body)
                return (response, false)
            }
            hasAnswerBegun.store(true, ordering: .relaxed)
            parser.feed(owned: bytes)
        }
    }
}
