import COpenSSL

/// 32 bytes that stand for others: a SHA-256 hash or an HMAC made with it.
///
/// Two digests are compared in constant time, so that a stranger cannot find one out byte by byte.
public struct Digest: Hashable, Sendable {
    public let bytes: [UInt8]

    public static let length = 32

    /// A digest that was computed before, for instance one read from a table; nil unless it has 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        self.bytes = bytes
    }

    init(computed bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// SHA-256 (FIPS 180-4) of a message.
    public init(sha256 message: [UInt8]) {
        var stream = DigestStream()
        stream.update(message)
        self = stream.finish()
    }

    /// SHA-256 of a text's UTF-8.
    public init(sha256 message: String) {
        self.init(sha256: Array(message.utf8))
    }

    /// HMAC-SHA256 (RFC 2104) of a message under a key.
    public static func hmac(of message: [UInt8], key: SecretKey) -> Digest {
        let code = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            var written: UInt32 = 0
            let result = HMAC(
                EVP_sha256(), key.bytes, Int32(key.bytes.count), message, message.count, buffer.baseAddress, &written)
            precondition(result != nil, "OpenSSL has HMAC-SHA256")
            count = Int(written)
        }
        return Digest(computed: code)
    }

    /// HMAC-SHA256 of a text's UTF-8 under a key.
    public static func hmac(of message: String, key: SecretKey) -> Digest {
        hmac(of: Array(message.utf8), key: key)
    }

    /// 64 lower-case hexadecimal digits.
    public var hex: String { Hex.encode(bytes) }

    public static func == (left: Digest, right: Digest) -> Bool {
        areEqualInConstantTime(left.bytes, right.bytes)
    }
}

/// Computes SHA-256 of a message that arrives in pieces, in constant memory.
public struct DigestStream: ~Copyable {
    private let context: OpaquePointer

    public init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            preconditionFailure("OpenSSL has SHA-256 and memory for its state")
        }
        self.context = context
    }

    public mutating func update(_ piece: [UInt8]) {
        let result = EVP_DigestUpdate(context, piece, piece.count)
        precondition(result == 1, "SHA-256 takes any bytes")
    }

    /// The digest of all pieces.
    public consuming func finish() -> Digest {
        let bytes = [UInt8](unsafeUninitializedCapacity: Digest.length) { buffer, count in
            let result = EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
            precondition(result == 1, "SHA-256 always ends")
            count = Digest.length
        }
        return Digest(computed: bytes)
    }

    deinit {
        EVP_MD_CTX_free(context)
    }
}
