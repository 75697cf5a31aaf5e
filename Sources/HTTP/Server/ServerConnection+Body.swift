import Runtime
import Sockets

extension ServerConnection {
    /// Notes that the body of another request comes next.
    ///
    /// - Parameter awaitsLeave: whether the client waits for leave to send it.
    func beginBody(_ framing: BodyFraming, awaitsLeave: Bool) {
        body = IncomingBody(
            isComplete: false, awaitsLeave: awaitsLeave && framing != .none, pace: RequestPace(limits))
        if framing == .none { dropRestOfBody() }
    }

    /// Prepares for the body of a request that an endpoint takes up to `limit` bytes of.
    ///
    /// - Throws: `RequestFault.bodyTooLarge` if its length is known to be larger, before the client sends it.
    func expectBody(_ framing: BodyFraming, limit: Int) throws(RequestFault) {
        parser.bodyLimit = limit
        guard case .length(let length) = framing, length > limit else { return }
        throw .bodyTooLarge
    }

    /// The whole body.
    func collectBody() async throws -> [UInt8] {
        guard !body.isComplete else { return [] }
        var collected: [UInt8] = []
        while let piece = try await readPiece() {
            if collected.isEmpty { collected = piece } else { collected.append(contentsOf: piece) }
        }
        return collected
    }

    /// The next piece of the body for an endpoint, which may run anywhere; nil at its end.
    func nextPiece() async throws -> [UInt8]? {
        guard stream.loop.isCurrent else {
            return try await stream.loop.run { [self] in try await readPiece() }
        }
        return try await readPiece()
    }

    private func readPiece() async throws -> [UInt8]? {
        if let failure = body.failure { throw failure }
        precondition(!body.isBeingRead, "Two tasks read the body of one request.")
        body.isBeingRead = true
        defer { body.isBeingRead = false }
        do {
            while !body.isComplete {
                switch try parser.next() {
                case .body(let bytes): return bytes
                case .end: body.isComplete = true
                case .head: preconditionFailure("A request began within the body of another.")
                case nil: try await receive()
                }
            }
            return nil
        } catch {
            body.failure = error
            throw error
        }
    }

    /// Waits for more of the body.
    private func receive() async throws {
        pause(for: .body)
        defer { resume() }
        if body.awaitsLeave {
            body.awaitsLeave = false
            stream.setWriteDeadline(after: limits.writeTime)
            try await stream.write(Self.leave)
        }
        stream.setReadDeadline(after: limits.bodyTime)
        let before = ContinuousClock.now
        let bytes: [UInt8]
        do {
            bytes = try await stream.read()
        } catch is TimedOut {
            throw RequestFault.bodyTimedOut
        }
        guard !bytes.isEmpty else { throw RequestFault.bodyIncomplete }
        try body.pace?.note(bytes.count, after: before.duration(to: .now))
        parser.feed(owned: bytes)
    }

    /// Takes what is left of the body if all of it has arrived. What has not is never waited for: it may never come.
    func dropRestOfBody() {
        guard body.failure == nil else { return }
        do {
            while !body.isComplete, let event = try parser.next() {
                if case .end = event { body.isComplete = true }
            }
        } catch {
            body.failure = error
        }
    }

    private static let leave = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
}
