import Glibc

/// A host with an optional port, as a Host field or a URL names it (RFC 3986 section 3.2).
public struct Authority: Sendable, Hashable, CustomStringConvertible {
    /// In lower case; an IPv6 address without its brackets.
    public let host: String
    public let port: UInt16?

    /// Nil unless the text is a host name or address with an optional port, and nothing else: no user name, no blank.
    public init?(_ text: some StringProtocol) {
        var copy = String(text)
        guard let parsed = copy.withUTF8({ Self($0) }) else { return nil }
        self = parsed
    }

    init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard let first = text.first, text.count <= 300 else { return nil }
        let hostEnd: Int
        if first == 0x5B {
            guard let close = text.firstIndex(of: 0x5D) else { return nil }
            let address = text[1..<close]
            guard Self.isIPv6(address) else { return nil }
            host = Self.lowercased(address)
            hostEnd = close + 1
        } else {
            hostEnd = text.firstIndex(of: 0x3A) ?? text.count
            let name = text[..<hostEnd]
            guard !name.isEmpty, name.allSatisfy(ByteClass.registeredName.contains),
                !name.contains(0x25) || Self.encodesName(name)
            else { return nil }
            host = Self.lowercased(name)
        }
        guard hostEnd < text.count else {
            port = nil
            return
        }
        guard text[hostEnd] == 0x3A else { return nil }
        let digits = UnsafeBufferPointer(rebasing: text[(hostEnd + 1)...])
        if digits.isEmpty {
            port = nil
            return
        }
        guard case .bytes(let number) = ContentLength.read(digits), let port = UInt16(exactly: number) else {
            return nil
        }
        self.port = port
    }

    public var description: String {
        let shown = host.utf8.contains(0x3A) ? "[\(host)]" : host
        return port.map { "\(shown):\($0)" } ?? shown
    }

    private static func lowercased(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        String(unsafeUninitializedCapacity: bytes.count) { text in
            var count = 0
            for byte in bytes {
                text[count] = ByteClass.lower(byte)
                count += 1
            }
            return count
        }
    }

    /// Whether what is percent-encoded in a name is text that a name could hold: no blank, slash, colon or other mark
    /// that another reader could take for the end of the host.
    private static func encodesName(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let octets = PercentCoding.decode(UnsafeBufferPointer(rebasing: name)) else { return false }
        return String(validating: octets, as: UTF8.self) != nil
            && octets.allSatisfy { $0 >= 0x80 || ByteClass.registeredName.contains($0) && $0 != 0x25 }
    }

    private static func isIPv6(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var parsed = in6_addr()
        return text.count < 64 && !text.contains(0)
            && inet_pton(AF_INET6, String(decoding: text, as: UTF8.self), &parsed) == 1
    }
}
