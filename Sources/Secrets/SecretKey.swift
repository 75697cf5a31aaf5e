/// Bytes that must stay secret. It shows itself in no log, no error and no debugger's summary.
public struct SecretKey: Sendable, Hashable {
    let bytes: [UInt8]

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A new key of random bytes.
    public static func random(count: Int = 32) -> SecretKey {
        SecretKey(bytes: RandomBytes.make(count))
    }

    /// Hands the bytes to whoever must store or send them.
    public func withBytes<Answer>(_ body: ([UInt8]) throws -> Answer) rethrows -> Answer {
        try body(bytes)
    }

    public static func == (left: SecretKey, right: SecretKey) -> Bool {
        areEqualInConstantTime(left.bytes, right.bytes)
    }

    /// A key for one purpose, from which neither this key nor that of another purpose can be found.
    ///
    /// HKDF with SHA-256 (RFC 5869), without salt, which it does not need as the key is random.
    public func derived(for purpose: String, count: Int = 32) -> SecretKey {
        SecretKey(bytes: Self.expand(Self.extract(bytes, salt: []), info: Array(purpose.utf8), count: count))
    }

    /// RFC 5869 section 2.2.
    static func extract(_ bytes: [UInt8], salt: [UInt8]) -> SecretKey {
        let salt = salt.isEmpty ? [UInt8](repeating: 0, count: Digest.length) : salt
        return SecretKey(bytes: Digest.hmac(of: bytes, key: SecretKey(bytes: salt)).bytes)
    }

    /// RFC 5869 section 2.3.
    static func expand(_ key: SecretKey, info: [UInt8], count: Int) -> [UInt8] {
        precondition((1...255 * Digest.length).contains(count), "HKDF yields 1 to 8,160 bytes")
        var output: [UInt8] = []
        var block: [UInt8] = []
        var counter: UInt8 = 0
        while output.count < count {
            counter += 1
            block = Digest.hmac(of: block + info + [counter], key: key).bytes
            output += block
        }
        return Array(output.prefix(count))
    }
}

extension SecretKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "a key of \(bytes.count) bytes" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
