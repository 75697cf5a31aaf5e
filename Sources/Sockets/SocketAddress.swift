import CSystem
import Glibc

/// Where a socket is, or whom it talks to.
public enum SocketAddress: Hashable, Sendable {
    /// TCP.
    case ip(IPAddress, port: UInt16)
    /// A socket in the file system; the path is empty for the unnamed end of a connection.
    case unix(String)

    /// The address of the host; nil for a socket in the file system.
    public var host: IPAddress? {
        if case .ip(let host, _) = self { host } else { nil }
    }

    /// The TCP port; nil for a socket in the file system.
    public var port: UInt16? {
        if case .ip(_, let port) = self { port } else { nil }
    }
}

extension SocketAddress: CustomStringConvertible {
    /// `192.0.2.1:25`, `[2001:db8::1]:25` or `unix:/path`.
    public var description: String {
        switch self {
        case .ip(.v4, let port): "\(host.map(\.description) ?? ""):\(port)"
        case .ip(let host, let port): "[\(host)]:\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}

extension SocketAddress {
    var family: CInt {
        switch self {
        case .ip(.v4, _): AF_INET
        case .ip(.v6, _): AF_INET6
        case .unix: AF_UNIX
        }
    }

    /// Reads what the system wrote; nil for families that we do not speak.
    init?(_ storage: sockaddr_storage, length: socklen_t) {
        let address: SocketAddress? = withUnsafeBytes(of: storage) { bytes in
            switch CInt(storage.ss_family) {
            case AF_INET:
                let v4 = bytes.loadUnaligned(as: sockaddr_in.self)
                return .ip(.v4(UInt32(bigEndian: v4.sin_addr.s_addr)), port: UInt16(bigEndian: v4.sin_port))
            case AF_INET6:
                let v6 = bytes.loadUnaligned(as: sockaddr_in6.self)
                return .ip(.v6(UInt128(v6.sin6_addr)), port: UInt16(bigEndian: v6.sin6_port))
            case AF_UNIX:
                let path = bytes[MemoryLayout<sa_family_t>.size..<max(Int(length), MemoryLayout<sa_family_t>.size)]
                return .unix(String(decoding: path.prefix { $0 != 0 }, as: UTF8.self))
            default: return nil
            }
        }
        guard let address else { return nil }
        self = address
    }

    /// Lends the address in the form of the system; nil if a path is too long for it (107 bytes).
    func withSystemForm<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Result) rethrows -> Result? {
        var storage = sockaddr_storage()
        let length: Int
        switch self {
        case .ip(.v4(let value), let port):
            let v4 = sockaddr_in(
                sin_family: sa_family_t(AF_INET), sin_port: port.bigEndian, sin_addr: in_addr(s_addr: value.bigEndian),
                sin_zero: (0, 0, 0, 0, 0, 0, 0, 0))
            withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: v4, as: sockaddr_in.self) }
            length = MemoryLayout<sockaddr_in>.size
        case .ip(.v6(let value), let port):
            let v6 = sockaddr_in6(
                sin6_family: sa_family_t(AF_INET6), sin6_port: port.bigEndian, sin6_flowinfo: 0, sin6_addr: value.in6,
                sin6_scope_id: 0)
            withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: v6, as: sockaddr_in6.self) }
            length = MemoryLayout<sockaddr_in6>.size
        case .unix(let path):
            let offset = MemoryLayout<sa_family_t>.size
            guard path.utf8.count < MemoryLayout<sockaddr_un>.size - offset, !path.utf8.contains(0) else { return nil }
            storage.ss_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &storage) { bytes in
                for (place, byte) in path.utf8.enumerated() { bytes[offset + place] = byte }
            }
            length = offset + path.utf8.count + 1
        }
        return try withUnsafePointer(to: &storage) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { try body($0, socklen_t(length)) }
        }
    }
}
