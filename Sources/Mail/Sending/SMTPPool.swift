import Runtime
import Sockets
import Synchronization

/// Sends mail through a smarthost over connections that are kept for the next message.
///
/// There are as many as there are messages at a time. One that was kept is asked by RSET whether it is still there
/// before a message is trusted to it; nothing was said of that message then, so it can go over another one.
public final class SMTPPool: Sendable {
    /// How long connections are kept.
    public struct Limits: Sendable {
        /// How many messages go over one connection; servers want to see the end of it some time.
        public var messages = 100
        /// How long it lies idle.
        public var idle = Duration.seconds(30)
        /// How long a connection may take to open.
        public var opening = Duration.seconds(15)

        public init() {}
    }

    /// A connection with nobody on it.
    // Safe: a connection is taken out of the pool before it is used, by tasks of the loop on which it was made.
    private struct Kept: @unchecked Sendable {
        let connection: SMTPConnection
        let loop: EventLoop
        let messages: Int
        let number: Int
    }

    private struct State {
        var kept: [Kept] = []
        var given = 0
    }

    public let client: SMTPClient
    private let limits: Limits
    private let state = Mutex(State())

    public init(_ client: SMTPClient, limits: Limits = Limits()) {
        (self.client, self.limits) = (client, limits)
    }

    /// How many connections lie idle.
    var idleCount: Int { state.withLock(\.kept.count) }

    /// Sends one message; see ``SMTPClient/send(_:_:within:)``.
    ///
    /// - Throws: also what the server says of us, not of the message: as ``SMTPFailure/unreachable(_:)`` where it
    ///   wants to be left alone for now, as ``SMTPFailure/misconfigured(_:)`` where it does not take our mail at all.
    public func send(
        _ message: [UInt8], _ envelope: Envelope, within limit: Duration
    ) async throws(SMTPFailure) -> [SMTPReply] {
        let end = ContinuousClock.now.advanced(by: limit)
        let (connection, count) = try await connection(until: end)
        do throws(SMTPFailure) {
            let replies = try await connection.send(message, envelope, within: ContinuousClock.now.duration(to: end))
            if let reply = replies.first, !replies.contains(where: \.isPositive) { try refuse(reply) }
            await keep(connection, after: count + 1)
            return replies
        } catch {
            switch error {
            case .permanent(let reply), .temporary(let reply):
                let isOfMessage = reply.isOfMessage
                if isOfMessage { await keep(connection, after: count + 1) } else { connection.close() }
                try refuse(reply)
            case .unreachable, .ambiguous, .misconfigured: connection.close()
            }
            throw error
        }
    }

    /// Ends the connections that lie idle. Those that are in use end with their messages' limits.
    public func close() async {
        while let kept = take() { await kept.connection.quit() }
    }

    private func refuse(_ reply: SMTPReply) throws(SMTPFailure) {
        if reply.isOfMessage { return }
        throw reply.isTemporary
            ? .unreachable("\(client.smarthost) takes nothing now: \(reply)")
            : .misconfigured("\(client.smarthost) does not take our mail: \(reply)")
    }

    // MARK: - Connections

    private func connection(
        until end: ContinuousClock.Instant
    ) async throws(SMTPFailure) -> (SMTPConnection, messages: Int) {
        while let kept = take() {
            let left = ContinuousClock.now.duration(to: end)
            if await kept.connection.isReady(within: min(left / 2, .seconds(5))) {
                return (kept.connection, kept.messages)
            }
        }
        do throws(SMTPFailure) {
            return (try await client.connect(within: min(limits.opening, ContinuousClock.now.duration(to: end))), 0)
        } catch {
            // Nothing was said of a message yet.
            switch error {
            case .temporary(let reply): throw .unreachable("\(client.smarthost) takes nothing now: \(reply)")
            case .permanent(let reply): throw .misconfigured("\(client.smarthost) does not take our mail: \(reply)")
            case .unreachable, .ambiguous, .misconfigured: throw error
            }
        }
    }

    /// The connection of this loop that was used last, so that those which are not needed grow old.
    private func take() -> Kept? {
        let loop = EventLoop.current
        return state.withLock { state in
            guard let place = state.kept.lastIndex(where: { $0.loop === loop }) else { return nil }
            return state.kept.remove(at: place)
        }
    }

    private func keep(_ connection: SMTPConnection, after messages: Int) async {
        guard connection.isOpen, let loop = EventLoop.current else { return connection.close() }
        guard messages < limits.messages else { return await connection.quit() }
        let kept = state.withLock { state in
            state.given += 1
            return Kept(connection: connection, loop: loop, messages: messages, number: state.given)
        }
        state.withLock { $0.kept.append(kept) }
        _ = loop.schedule(after: limits.idle) { [weak self] in self?.forget(kept.number) }
    }

    private func forget(_ number: Int) {
        let kept = state.withLock { state in
            state.kept.firstIndex { $0.number == number }.map { state.kept.remove(at: $0) }
        }
        kept?.connection.leave()
    }
}

extension SMTPReply {
    /// Whether it speaks of the message, its sender or its recipients, and not of us and the whole conversation: the
    /// server goes down (421) or wants another sign-in or encryption first (RFC 4954, section 6; RFC 3207).
    var isOfMessage: Bool { ![421, 432, 454, 530, 534, 535, 538].contains(code) }
}
