import CSystem
import Glibc
public import Runtime
import Synchronization

/// A socket that waits for connections.
///
/// It listens from `bind` on, so that a program can refuse to start if the address is taken, and serves from `serve`
/// on.
public final class Listener: Sendable {
    /// Where it listens, with the port that the system chose if none was given.
    public let address: SocketAddress
    /// The socket; -1 once closed.
    private let descriptor: Mutex<CInt>

    private init(descriptor: CInt, address: SocketAddress) {
        self.descriptor = Mutex(descriptor)
        self.address = address
    }

    deinit {
        close()
    }

    /// Ends the listening: who calls from now on is refused, also who has called and was not yet served. Harmless if it
    /// has been done. While `serve` runs, raise its signal instead.
    public func close() {
        let open = descriptor.withLock { descriptor in
            defer { descriptor = -1 }
            return descriptor
        }
        guard open >= 0 else { return }
        if case .unix(let path) = address { unlink(path) }
        Glibc.close(open)
    }

    /// Begins to listen.
    ///
    /// A socket file that a dead program left behind is replaced. Without an address all of the machine are listened
    /// on, of both versions where the machine has both.
    /// - Throws: `SystemError`, for instance when the port is taken.
    public static func bind(_ address: ListenAddress, backlog: Int = 1_024) throws(SystemError) -> Listener {
        switch address {
        case .tcp(let host?, let port): return try bind(.ip(host, port: port), backlog)
        case .tcp(nil, let port):
            do throws(SystemError) {
                return try bind(.ip(.v6(0), port: port), backlog)
            } catch  where error.code == EAFNOSUPPORT || error.code == EADDRNOTAVAIL {
                return try bind(.ip(.v4(0), port: port), backlog)
            }
        case .unix(let path):
            removeDeadSocket(path)
            return try bind(SocketAddress.unix(path), backlog)
        }
    }

    private static func bind(_ address: SocketAddress, _ backlog: Int) throws(SystemError) -> Listener {
        let descriptor = try Socket.open(family: address.family)
        Socket.set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        if address.family == AF_INET6 { Socket.set(descriptor, CInt(IPPROTO_IPV6), IPV6_V6ONLY, 0) }
        let code = address.withSystemForm { Glibc.bind(descriptor, $0, $1) == 0 ? 0 : errno } ?? ENAMETOOLONG
        guard code == 0 else {
            Glibc.close(descriptor)
            throw SystemError("bind", address.description, code: code)
        }
        guard listen(descriptor, CInt(clamping: backlog)) == 0 else {
            let error = SystemError("listen", address.description)
            Glibc.close(descriptor)
            throw error
        }
        return Listener(descriptor: descriptor, address: Socket.address(of: descriptor) ?? address)
    }

    /// Removes the socket file of a program that no longer answers; any other file stays, and binding then fails.
    private static func removeDeadSocket(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK,
            let probe = try? Socket.open(family: AF_UNIX)
        else { return }
        defer { Glibc.close(probe) }
        let code = SocketAddress.unix(path).withSystemForm { connect(probe, $0, $1) == 0 ? 0 : errno }
        if code == ECONNREFUSED { unlink(path) }
    }

    /// Accepts connections until `stop` is raised, and returns when the last of them has been handled.
    ///
    /// Each is handled in a task of its own on the loop whose turn it is, and closed when `handle` returns. Once
    /// stopped, nothing more is accepted, and the connections that nobody has taken yet stay with the listener until it
    /// goes. When the task is cancelled, so are those that handle connections.
    /// - Parameters:
    ///   - limit: how many connections may be open at a time; further ones wait in the system's queue.
    ///   - onFull: called before one has to wait there, so that others may be closed for its sake.
    /// - Throws: `SystemError` if the listening socket itself fails.
    public func serve(
        on loops: EventLoopGroup, limit: Int = 20_000, log: Log = .silent, until stop: StopSignal,
        onFull: @escaping @Sendable () -> Void = {},
        _ handle: @escaping @Sendable (ByteStream) async -> Void
    ) async throws {
        let home = loops.next()
        try await home.run { [self] in
            let acceptor = Acceptor(
                descriptor: descriptor.withLock { $0 }, loop: home, limit: limit, log: log, onFull: onFull)
            let registration = stop.onRaise { home.execute { acceptor.stop() } }
            defer { registration.cancel() }
            try await withTaskCancellationHandler {
                try await acceptor.run { (group: inout DiscardingTaskGroup, descriptor, peer, isDone) in
                    let loop = loops.next()
                    group.addTask(executorPreference: loop) {
                        defer { isDone() }
                        guard let stream = try? ByteStream(adopting: descriptor, on: loop, peer: peer) else { return }
                        await handle(stream)
                        stream.close()
                    }
                } stopped: {
                    close()
                }
            } onCancel: {
                home.execute { acceptor.stop() }
            }
        }
    }
}
