import Runtime
import Sockets

/// One request, from its head to the last byte of its answer.
///
/// It is an object so that what it holds goes with it: the task of an idle connection keeps the memory of the largest
/// frame it ever had.
final class ServerExchange: Arrival {
    private let connection: ServerConnection
    private let framing: BodyFraming
    private let clientKeepsAlive: Bool
    private let way: Router.Way
    private let started: UInt64
    @exclusivity(unchecked) private(set) var request: Request

    init(_ head: consuming RequestHead, _ way: Router.Way, on connection: ServerConnection, since started: UInt64) {
        self.connection = connection
        self.started = started
        self.way = way
        framing = head.framing
        clientKeepsAlive = head.keepsAlive
        request = head.request
    }

    private var context: ServerContext { connection.context }

    /// Has the request answered and writes the answer. False if the connection cannot go on after it.
    func run() async throws -> Bool {
        defer { connection.endWork() }
        let response =
            if connection.beginWork(share) {
                await answer()
            } else {
                await render(Self.busy(after: Int.random(in: 1...3, using: &connection.names)))
            }
        let keepsAlive =
            clientKeepsAlive && !connection.isStopping && !response.fields.lists("close", in: .connection)
            && hasRoomAfterBody(response.body)
        let wire = ResponseWire(isHead: request.method == .head, version: request.version, keepsAlive: keepsAlive)
        if case .stream(let length, let write) = response.body, !wire.isHead, response.status.allowsBody {
            return try await stream(response, length, write, wire)
        }
        return try await sendWhole(response, wire)
    }

    /// Has the endpoint make the answer, or renders its error.
    private func answer() async -> Response {
        do {
            guard context.hosts.serves(request.authority) else {
                throw Problem(.misdirectedRequest, detail: "This server does not answer for that host.")
            }
            try RequestMeaning.check(request, framing: framing, isTrusted: connection.caller.isTrusted)
            return try await way.answer(self)
        } catch {
            return await render(error)
        }
    }

    func beginBody(_ wish: BodyWish) throws -> Bool {
        try connection.expectBody(framing, limit: wish.limit ?? connection.limits.message.body)
        if case .collected = wish { return connection.body.isComplete }
        request.body = RequestBody(stream: { [connection] in try await connection.nextPiece() })
        return true
    }

    func collectBody() async throws { request.body = RequestBody(try await connection.collectBody()) }

    // A function of its own, so that a request that is answered well needs no room for it.
    @inline(never)
    private func render(_ error: any Error) async -> Response {
        let response = await context.router.render(error, request)
        if response.status.code >= 500, response.status != .serviceUnavailable {
            context.log.error(
                "request failed",
                ["method": .string(request.method.rawValue), "path": .string(request.path), "err": .error(error)])
        }
        return response
    }

    /// - Parameter seconds: when to come again; not the same for all, or they would all come together.
    static func busy(after seconds: Int) -> Problem {
        Problem(
            .serviceUnavailable, detail: "Too many requests are being answered. Try again in a moment.",
            fields: [.retryAfter: "\(seconds)"])
    }

    /// Whose share of the places the request takes: behind a proxy, that of the client whom the proxy reports.
    private var share: Load.Share {
        guard connection.caller.origin == nil, let client = IPAddress(request.client) else {
            return connection.caller.share
        }
        return context.load.share(of: client)
    }

    /// Whether the next request can be found behind the body of this one. A streamed answer may still read the body;
    /// then it shows afterwards.
    private func hasRoomAfterBody(_ content: ResponseBody) -> Bool {
        if case .stream = content { return connection.body.failure == nil }
        connection.dropRestOfBody()
        return connection.body.isComplete
    }

    private func sendWhole(_ response: Response, _ wire: ResponseWire) async throws -> Bool {
        connection.endWork()
        let (head, content) = wire.whole(response, date: connection.date, id: request.id)
        let written = try connection.sendNow(head, content)
        if written < head.count + content.count { try await connection.sendRest(head, content, from: written) }
        note(response.status, wire.isHead || !response.status.allowsBody ? 0 : response.body.count)
        return wire.keepsAlive
    }

    private func stream(
        _ response: Response, _ length: Int?, _ write: @Sendable (BodyWriter) async throws -> Void, _ wire: ResponseWire
    ) async throws -> Bool {
        var wire = wire
        let framing = wire.framing(of: response)
        if framing == .untilClose { wire.keepsAlive = false }
        let head = wire.head(of: response, date: connection.date, id: request.id)
        let outgoing = OutgoingBody(connection, head: head, framing: framing, length: length)
        do {
            let writer = BodyWriter(stopping: connection.stop, standBy: connection.standBy) {
                try await outgoing.write($0)
            }
            try await write(writer)
            try await outgoing.finish()
        } catch {
            guard !outgoing.hasBegun, !Self.isOfTheConnection(error) else {
                // The client has part of an answer. Only a broken connection tells it that the rest is missing.
                if !Self.isOfTheConnection(error) {
                    context.log.error("answer broken off", ["path": .string(request.path), "err": .error(error)])
                }
                note(response.status, outgoing.count)
                throw error
            }
            let rendered = await render(error)
            connection.dropRestOfBody()
            wire.keepsAlive = wire.keepsAlive && connection.body.isComplete
            return try await sendWhole(rendered, wire)
        }
        connection.dropRestOfBody()
        note(response.status, outgoing.count)
        return wire.keepsAlive && connection.body.isComplete
    }

    /// Whether the connection is at fault and not the endpoint: nothing more can be sent on it.
    private static func isOfTheConnection(_ error: any Error) -> Bool {
        error is StreamError || error is TLSError || error is TimedOut || error is CancellationError
    }

    /// Counts the answer and writes it down.
    private func note(_ status: Status, _ bytes: Int) {
        let seconds = Double((MonotonicTime.now - started) / 1_000) / 1_000_000
        connection.figures(of: request.method, endpoint: way.label, status).note(seconds)
        guard context.logsAccess else { return }
        context.log.info(
            "request",
            [
                "method": .string(request.method.rawValue), "path": .string(request.path),
                "status": .int(status.code), "bytes": .int(bytes), "seconds": .double(seconds),
                "client": .string(request.client), "endpoint": .string(way.label),
            ])
    }
}
