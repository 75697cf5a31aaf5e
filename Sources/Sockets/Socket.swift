import CSystem
import Glibc
import Runtime

/// The system calls on sockets, as functions that throw.
enum Socket {
    /// A non-blocking stream socket that child processes do not inherit.
    static func open(family: CInt) throws(SystemError) -> CInt {
        let flags = SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        let descriptor = socket(family, CInt(SOCK_STREAM.rawValue | flags), 0)
        guard descriptor >= 0 else { throw SystemError("socket") }
        return descriptor
    }

    static func set(_ descriptor: CInt, _ level: CInt, _ option: CInt, _ value: CInt) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<CInt>.size))
    }

    /// Small writes go out at once: what is written here is whole answers, not key strokes.
    static func sendAtOnce(_ descriptor: CInt) {
        set(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, 1)
    }

    /// What cannot be sent yet waits with the writer, not in the system, which otherwise takes some MiB for every slow
    /// reader: filling those for many readers at once keeps everybody else waiting.
    static func boundUnsent(_ descriptor: CInt) {
        set(descriptor, CInt(IPPROTO_TCP), TCP_NOTSENT_LOWAT, 128 << 10)
    }

    /// The error that a connection attempt left behind; 0 if it succeeded.
    static func pendingError(_ descriptor: CInt) -> CInt {
        var code: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 ? code : errno
    }

    /// The socket's own address.
    static func address(of descriptor: CInt) -> SocketAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let code = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return code == 0 ? SocketAddress(storage, length: length) : nil
    }

    /// Whether something can be read, or a connection taken, without waiting.
    static func isReadable(_ descriptor: CInt) -> Bool {
        var question = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&question, 1, 0) > 0
    }

    /// The next connection that waits and its other end; nil if none does.
    static func accept(_ descriptor: CInt) throws(SystemError) -> (CInt, SocketAddress?)? {
        while true {
            var storage = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let accepted = withUnsafeMutablePointer(to: &storage) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    accept4(descriptor, $0, &length, CInt(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
                }
            }
            if accepted >= 0 { return (accepted, SocketAddress(storage, length: length)) }
            switch errno {
            case EAGAIN: return nil
            // The caller gave up before it was served; the next one may be there.
            case EINTR, ECONNABORTED, EPROTO, EPERM, ENETDOWN, EHOSTDOWN, EHOSTUNREACH, ENETUNREACH: continue
            default: throw SystemError("accept")
            }
        }
    }
}
