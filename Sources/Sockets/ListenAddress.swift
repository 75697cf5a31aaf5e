/// Where a program listens, as it stands in a setting.
public enum ListenAddress: Hashable, Sendable {
    /// All addresses of the machine, or one of them; port 0 lets the system choose.
    case tcp(IPAddress?, port: UInt16)
    /// A socket in the file system.
    case unix(String)

    /// Reads `8080`, `:8080`, `*:8080`, `127.0.0.1:8080`, `localhost:8080`, `[::1]:8080` or `unix:/path`; nil for
    /// everything else.
    public init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard path.hasPrefix("/"), path.utf8.count > 1 else { return nil }
            self = .unix(path)
            return
        }
        guard let colon = text.lastIndex(of: ":") else {
            guard let port = Self.port(text[...]) else { return nil }
            self = .tcp(nil, port: port)
            return
        }
        guard let port = Self.port(text[text.index(after: colon)...]) else { return nil }
        let host = text[..<colon]
        switch host {
        case "", "*": self = .tcp(nil, port: port)
        case "localhost": self = .tcp(.v4(0x7F00_0001), port: port)
        default:
            let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
            guard let address = IPAddress(isBracketed ? host.dropFirst().dropLast() : host) else { return nil }
            if case .v6 = address, !isBracketed { return nil }
            if case .v4 = address, isBracketed { return nil }
            self = .tcp(address, port: port)
        }
    }

    /// What a right value is, for messages about settings.
    public static let kind = "a port, address:port or unix:/path"

    private static func port(_ text: Substring) -> UInt16? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return UInt16(text)
    }
}

extension ListenAddress: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tcp(nil, let port): "*:\(port)"
        case .tcp(let address?, let port): SocketAddress.ip(address, port: port).description
        case .unix(let path): "unix:\(path)"
        }
    }
}
