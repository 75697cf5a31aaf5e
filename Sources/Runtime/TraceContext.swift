/// A place in a distributed trace, as the `traceparent` header carries it (W3C Trace Context, section 3.2).
public struct TraceContext: Sendable, Hashable {
    /// The whole trace: 32 lower-case hexadecimal digits, not all zero.
    public let traceID: String
    /// This step of it: 16 lower-case hexadecimal digits, not all zero.
    public let spanID: String
    /// The flags; bit 0 says that the trace is recorded.
    public let flags: UInt8

    /// The start of a new trace.
    public init(using generator: inout some RandomNumberGenerator) {
        traceID = Self.hexadecimal(&generator) + Self.hexadecimal(&generator)
        spanID = Self.hexadecimal(&generator)
        flags = 0
    }

    /// The start of a new trace.
    public init() {
        var generator = SystemRandomNumberGenerator()
        self.init(using: &generator)
    }

    /// Reads a `traceparent`; nil if it is malformed, of version `ff` or has a zero identity, and is then to be ignored
    /// as a whole. Of a higher version than 00 the known part is read.
    public init?(traceparent text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 55, bytes[2] == 0x2D, bytes[35] == 0x2D, bytes[52] == 0x2D,
            let version = Self.byte(bytes[0..<2]), version != 0xFF,
            version == 0 ? bytes.count == 55 : bytes.count == 55 || bytes[55] == 0x2D,
            let traceID = Self.identity(bytes[3..<35]), let spanID = Self.identity(bytes[36..<52]),
            let flags = Self.byte(bytes[53..<55])
        else { return nil }
        self.init(traceID: traceID, spanID: spanID, flags: flags)
    }

    private init(traceID: String, spanID: String, flags: UInt8) {
        self.traceID = traceID
        self.spanID = spanID
        self.flags = flags
    }

    /// The text of the header, of version 00.
    public var traceparent: String {
        "00-\(traceID)-\(spanID)-\(flags < 16 ? "0" : "")\(String(flags, radix: 16))"
    }

    /// A new step of the same trace.
    public func child(using generator: inout some RandomNumberGenerator) -> TraceContext {
        TraceContext(traceID: traceID, spanID: Self.hexadecimal(&generator), flags: flags)
    }

    /// A new step of the same trace.
    public func child() -> TraceContext {
        var generator = SystemRandomNumberGenerator()
        return child(using: &generator)
    }

    private static func hexadecimal(_ generator: inout some RandomNumberGenerator) -> String {
        let text = String(UInt64.random(in: 1...UInt64.max, using: &generator), radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func identity(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.allSatisfy(isHexadecimal), bytes.contains(where: { $0 != 0x30 }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func byte(_ bytes: ArraySlice<UInt8>) -> UInt8? {
        guard bytes.allSatisfy(isHexadecimal) else { return nil }
        return UInt8(String(decoding: bytes, as: UTF8.self), radix: 16)
    }
}
