/// Where a body ends (RFC 9112 section 6.3).
public enum BodyFraming: Sendable, Hashable {
    /// There is none.
    case none
    /// After so many bytes, at least one.
    case length(Int)
    /// After the last chunk.
    case chunked
    /// When the connection ends; in responses only.
    case untilClose
}
