/// The versions of HTTP this program speaks. Higher minor versions are treated as 1.1 (RFC 9110 section 2.5).
public enum Version: Sendable, Hashable, CustomStringConvertible {
    case http10
    case http11

    public var description: String {
        switch self {
        case .http10: "HTTP/1.0"
        case .http11: "HTTP/1.1"
        }
    }
}
