import COpenSSL

/// Random bytes that nobody can foresee.
public enum RandomBytes {
    public static func make(_ count: Int) -> [UInt8] {
        guard count > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            let result = RAND_bytes(buffer.baseAddress, Int32(count))
            precondition(result == 1, "the kernel has random bytes")
            initialized = count
        }
    }
}
