import COpenSSL

/// How much work and memory a password hash takes (RFC 7914).
public struct ScryptCost: Hashable, Sendable {
    /// The logarithm of the number of blocks to keep in memory.
    public let logRounds: Int
    public let blockSize: Int
    public let parallelism: Int

    /// 32 MiB and about 0.4 s of one core: one of the settings of the OWASP cheat sheet.
    public static let recommended = ScryptCost(logRounds: 15, blockSize: 8, parallelism: 3)

    /// - Precondition: within what ``isReasonable(logRounds:blockSize:parallelism:)`` allows.
    public init(logRounds: Int, blockSize: Int, parallelism: Int) {
        precondition(
            Self.isReasonable(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism),
            "the cost of scrypt is out of bounds")
        (self.logRounds, self.blockSize, self.parallelism) = (logRounds, blockSize, parallelism)
    }

    /// At most 1 GiB and a few seconds, so that a changed row cannot bring the process down.
    static func isReasonable(logRounds: Int, blockSize: Int, parallelism: Int) -> Bool {
        (1...20).contains(logRounds) && (1...32).contains(blockSize) && (1...16).contains(parallelism)
            && 128 * blockSize << logRounds <= 1 << 30
    }

    /// Bytes that one hash holds while it is computed.
    public var memory: Int { 128 * blockSize << logRounds }

    /// Blocks the calling thread for the whole of the work.
    func hash(_ password: String, salt: [UInt8], length: Int) -> [UInt8] {
        let password = Array(password.utf8)
        return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            let result = password.withUnsafeBytes { bytes in
                EVP_PBE_scrypt(
                    bytes.baseAddress?.assumingMemoryBound(to: CChar.self) ?? nil, password.count, salt, salt.count,
                    1 << UInt64(logRounds), UInt64(blockSize), UInt64(parallelism),
                    // OpenSSL's own limit refuses all but the smallest costs.
                    UInt64(memory) * 2 + 1 << 20, buffer.baseAddress, length)
            }
            precondition(result == 1, "scrypt has the memory it was promised")
            count = length
        }
    }
}
