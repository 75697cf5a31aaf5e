import COpenSSL

/// Whether two byte strings are equal, found in a time that tells nothing but their lengths.
public func areEqualInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}

/// Whether the UTF-8 of two texts is equal, found in a time that tells nothing but their lengths.
public func areEqualInConstantTime(_ left: some StringProtocol, _ right: some StringProtocol) -> Bool {
    areEqualInConstantTime(Array(left.utf8), Array(right.utf8))
}
