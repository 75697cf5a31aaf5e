/// The request methods this program knows. Any other method is answered 501 before it reaches an endpoint
/// (RFC 9110 section 9).
public enum Method: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"
    case connect = "CONNECT"
    case trace = "TRACE"
    case query = "QUERY"

    public var description: String { rawValue }

    /// Whether the method only reads, so that it may be repeated and needs no protection from forgery.
    public var isSafe: Bool {
        switch self {
        case .get, .head, .options, .trace, .query: true
        case .post, .put, .patch, .delete, .connect: false
        }
    }

    /// Method names are compared by octet, with regard to case.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        switch bytes.count {
        case 3:
            if bytes.spells("GET") { self = .get } else if bytes.spells("PUT") { self = .put } else { return nil }
        case 4:
            if bytes.spells("POST") { self = .post } else if bytes.spells("HEAD") { self = .head } else { return nil }
        case 5:
            if bytes.spells("PATCH") {
                self = .patch
            } else if bytes.spells("TRACE") {
                self = .trace
            } else if bytes.spells("QUERY") {
                self = .query
            } else {
                return nil
            }
        case 6:
            guard bytes.spells("DELETE") else { return nil }
            self = .delete
        case 7:
            if bytes.spells("OPTIONS") {
                self = .options
            } else if bytes.spells("CONNECT") {
                self = .connect
            } else {
                return nil
            }
        default: return nil
        }
    }
}
