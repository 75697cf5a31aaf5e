import Glibc
import Runtime
import Sockets
import Synchronization

/// A connection as the others of its server see it: whose it is, and whether it could be let go in favour of another.
///
/// A connection that keeps the server waiting says so with one store; nothing is moved or looked up until places are
/// short.
final class Caller: Sendable {
    /// What the server waits for.
    enum Wait: UInt64, CaseIterable, Sendable {
        /// Nothing: an endpoint is at work, or the server itself.
        case nothing
        /// The next request, after one that has been answered.
        case next
        /// The first byte of the first request.
        case first
        /// The rest of a request's head.
        case head
        /// More of a request's body.
        case body
        /// That the client takes what has been written.
        case reader

        /// How much heavier a second of this wait counts than one between two requests. Whoever stops in the middle of
        /// a message costs others a place for nothing; an honest one is seldom there for long.
        var weight: UInt64 {
            switch self {
            case .nothing: 0
            case .next: 1
            case .first: 2
            case .head, .body, .reader: 10
            }
        }

        /// The label in the figures.
        var label: String {
            switch self {
            case .nothing: "none"
            case .next, .first: "request"
            case .head: "head"
            case .body: "body"
            case .reader: "reader"
            }
        }
    }

    let stream: ByteStream
    /// The other end, or what a proxy says it is.
    let peer: SocketAddress?
    /// The same as text, as logs and endpoints see it.
    let name: String
    /// Whose connection it is; nil where many share an address (a trusted proxy) or there is none (a local socket).
    let origin: IPAddress?
    /// Whether it is a proxy whose word on where requests come from is taken.
    let isTrusted: Bool
    /// What its address has at work.
    let share: Load.Share
    /// What is waited for, in the three lowest bits, and since when, in milliseconds of the machine.
    private let state: Atomic<UInt64>

    init(_ stream: ByteStream, peer: SocketAddress?, origin: IPAddress?, isTrusted: Bool, share: Load.Share) {
        self.stream = stream
        self.peer = peer
        self.isTrusted = isTrusted
        name = peer?.host?.unwrapped.description ?? "local"
        self.origin = origin
        self.share = share
        state = Atomic(Self.state(.first, since: stream.loop.turn))
    }

    /// Notes what the server waits for from the present turn of the stream's loop on. Call it on its thread.
    func wait(for wait: Wait) {
        state.store(Self.state(wait, since: stream.loop.turn), ordering: .relaxed)
    }

    /// A wait and since which nanosecond of the machine it lasts, to the millisecond.
    static func state(_ wait: Wait, since nanoseconds: @autoclosure () -> UInt64) -> UInt64 {
        wait == .nothing ? 0 : (nanoseconds() / 1_000_000) << 3 | wait.rawValue
    }

    var wait: Wait { Wait(rawValue: state.load(ordering: .relaxed) & 7) ?? .nothing }

    /// How much its place could do for somebody else; 0 if it is at work.
    func dispensability(at milliseconds: UInt64) -> UInt64 {
        let state = state.load(ordering: .relaxed)
        guard let wait = Wait(rawValue: state & 7) else { return 0 }
        // One more, so that a wait that has just begun is still a wait.
        return (max(milliseconds, state >> 3) - (state >> 3) + 1) * wait.weight
    }

    /// Closes the connection, unless it has got to work meanwhile.
    func letGo(_ isGone: @escaping @Sendable (Wait) -> Void) {
        stream.loop.execute { [self] in
            let wait = wait
            guard wait != .nothing, !stream.isClosed else { return }
            stream.close()
            isGone(wait)
        }
    }

    /// The machine's time, which the system keeps without being asked: precise to a few milliseconds, and cheap.
    static var milliseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return UInt64(time.tv_sec) &* 1_000 &+ UInt64(time.tv_nsec) / 1_000_000
    }
}
