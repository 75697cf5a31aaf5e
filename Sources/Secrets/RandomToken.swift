/// Words that nobody can guess, for sessions, links and references.
public enum RandomToken {
    /// Letters and digits of about 5.95 bits each; 43 of them hold as much as 32 bytes.
    public static func base62(length: Int = 43) -> String {
        var characters: [UInt8] = []
        while characters.count < length {
            // 248 is the largest multiple of 62 in a byte: what lies above would favour the first characters.
            for byte in RandomBytes.make(length - characters.count) where byte < 248 {
                characters.append(Base62.alphabet[Int(byte % 62)])
            }
        }
        return String(decoding: characters, as: UTF8.self)
    }

    /// Random bytes in the alphabet of addresses, without padding.
    public static func base64url(bytes: Int = 32) -> String {
        Base64.encodeURL(RandomBytes.make(bytes))
    }

    /// Random bytes in lower-case hexadecimal digits.
    public static func hex(bytes: Int = 32) -> String {
        Hex.encode(RandomBytes.make(bytes))
    }
}

/// Numbers written with digits and letters of both cases.
enum Base62 {
    static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// The number in exactly six characters, which hold any 32 bits.
    static func encode(_ value: UInt32) -> String {
        var rest = value
        var characters: [UInt8] = []
        for _ in 0..<6 {
            characters.append(alphabet[Int(rest % 62)])
            rest /= 62
        }
        return String(decoding: characters.reversed(), as: UTF8.self)
    }
}
