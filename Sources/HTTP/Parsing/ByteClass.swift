/// The character sets of the grammar, as bit sets over ASCII: asking costs a shift, not a table in memory.
enum ByteClass {
    /// A set of ASCII octets; nothing above 127 belongs to it.
    struct Set: Sendable {
        private var low: UInt64 = 0
        private var high: UInt64 = 0

        init(_ members: String) {
            for byte in members.utf8 { insert(byte) }
        }

        private mutating func insert(_ byte: UInt8) {
            if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
        }

        @inline(__always)
        func contains(_ byte: UInt8) -> Bool {
            if byte < 64 { return (low >> UInt64(byte)) & 1 == 1 }
            return byte < 128 && (high >> UInt64(byte & 63)) & 1 == 1
        }
    }

    private static let alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

    /// `tchar` of RFC 9110 section 5.6.2.
    static let token = Set(alphanumeric + "!#$%&'*+-.^_`|~")
    /// `pchar` and the slash, RFC 3986 section 3.3.
    static let path = Set(alphanumeric + "-._~!$&'()*+,;=:@%/")
    /// What may stand in a query. Browsers leave the last seven bare although RFC 3986 does not list them, and
    /// none of them can be mistaken for an end of the target.
    static let query = Set(alphanumeric + "-._~!$&'()*+,;=:@%/?" + "[]^`{|}")
    /// `reg-name` of RFC 3986 section 3.2.2, without the comma: in a field it could be the place where a proxy put two
    /// of them together.
    static let registeredName = Set(alphanumeric + "-._~!$&'()*+;=%")
    /// `unreserved` of RFC 3986 section 2.3: what percent-encoding leaves as it is.
    static let unreserved = Set(alphanumeric + "-._~")
    /// `cookie-octet` of RFC 6265 section 4.1.1.
    static let cookie = Set(alphanumeric + "!#$%&'()*+-./:<=>?@[]^_`{|}~")

    static func isToken(_ bytes: some Collection<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy(token.contains)
    }

    /// Octets that may stand in a field value: visible, obs-text, space and tab (RFC 9110 section 5.5).
    @inline(__always)
    static func isFieldContent(_ byte: UInt8) -> Bool { (byte >= 0x20 && byte != 0x7F) || byte == 0x09 }

    @inline(__always)
    static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    @inline(__always)
    static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// The value of a hexadecimal digit, or nil.
    @inline(__always)
    static func hexadecimal(_ byte: UInt8) -> UInt8? {
        if isDigit(byte) { return byte &- 0x30 }
        let letter = byte | 0x20
        return letter &- 0x61 < 6 ? letter &- 0x57 : nil
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether these octets are exactly that text.
    @inline(__always)
    func spells(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in 0..<count where self[index] != text.utf8Start[index] { return false }
        return true
    }

    /// Whether these octets are that text when the case of letters does not count.
    @inline(__always)
    func resembles(_ lowercase: StaticString) -> Bool {
        guard count == lowercase.utf8CodeUnitCount else { return false }
        for index in 0..<count where ByteClass.lower(self[index]) != lowercase.utf8Start[index] { return false }
        return true
    }

    /// These octets without spaces and tabs at either end.
    func trimmed() -> UnsafeBufferPointer<UInt8> {
        var low = 0
        var high = count
        while low < high, ByteClass.isBlank(self[low]) { low += 1 }
        while high > low, ByteClass.isBlank(self[high - 1]) { high -= 1 }
        return UnsafeBufferPointer(rebasing: self[low..<high])
    }
}
