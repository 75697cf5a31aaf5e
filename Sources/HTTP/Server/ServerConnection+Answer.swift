import Runtime
import Sockets

extension ServerConnection {
    /// Has a request answered and writes the answer. False if the connection cannot go on after it.
    func serve(_ head: RequestHead) async throws -> Bool {
        let started = ContinuousClock.now
        let isTrusted = context.proxies.trusts(stream.peer)
        let id = names.id(isTrusted ? head.fields[.requestID] : nil)
        let trace = names.trace(head.fields[.traceparent])
        var request = Request(head, client: "", id: id)
        if stream.isEncrypted { request.scheme = .https }
        context.proxies.apply(to: &request, from: stream.peer)
        request.fields[.requestID] = nil
        body = IncomingBody(
            isComplete: false, awaitsLeave: head.expectsContinue && head.framing != .none, pace: RequestPace(limits))
        if head.framing == .none { dropRestOfBody() }
        let way = context.router.way(of: request)
        return try await Log.Context.$current.withValue(Log.Context(requestID: id, trace: trace)) {
            let isWelcome = context.begin()
            defer { context.end() }
            var response = await isWelcome ? answer(&request, head, way) : busy(request)
            response.fields[.requestID] = id
            let keeps =
                head.keepsAlive && !isStopping && !response.fields.lists("close", in: .connection)
                && hasRoomAfterBody(before: response)
            let wire = ResponseWire(isHead: head.method == .head, version: head.version, keepsAlive: keeps)
            let sent = try await send(response, wire, request)
            note(request, way.label, sent, started)
            return sent.keepsAlive
        }
    }

    /// What the endpoint answers, or how its error looks.
    private func answer(_ request: inout Request, _ head: RequestHead, _ way: Router.Way) async -> Response {
        do {
            guard context.hosts.isEmpty || context.hosts.contains(request.authority?.host ?? "") else {
                throw Problem(.misdirectedRequest, detail: "This server does not answer for that host.")
            }
            let answer = try await way.admit(request)
            try expectBody(head, limit: way.body.limit ?? limits.message.body)
            switch way.body {
            case .collected: request.body = RequestBody(try await collectBody())
            case .streamed: request.body = RequestBody(stream: { try await self.nextPiece() })
            }
            return try await answer(request)
        } catch {
            return render(error, request)
        }
    }

    private func render(_ error: any Error, _ request: Request) -> Response {
        let response = context.router.render(error, request)
        if response.status.code >= 500 {
            context.log.error(
                "request failed",
                ["method": .string(request.method.rawValue), "path": .string(request.path), "err": .error(error)])
        }
        return response
    }

    private func busy(_ request: Request) -> Response {
        let problem = Problem(
            .serviceUnavailable, detail: "Too many requests are being answered. Try again in a moment.",
            fields: [.retryAfter: "1"])
        return context.router.render(problem, request)
    }

    /// Whether the next request can be found behind the body of this one. A streamed answer may still read the body;
    /// then it shows afterwards.
    private func hasRoomAfterBody(before response: Response) -> Bool {
        if case .stream = response.body { return body.failure == nil }
        dropRestOfBody()
        return body.isComplete
    }

    /// What came of an answer.
    struct Sent {
        var status: Status
        var bytes: Int
        var keepsAlive: Bool
    }

    private func send(_ response: Response, _ wire: ResponseWire, _ request: Request) async throws -> Sent {
        guard case .stream(let length, let write) = response.body, !wire.isHead, response.status.allowsBody else {
            let bytes = wire.isHead || !response.status.allowsBody ? [] : response.body.bytes
            try await send(wire.head(of: response, date: context.date.bytes), bytes)
            return Sent(status: response.status, bytes: bytes.count, keepsAlive: wire.keepsAlive)
        }
        var wire = wire
        if wire.framing(of: response) == .untilClose { wire.keepsAlive = false }
        let head = wire.head(of: response, date: context.date.bytes)
        let outgoing = OutgoingBody(self, head: head, framing: wire.framing(of: response), length: length)
        do {
            try await write(BodyWriter { try await outgoing.write($0) })
            try await outgoing.finish()
        } catch {
            guard !outgoing.hasBegun, !Self.isOfTheConnection(error) else {
                // The client has part of an answer. Only a broken connection tells it that the rest is missing.
                if !Self.isOfTheConnection(error) {
                    context.log.error("answer broken off", ["path": .string(request.path), "err": .error(error)])
                }
                throw error
            }
            let failure = render(error, request)
            wire.keepsAlive = wire.keepsAlive && body.failure == nil
            try await send(wire.head(of: failure, date: context.date.bytes), failure.body.bytes)
            return Sent(status: failure.status, bytes: failure.body.bytes.count, keepsAlive: wire.keepsAlive)
        }
        dropRestOfBody()
        return Sent(
            status: response.status, bytes: outgoing.count, keepsAlive: wire.keepsAlive && body.isComplete)
    }

    /// Whether the connection is at fault and not the endpoint: nothing more can be sent on it.
    private static func isOfTheConnection(_ error: any Error) -> Bool {
        error is StreamError || error is TLSError || error is TimedOut || error is CancellationError
    }

    /// Writes an answer with one system call, within the time its length allows.
    func send(_ head: [UInt8], _ bytes: [UInt8]) async throws {
        // Leave to send the body is worth nothing once an answer has begun.
        body.awaitsLeave = false
        setWriteDeadline(for: head.count + bytes.count)
        if bytes.count <= 8_192 {
            try await stream.write(head + bytes)
        } else {
            try await stream.write(head, bytes)
        }
    }

    func setWriteDeadline(for count: Int) {
        stream.setWriteDeadline(after: limits.writeTime + .seconds(count / max(1, limits.bytesPerSecond)))
    }

    private func note(_ request: Request, _ endpoint: String, _ sent: Sent, _ started: ContinuousClock.Instant) {
        let duration = started.duration(to: .now)
        context.metrics.note(request.method.rawValue, endpoint: endpoint, sent.status, duration)
        guard context.logsAccess else { return }
        context.log.info(
            "request",
            [
                "method": .string(request.method.rawValue), "path": .string(request.path),
                "status": .int(sent.status.code),
                "bytes": .int(sent.bytes), "seconds": .seconds(duration), "client": .string(request.client),
                "endpoint": .string(endpoint),
            ])
    }
}
