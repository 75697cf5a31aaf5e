import CSystem
import Glibc

/// TCP ports on this machine.
public enum FreePort {
    /// A port on 127.0.0.1 that nobody listens on now. Another program may take it before its user does.
    public static func find() throws -> UInt16 {
        try bind(port: 0)
    }

    /// Whether nobody listens on the port, on any address of this machine.
    public static func isFree(_ port: UInt16) -> Bool {
        (try? bind(port: port, anyAddress: true)) != nil
    }

    private static func bind(port: UInt16, anyAddress: Bool = false) throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        // As the listeners do it: connections that linger from a former run are no obstacle.
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = anyAddress ? 0 : UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let fault = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                Glibc.bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
                    ? 0 : errno
            }
        }
        guard fault == 0 else { throw ClusterFault("Port \(port) cannot be used: \(systemMessage(fault)).") }
        return UInt16(bigEndian: address.sin_port)
    }
}
