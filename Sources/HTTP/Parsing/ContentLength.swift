/// The number in a Content-Length field: digits and nothing else (RFC 9110 section 8.6).
enum ContentLength {
    enum Reading: Hashable {
        case bytes(Int)
        /// A number, but more than any message can have.
        case beyondCounting
        case malformed
    }

    static func read(_ value: UnsafeBufferPointer<UInt8>) -> Reading {
        guard !value.isEmpty else { return .malformed }
        var total = 0
        var overflows = false
        for byte in value {
            guard ByteClass.isDigit(byte) else { return .malformed }
            let (tens, first) = total.multipliedReportingOverflow(by: 10)
            let (sum, second) = tens.addingReportingOverflow(Int(byte &- 0x30))
            if first || second { overflows = true }
            total = overflows ? 0 : sum
        }
        return overflows ? .beyondCounting : .bytes(total)
    }
}
