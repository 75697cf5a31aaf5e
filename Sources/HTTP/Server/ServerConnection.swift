import Runtime
import Sockets

/// One client's connection: reads its requests in order, has each answered, and closes when either side is done.
// Safe: everything is touched on the stream's loop only; what endpoints may call from elsewhere (`nextPiece`, and
// `OutgoingBody`) goes there first.
final class ServerConnection: @unchecked Sendable {
    let caller: Caller
    let stream: ByteStream
    let context: ServerContext
    // Changed several times for each request, by the loop's thread alone and never from within a change of the same: to
    // look for that at run time would cost more than the change.
    @exclusivity(unchecked) var parser: RequestParser
    @exclusivity(unchecked) var names = RequestNames()
    @exclusivity(unchecked) private var dateLine = DateLine()
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
    @exclusivity(unchecked) var body = IncomingBody()

    init(_ caller: Caller, _ context: ServerContext) {
        self.caller = caller
        stream = caller.stream
        self.context = context
        parser = RequestParser(limits: context.limits.message)
    }

    var limits: ServerLimits { context.limits }
    /// The present value of the Date field.
    var date: [UInt8] { dateLine.bytes(at: context.time.now) }

    /// Serves the connection to its end. The caller closes the stream.
    func run(until stop: StopSignal) async {
        self.stop = stop
        let registration = stop.onRaise { [self] in stream.loop.execute { [self] in beginStopping() } }
        defer { registration.cancel() }
        await stream.closedWhenCancelled { await topic.run { await serve() } }
    }

    private func serve() async {
        do {
            do {
                // Not after each request: between two of them nothing is written down.
                defer { topic.change(to: nil) }
                while let exchange = try await nextExchange() {
                    guard try await exchange.run(), !isStopping else { break }
                    hasServed = true
                }
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
                guard case .head(var head) = consume event else { continue }
                caller.wait(for: .nothing)
                introduce(&head)
                let way = context.router.way(of: head.request)
                return ServerExchange(consume head, way, on: self, since: stream.loop.turn)
            }
            return nil
        } catch {
            throw Refusal(fault: error)
        }
    }

    /// Tells a request whose it is and what it is called. The lines in the log are about it from here on.
    private func introduce(_ head: inout RequestHead) {
        let caller = caller
        let id = names.id(caller.isTrusted ? head.fields[.requestID] : nil)
        beginBody(head.framing, awaitsLeave: head.expectsContinue)
        // Before the request has another holder, for whose sake it would be copied.
        head.request.client = caller.name
        head.request.id = id
        if stream.isEncrypted { head.request.scheme = .https }
        if head.mayBeReported {
            context.proxies.apply(to: &head.request, isTrusted: caller.isTrusted)
            head.request.fields[.requestID] = nil
        }
        topic.change(to: Log.Context(requestID: id, trace: names.trace(head.trace)))
    }

    /// Writes an answer or a part of one, with one system call where the client takes all of it.
    func send(_ head: [UInt8], _ bytes: [UInt8]) async throws {
        let written = try sendNow(head, bytes)
        if written < head.count + bytes.count { try await sendRest(head, bytes, from: written) }
    }

    /// Writes what the client takes without being waited for, and returns how many bytes that is.
    func sendNow(_ head: [UInt8], _ bytes: [UInt8]) throws -> Int {
        // Leave to send the body is worth nothing once an answer has begun.
        body.awaitsLeave = false
        return try stream.writeNow(head, bytes)
    }

    /// Writes what is left, within the time its length allows.
    func sendRest(_ head: [UInt8], _ bytes: [UInt8], from written: Int) async throws {
        let count = head.count + bytes.count - written
        stream.setWriteDeadline(after: limits.writeTime + .seconds(count / max(1, limits.bytesPerSecond)))
        pause(for: .reader)
        defer { resume() }
        try await stream.write(head, bytes, from: written)
    }

    /// The figures of such requests. On one connection they are mostly those of the one before.
    func figures(of method: Method, endpoint: String, _ status: Status) -> RequestFigures {
        let key = RequestFigures.Key(method.rawValue, endpoint: endpoint, status)
        if let latest = latestFigures, latest.key == key { return latest }
        let figures = context.metrics.figures(key, on: stream.loop)
        latestFigures = figures
        return figures
    }

    /// Answers bytes that are no request, and ends the connection.
    private func refuse(_ fault: RequestFault) async {
        context.log.info(
            "request refused",
            ["client": .string(caller.name), "status": .int(fault.status.code), "rule": .string(fault.rawValue)])
        context.metrics.figures(.init("none", endpoint: "none", fault.status), on: stream.loop).note(0)
        await sendLast(await context.router.render(fault, nil))
    }

    /// Answers a connection for which there is no place, before it has asked for anything, and ends it.
    @inline(never)
    func turnAway() async { await sendLast(ServerExchange.busy(after: 1).response) }

    private func sendLast(_ response: Response) async {
        let wire = ResponseWire(isHead: parser.refusedMethod == .head, version: .http11, keepsAlive: false)
        do {
            let (head, content) = wire.whole(response, date: date)
            try await send(head, content)
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
