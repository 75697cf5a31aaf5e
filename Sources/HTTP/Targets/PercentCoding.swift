/// Percent-encoding of RFC 3986 section 2.1. Decoding happens once, where a value is taken apart, and never again.
public enum PercentCoding {
    /// The text with every octet that is not unreserved written as `%XX`.
    public static func encode(_ text: some StringProtocol) -> String {
        if text.utf8.allSatisfy(ByteClass.unreserved.contains) { return String(text) }
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count * 2)
        for byte in text.utf8 { append(byte, unless: ByteClass.unreserved, to: &encoded) }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// The octets that a percent-encoded text stands for, or nil when a `%` is not followed by two digits.
    static func decode(_ encoded: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(encoded.count)
        var index = 0
        while index < encoded.count {
            guard encoded[index] == 0x25 else {
                decoded.append(encoded[index])
                index += 1
                continue
            }
            guard let byte = escaped(encoded, at: index) else { return nil }
            decoded.append(byte)
            index += 3
        }
        return decoded
    }

    /// The octet behind the `%` at `index`.
    static func escaped(_ encoded: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt8? {
        guard index + 2 < encoded.count, let high = ByteClass.hexadecimal(encoded[index + 1]),
            let low = ByteClass.hexadecimal(encoded[index + 2])
        else { return nil }
        return high << 4 | low
    }

    static func append(_ byte: UInt8, unless kept: ByteClass.Set, to encoded: inout [UInt8]) {
        if kept.contains(byte) {
            encoded.append(byte)
        } else {
            encoded.append(0x25)
            encoded.append(digits[Int(byte >> 4)])
            encoded.append(digits[Int(byte & 15)])
        }
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
}
