import Runtime
import Sockets

/// One client's connection: reads its requests in order, has each answered, and closes when either side is done.
// Safe: everything is touched on the stream's loop only; what endpoints may call from elsewhere (`nextPiece`, and
// `OutgoingBody`) goes there first.
final class ServerConnection: @unchecked Sendable {
    let caller: Caller
    let context: ServerContext
    var parser: RequestParser
    var names = RequestNames()
    /// Whether the server stops: the present request is the last.
    var isStopping = false
    private(set) var stop = StopSignal()
    private var isIdle = false
    private var hasServed = false
    private var latestFigures: RequestFigures?
    /// What the lines in the log are about.
    private let topic = Log.Topic()
    var work = WorkCount()

    /// How far the body of the present request has come.
    var body = IncomingBody()

    init(_ caller: Caller, _ context: ServerContext) {
        self.caller = caller
        self.context = context
        parser = RequestParser(limits: context.limits.message)
    }

    var stream: ByteStream { caller.stream }
    var limits: ServerLimits { context.limits }

    /// Serves the connection to its end. The caller closes the stream.
    func run(until stop: StopSignal) async {
        self.stop = stop
        let registration = stop.onRaise { [self] in stream.loop.execute { [self] in beginStopping() } }
        defer { registration.cancel() }
        await stream.closedWhenCancelled { await topic.run { await serve() } }
    }

    private func serve() async {
        do {
            while let exchange = try await nextExchange() {
                topic.change(to: exchange.logContext)
                defer { topic.change(to: nil) }
                guard try await exchange.run(), !isStopping else { break }
                hasServed = true
            }
            await finish()
        } catch let refusal as Refusal {
            await refuse(refusal.fault)
        } catch {
            // The client has gone, or waited too long to matter: there is nobody to tell.
            context.log.debug("connection ended", ["client": .string(caller.name), "reason": .error(error)])
        }
    }

    /// A fault in bytes that are to become a request. One in the body of a request in hand is the endpoint's to answer.
    private struct Refusal: Error {
        let fault: RequestFault
    }

    /// Takes on nothing new: an idle connection ends now, a busy one after its answer.
    private func beginStopping() {
        isStopping = true
        if isIdle { stream.close() }
    }

    /// Waits for the next request. Nil when the client ends the connection between two of them.
    private func nextExchange() async throws -> ServerExchange? {
        var isTimed = false
        while true {
            if let exchange = try parsed() { return exchange }
            let hasBegun = parser.isWithinRequest
            if hasBegun, !isTimed {
                // The time for the head runs from its first byte, however slowly the others come.
                stream.setReadDeadline(after: limits.headTime)
                caller.wait(for: .head)
                isTimed = true
            } else if !hasBegun {
                if isStopping { return nil }
                parser.rest()
                stream.setReadDeadline(after: limits.idleTime)
                caller.wait(for: hasServed ? .next : .first)
            }
            isIdle = !hasBegun
            defer { isIdle = false }
            let bytes: [UInt8]
            do {
                bytes = try await stream.read()
            } catch is TimedOut {
                if hasBegun { throw Refusal(fault: .headTimedOut) }
                return nil
            }
            guard !bytes.isEmpty else {
                if hasBegun { throw Refusal(fault: .headIncomplete) }
                return nil
            }
            parser.feed(owned: bytes)
        }
    }

    /// The next request, if it has arrived.
    private func parsed() throws(Refusal) -> ServerExchange? {
        do {
            while let event = try parser.next() {
                guard case .head(let head) = consume event else { continue }
                caller.wait(for: .nothing)
                return ServerExchange(head, on: self)
            }
            return nil
        } catch {
            throw Refusal(fault: error)
        }
    }

    /// Writes an answer or a part of one, with one system call and within the time its length allows.
    func send(_ head: consuming [UInt8], _ bytes: [UInt8]) async throws {
        // Leave to send the body is worth nothing once an answer has begun.
        body.awaitsLeave = false
        let count = head.count + bytes.count
        stream.setWriteDeadline(after: limits.writeTime + .seconds(count / max(1, limits.bytesPerSecond)))
        pause(for: .reader)
        defer { resume() }
        if bytes.count <= 8_192 {
            var whole = head
            whole.append(contentsOf: bytes)
            try await stream.write(whole)
        } else {
            try await stream.write(head, bytes)
        }
    }

    /// The figures of such requests. On one connection they are mostly those of the one before.
    func figures(of method: Method, endpoint: String, _ status: Status) -> RequestFigures {
        let key = RequestFigures.Key(method.rawValue, endpoint: endpoint, status)
        if let latest = latestFigures, latest.key == key { return latest }
        let figures = context.metrics.figures(key)
        latestFigures = figures
        return figures
    }

    /// Answers bytes that are no request, and ends the connection.
    private func refuse(_ fault: RequestFault) async {
        context.log.info(
            "request refused",
            ["client": .string(caller.name), "status": .int(fault.status.code), "rule": .string(fault.rawValue)])
        context.metrics.figures(.init("none", endpoint: "none", fault.status)).note(.zero)
        await sendLast(await context.router.render(fault, nil))
    }

    /// Answers a connection for which there is no place, before it has asked for anything, and ends it.
    func turnAway() async { await sendLast(ServerExchange.busy(after: 1).response) }

    private func sendLast(_ response: Response) async {
        let wire = ResponseWire(isHead: parser.refusedMethod == .head, version: .http11, keepsAlive: false)
        do {
            let content = wire.isHead ? [] : response.body.bytes
            try await send(wire.head(of: response, date: context.date.bytes), content)
            await finish()
        } catch {
            context.log.debug("answer not delivered", ["client": .string(caller.name), "reason": .error(error)])
        }
    }

    /// Closes the connection so that the last answer is not lost.
    private func finish() async {
        caller.wait(for: .reader)
        await stream.finish(within: limits.drainTime)
    }
}
