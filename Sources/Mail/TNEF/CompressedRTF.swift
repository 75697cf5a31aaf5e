/// Rich text as Exchange keeps it: compressed by references to what went before (MS-OXRTFCP), or as it is.
enum CompressedRTF {
    private static let (compressed, plain) = (0x7546_5A4C, 0x414C_454D)
    private static let windowSize = 4_096

    /// What stands in the window before the first byte, so that also a short text has something to refer to.
    private static let beginning = Array(
        (#"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "#
            + #"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"#
            + "\r\n" + #"\par \pard\plain\f0\fs20\b\i\u\tab\tx"#).utf8)

    /// The rich text; nil if the bytes are not that, or were changed on their way.
    ///
    /// The stated sizes are not trusted: no more is read than is there, and a reference of two bytes makes at most 17.
    static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var reader = ByteReader(bytes)
        guard let size = reader.number(4), let length = reader.number(4), let kind = reader.number(4),
            let sum = reader.number(4), size >= 12, let content = reader.take(size - 12)
        else { return nil }
        switch kind {
        case compressed where checksum(content) == sum: return expand(content, length: length)
        case plain: return Array(content.prefix(length))
        default: return nil
        }
    }

    private static func expand(_ content: ArraySlice<UInt8>, length: Int) -> [UInt8] {
        var window = beginning + [UInt8](repeating: 32, count: windowSize - beginning.count)
        var place = beginning.count
        var output: [UInt8] = []
        output.reserveCapacity(min(length, content.count * 4))
        func write(_ byte: UInt8) {
            output.append(byte)
            window[place] = byte
            place = (place + 1) % windowSize
        }
        var reader = ByteReader(content)
        while output.count < length, let control = reader.number(1) {
            for bit in 0..<8 where output.count < length {
                if control >> bit & 1 == 0 {
                    guard let byte = reader.number(1) else { return output }
                    write(UInt8(byte))
                    continue
                }
                guard let high = reader.number(1), let low = reader.number(1) else { return output }
                let reference = high << 8 | low
                // A reference to the place of writing is the end.
                if reference >> 4 == place { return output }
                for offset in 0..<(reference & 15 + 2) where output.count < length {
                    write(window[(reference >> 4 + offset) % windowSize])
                }
            }
        }
        return output
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }

    /// The usual sum, begun at zero and not turned over at the end (section 2.1.3.2).
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> Int {
        Int(bytes.reduce(UInt32(0)) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 })
    }
}
