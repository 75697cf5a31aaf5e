/// How much of a message a stranger may make us keep in memory. All lengths are in bytes.
public struct MessageLimits: Sendable, Hashable {
    /// Longest request line, without its line end; longer is answered 414.
    public var requestLine = 8_192
    /// Longest field name; longer is answered 431.
    public var fieldName = 256
    /// Longest field value; longer is answered 431.
    public var fieldValue = 8_192
    /// Most field lines in a header section; more is answered 431.
    public var fields = 100
    /// Largest header section, line ends included; larger is answered 431.
    public var fieldSection = 32_768
    /// Most empty lines ignored before a request line (RFC 9112 section 2.2).
    public var emptyLines = 4
    /// Longest extension of one chunk.
    public var chunkExtension = 256
    /// Largest trailer section; larger is answered 431. Trailers are read and dropped.
    public var trailers = 8_192
    /// Largest body, for an endpoint that does not say otherwise; larger is answered 413.
    public var body = 1_048_576

    public init() {}

    /// A field line with some room for blanks around its value.
    var fieldLine: Int { fieldName + fieldValue + 256 }
}
