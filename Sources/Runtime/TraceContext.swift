/// A place in a distributed trace, as the `traceparent` header carries it (W3C Trace Context, section 3.2).
public struct TraceContext: Sendable, Hashable {
    // Numbers, because every request has a trace and few of them are ever written down.
    private let trace: UInt128
    private let span: UInt64
    /// The flags; bit 0 says that the trace is recorded.
    public let flags: UInt8

    /// The whole trace: 32 lower-case hexadecimal digits, not all zero.
    public var traceID: String {
        Self.digits(UInt64(truncatingIfNeeded: trace >> 64)) + Self.digits(UInt64(truncatingIfNeeded: trace))
    }
    /// This step of it: 16 lower-case hexadecimal digits, not all zero.
    public var spanID: String { Self.digits(span) }

    /// The start of a new trace.
    public init(using generator: inout some RandomNumberGenerator) {
        trace = UInt128(Self.identity(&generator)) << 64 | UInt128(Self.identity(&generator))
        span = Self.identity(&generator)
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
            let trace: UInt128 = Self.identity(bytes[3..<35]), let span: UInt64 = Self.identity(bytes[36..<52]),
            let flags = Self.byte(bytes[53..<55])
        else { return nil }
        self.init(trace: trace, span: span, flags: flags)
    }

    private init(trace: UInt128, span: UInt64, flags: UInt8) {
        self.trace = trace
        self.span = span
        self.flags = flags
    }

    /// The text of the header, of version 00.
    public var traceparent: String {
        "00-\(traceID)-\(spanID)-\(flags < 16 ? "0" : "")\(String(flags, radix: 16))"
    }

    /// A new step of the same trace.
    public func child(using generator: inout some RandomNumberGenerator) -> TraceContext {
        TraceContext(trace: trace, span: Self.identity(&generator), flags: flags)
    }

    /// A new step of the same trace.
    public func child() -> TraceContext {
        var generator = SystemRandomNumberGenerator()
        return child(using: &generator)
    }

    private static func identity(_ generator: inout some RandomNumberGenerator) -> UInt64 {
        while true {
            let number: UInt64 = generator.next()
            if number != 0 { return number }
        }
    }

    /// The sixteen digits of a number. Every line in a request's log has three times as many, and what writes numbers
    /// of any size in any radix takes more steps for them than the request takes.
    private static func digits(_ number: UInt64) -> String {
        String(unsafeUninitializedCapacity: 16) { digits in
            for place in 0..<16 {
                let digit = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * place) & 15)
                digits[place] = digit < 10 ? digit + 0x30 : digit + 0x57
            }
            return 16
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func identity<Number: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>) -> Number? {
        guard bytes.allSatisfy(isHexadecimal) else { return nil }
        let number = Number(String(decoding: bytes, as: UTF8.self), radix: 16)
        return number == 0 ? nil : number
    }

    private static func byte(_ bytes: ArraySlice<UInt8>) -> UInt8? {
        guard bytes.allSatisfy(isHexadecimal) else { return nil }
        return UInt8(String(decoding: bytes, as: UTF8.self), radix: 16)
    }
}
