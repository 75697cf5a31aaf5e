/// Turns text into markup that shows exactly this text, between tags and in quoted attributes.
enum HTMLEscape {
    static func append(_ text: some StringProtocol, to markup: inout String) {
        var text = String(text)
        let bytes = text.withUTF8 { utf8 -> [UInt8]? in
            guard utf8.contains(where: { replacement(for: $0) != nil }) else { return nil }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(utf8.count + 32)
            for byte in utf8 {
                if let replacement = replacement(for: byte) {
                    bytes.append(contentsOf: replacement.utf8)
                } else {
                    bytes.append(byte)
                }
            }
            return bytes
        }
        if let bytes {
            markup += String(decoding: bytes, as: UTF8.self)
        } else {
            markup += text
        }
    }

    /// Control characters other than tab and line ends have no place in HTML; they show as U+FFFD.
    private static func replacement(for byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        case 0x09, 0x0A, 0x0D: nil
        case 0..<0x20, 0x7F: "\u{FFFD}"
        default: nil
        }
    }
}
