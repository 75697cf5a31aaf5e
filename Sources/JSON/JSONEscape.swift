/// Spells a string as JSON has it (RFC 8259 section 7).
enum JSONEscape {
    /// Appends the string in quotes. U+2028 and U+2029 are escaped too: JavaScript took them for line ends
    /// until 2019, and some readers still do.
    static func append(_ text: String, to bytes: inout [UInt8], safeInHTML: Bool) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for (place, byte) in utf8.enumerated() {
                guard let escape = escape(byte, at: place, in: utf8, safeInHTML: safeInHTML), place >= start else {
                    continue
                }
                bytes.append(contentsOf: utf8[start..<place])
                bytes.append(contentsOf: escape.utf8)
                start = place + (byte == 0xE2 ? 3 : 1)
            }
            bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func escape(
        _ byte: UInt8, at place: Int, in utf8: UnsafeBufferPointer<UInt8>, safeInHTML: Bool
    ) -> String? {
        switch byte {
        case UInt8(ascii: "\""): "\\\""
        case UInt8(ascii: "\\"): "\\\\"
        case 0x0A: "\\n"
        case 0x0D: "\\r"
        case 0x09: "\\t"
        case 0x08: "\\b"
        case 0x0C: "\\f"
        case 0..<0x10: "\\u000" + String(byte, radix: 16)
        case 0x10..<0x20: "\\u00" + String(byte, radix: 16)
        case UInt8(ascii: "<") where safeInHTML: "\\u003c"
        case UInt8(ascii: ">") where safeInHTML: "\\u003e"
        case UInt8(ascii: "&") where safeInHTML: "\\u0026"
        case 0xE2 where place + 2 < utf8.count && utf8[place + 1] == 0x80 && utf8[place + 2] & 0xFE == 0xA8:
            utf8[place + 2] == 0xA8 ? "\\u2028" : "\\u2029"
        default: nil
        }
    }
}
