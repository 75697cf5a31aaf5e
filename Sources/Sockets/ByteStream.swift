import Glibc
public import Runtime

/// A connection as a stream of bytes in both directions, plain or encrypted.
///
/// It belongs to the loop on which it was made: call everything on that loop's thread. One task may read while another
/// writes, but no two do the same. It holds no bytes itself while it is plain: what has been read is with the caller,
/// what has been written is with the system; so an idle connection costs little. A stream that is let go is closed.
// Safe: everything that changes is touched on the loop's thread only, which the public members check.
public final class ByteStream: @unchecked Sendable {
    /// The loop to which the stream belongs.
    public let loop: EventLoop
    /// The other end; nil if the system did not say.
    public let peer: SocketAddress?

    var descriptor: CInt
    let input: Gate
    let output: Gate
    var session: TLSSession?
    private var watch: Watch?
    var turns = 0

    /// Takes over a connected, non-blocking socket, which the stream closes. Call it on the loop's thread.
    ///
    /// - Throws: `SystemError` if the socket cannot be watched; it is then closed.
    public convenience init(
        adopting descriptor: CInt, on loop: EventLoop, peer: SocketAddress?
    ) throws(SystemError) {
        try self.init(descriptor, on: loop, peer: peer, isConnected: true)
    }

    /// A stream whose gates open when the connection that is being made has succeeded or failed.
    init(_ descriptor: CInt, on loop: EventLoop, peer: SocketAddress?, isConnected: Bool) throws(SystemError) {
        self.loop = loop
        self.peer = peer
        self.descriptor = descriptor
        input = Gate(loop: loop, isOpen: isConnected)
        output = Gate(loop: loop, isOpen: isConnected)
        if case .ip = peer {
            Socket.sendAtOnce(descriptor)
            Socket.boundUnsent(descriptor)
        }
        watch = try loop.watch(descriptor, .edge) { [input, output] in Self.notice($0, input, output) }
    }

    deinit {
        guard descriptor >= 0 else { return }
        loop.execute { [watch, descriptor, input, output] in
            watch?.cancel()
            Glibc.close(descriptor)
            input.fail(StreamError.closed)
            output.fail(StreamError.closed)
        }
    }

    /// Whether the stream has been closed on this side.
    public var isClosed: Bool { descriptor < 0 }

    /// Whether the stream is open and the other side has neither sent anything that was not read nor ended.
    public var isQuiet: Bool {
        loop.assertCurrent()
        guard descriptor >= 0, !input.isEnding else { return false }
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, CInt(MSG_PEEK | MSG_DONTWAIT)) < 0 && errno == EAGAIN
    }

    /// The address of this end.
    public var localAddress: SocketAddress? { Socket.address(of: descriptor) }

    /// Ends the stream both ways at once; a task that waits to read or write gets ``StreamError/closed``.
    public func close() {
        loop.assertCurrent()
        guard descriptor >= 0 else { return }
        watch?.cancel()
        Glibc.close(descriptor)
        descriptor = -1
        session = nil
        input.fail(StreamError.closed)
        output.fail(StreamError.closed)
    }

    /// Runs `body` and closes the stream when the task is cancelled. Waiting then need not look for that each time,
    /// which is cheaper for a task that waits often.
    public func closedWhenCancelled<Success>(_ body: () async throws -> Success) async rethrows -> Success {
        loop.assertCurrent()
        input.leavesCancellationToOthers = true
        output.leavesCancellationToOthers = true
        defer {
            input.leavesCancellationToOthers = false
            output.leavesCancellationToOthers = false
        }
        return try await withTaskCancellationHandler {
            try await body()
        } onCancel: {
            loop.execute { [self] in close() }
        }
    }

    /// Has reading fail with `TimedOut` if it waits `duration` from now or later; nil takes the deadline away. Moving
    /// it later is as cheap as a store.
    public func setReadDeadline(after duration: Duration?) {
        loop.assertCurrent()
        input.setDeadline(after: duration)
    }

    /// Has writing fail with `TimedOut` if it waits `duration` from now or later; nil takes the deadline away.
    public func setWriteDeadline(after duration: Duration?) {
        loop.assertCurrent()
        output.setDeadline(after: duration)
    }

    /// Without the stream itself, so that its watch does not keep it alive.
    private static func notice(_ readiness: Readiness, _ input: Gate, _ output: Gate) {
        if !readiness.isDisjoint(with: [.peerClosed, .failed]) { input.announceEnd() }
        if readiness.contains(.readable) { input.open() }
        if readiness.contains(.writable) { output.open() }
    }

    /// Whether others of the loop should run first; now and then true, since a stream whose other side is fast never
    /// has to wait.
    var isTurnOver: Bool {
        turns = (turns + 1) % Self.turn
        return turns == 0
    }

    /// Whether they should at the next step.
    var isLastStep: Bool { turns == Self.turn - 1 }

    /// How many steps others are kept waiting.
    private static let turn = 32

    /// Runs one system call on the descriptor: the count it returned, or nil if it would block.
    func attempt(_ call: (CInt) -> Int) throws(StreamError) -> Int? {
        while true {
            guard descriptor >= 0 else { throw .closed }
            let count = call(descriptor)
            if count >= 0 { return count }
            switch errno {
            case EAGAIN: return nil
            case EINTR: continue
            case let code: throw .reset(String(cString: strerror(code)))
            }
        }
    }
}
