import Runtime

/// Gives the requests of one connection their names and traces, without asking the system for random bytes each time.
struct RequestNames: RandomNumberGenerator {
    private var state = UInt64.random(in: .min ... .max)

    /// SplitMix64: the names must differ, they need not be hard to guess.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The name a trusted proxy has given the request, or a new one.
    mutating func id(_ given: String?) -> String {
        if let given, (8...64).contains(given.utf8.count), given.utf8.allSatisfy(ByteClass.unreserved.contains) {
            return given
        }
        var rest = next()
        return String(unsafeUninitializedCapacity: 16) { digits in
            for place in 0..<16 {
                let digit = UInt8(truncatingIfNeeded: rest & 15)
                digits[place] = digit < 10 ? digit + 0x30 : digit + 0x57
                rest >>= 4
            }
            return 16
        }
    }

    /// A step in the trace that the client carries on, or the start of a new one.
    mutating func trace(_ traceparent: String?) -> TraceContext {
        traceparent.flatMap { TraceContext(traceparent: $0) }?.child(using: &self) ?? TraceContext(using: &self)
    }
}
