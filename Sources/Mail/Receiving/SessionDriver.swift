import Runtime
import Sockets

/// Does on a connection what its session asks for.
struct SessionDriver: Sendable {
    let dialect: MailSession.Dialect
    let hostName: String
    let limits: LMTPServer.Limits
    let log: Log
    let accept: LMTPServer.Accept
    let deliver: LMTPServer.Deliver

    /// Replies are gathered up to this size, so that a client that pipelines is answered with one packet.
    private static let outputBytes = 16_384

    /// Talks to one client until it or the server has had enough.
    func run(_ stream: ByteStream, until stop: StopSignal) async {
        let log = log.with(["peer": .string(stream.peer.map(\.description) ?? "unknown")])
        // A read that is waiting when the server is told to stop is woken.
        let registration = stop.onRaise { stream.loop.execute { stream.setReadDeadline(after: .zero) } }
        defer { registration.cancel() }
        do {
            try await converse(on: stream, until: stop, log: log)
        } catch {
            log.debug("mail connection ended", ["err": .error(error)])
        }
    }

    /// Tells a client that its mail is not taken, instead of greeting it.
    func refuse(_ stream: ByteStream) async {
        log.warning("mail was refused", ["peer": .string(stream.peer.map(\.description) ?? "unknown")])
        stream.setWriteDeadline(after: .seconds(10))
        try? await stream.write(Array(MailPeers.refusal.utf8))
        await stream.finish(within: .seconds(5))
    }

    private func converse(on stream: ByteStream, until stop: StopSignal, log: Log) async throws {
        let end = ContinuousClock.now.advanced(by: limits.lifetime)
        var session = MailSession(dialect, hostName: hostName, limits: limits.session)
        var actions = session.begin()
        var isStopping = false
        while true {
            guard try await perform(actions, in: &session, on: stream, log: log) else {
                return await stream.finish(within: .seconds(5))
            }
            if stop.isRaised, !isStopping {
                isStopping = true
                actions = session.stop()
                continue
            }
            // A client that is sending while the server stops gets little time to finish.
            let patience = isStopping ? min(limits.idle, .seconds(10)) : limits.idle
            let now = ContinuousClock.now
            let limit = max(.zero, min(patience, now.duration(to: end)))
            stream.setReadDeadline(after: limit)
            var bytes: [UInt8] = []
            do {
                guard try await stream.read(into: &bytes) > 0 else { return }
                actions = session.receive(bytes)
            } catch is TimedOut {
                // A read that ends before its time was woken by the stop, which may have been noticed already.
                actions = ContinuousClock.now < now + limit ? [] : session.timeOut()
            }
        }
    }

    /// Does what is asked for and what follows from it; false when the conversation is over.
    private func perform(
        _ asked: [MailSession.Action], in session: inout MailSession, on stream: ByteStream, log: Log
    ) async throws -> Bool {
        var actions = asked[...]
        var output: [UInt8] = []
        var isOver = false
        stream.setWriteDeadline(after: .seconds(60))
        while let action = actions.popFirst() {
            switch action {
            case .reply(let bytes):
                output += bytes
                if output.count > Self.outputBytes {
                    try await stream.write(output)
                    output = []
                }
            case .check(let recipient):
                actions += session.recipientChecked(await check(recipient, log: log))
            case .deliver(let envelope, let content):
                actions += session.delivered(await keep(envelope, content, log: log))
                // The keeping may have taken long.
                stream.setWriteDeadline(after: .seconds(60))
            case .close: isOver = true
            }
        }
        if !output.isEmpty { try await stream.write(output) }
        stream.setWriteDeadline(after: nil)
        return !isOver
    }

    private func check(_ recipient: Address, log: Log) async -> SMTPReply? {
        do {
            return try await accept(recipient)
        } catch {
            log.warning("could not tell whether a recipient is known", ["err": .error(error)])
            return .unavailable
        }
    }

    private func keep(_ envelope: Envelope, _ content: [UInt8], log: Log) async -> [SMTPReply] {
        do {
            return try await deliver(envelope, content)
        } catch {
            log.warning(
                "a message could not be kept; its sender will try again",
                ["err": .error(error), "bytes": .int(content.count), "recipients": .int(envelope.recipients.count)])
            return []
        }
    }
}
