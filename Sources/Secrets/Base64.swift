import FoundationEssentials

/// Bytes as text of 64 characters (RFC 4648 sections 4 and 5).
public enum Base64 {
    /// The common alphabet, with padding.
    public static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
    }

    /// The alphabet of addresses and file names, without padding.
    public static func encodeURL(_ bytes: [UInt8]) -> String {
        let characters: [UInt8] = encode(bytes).utf8.compactMap { character in
            switch character {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            default: character
            }
        }
        return String(decoding: characters, as: UTF8.self)
    }

    /// The bytes of a padded text of the common alphabet; nil if it is anything else.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        guard let data = Data(base64Encoded: String(text)) else { return nil }
        let bytes = Array(data)
        // Exactly one text stands for the bytes, so that a signature or token has no second spelling.
        return encode(bytes) == text ? bytes : nil
    }

    /// The bytes of an unpadded text of the alphabet of addresses; nil if it is anything else.
    public static func decodeURL(_ text: some StringProtocol) -> [UInt8]? {
        var characters: [UInt8] = []
        for character in text.utf8 {
            switch character {
            case UInt8(ascii: "-"): characters.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): characters.append(UInt8(ascii: "/"))
            case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): return nil
            default: characters.append(character)
            }
        }
        while characters.count % 4 != 0 { characters.append(UInt8(ascii: "=")) }
        return decode(String(decoding: characters, as: UTF8.self))
    }
}
