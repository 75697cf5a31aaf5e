import Runtime

/// Gives the requests of one connection their names and traces, without asking the system for random bytes each time.
struct RequestNames: RandomNumberGenerator {
    private var generator = SplitMix64()

    mutating func next() -> UInt64 { generator.next() }

    /// The name a trusted proxy has given the request, or a new one.
    mutating func id(_ given: String?) -> String {
        if let given, (8...64).contains(given.utf8.count), given.utf8.allSatisfy(ByteClass.unreserved.contains) {
            return given
        }
        var rest = next()
        // Fifteen digits are what a text holds without memory of its own.
        return String(unsafeUninitializedCapacity: 15) { digits in
            for place in 0..<15 {
                let digit = UInt8(truncatingIfNeeded: rest & 15)
                digits[place] = digit < 10 ? digit + 0x30 : digit + 0x57
                rest >>= 4
            }
            return 15
        }
    }

    /// A step in the trace that the client carries on, or the start of a new one.
    mutating func trace(_ given: TraceContext?) -> TraceContext {
        given?.child(using: &self) ?? TraceContext(using: &self)
    }
}
