/// The base64 encoding as it is written (RFC 2045, section 6.8) and as it arrives.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The value of each byte; 64 for what is not in the alphabet, 65 for padding. The URL-safe letters count too.
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 64, count: 256)
        for (value, letter) in alphabet.enumerated() { table[Int(letter)] = UInt8(value) }
        table[Int(UInt8(ascii: "-"))] = 62
        table[Int(UInt8(ascii: "_"))] = 63
        table[Int(UInt8.equals)] = 65
        return table
    }()

    /// Decodes whatever is there: junk between the letters is passed over, padding may be absent or in excess, and
    /// letters after padding begin anew, as in texts that were pasted together.
    static func decode(_ text: some Sequence<UInt8>) -> (bytes: [UInt8], isClean: Bool) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.underestimatedCount / 4 * 3 + 3)
        var isClean = true
        var bits: UInt32 = 0
        var count = 0
        for letter in text {
            let value = values[Int(letter)]
            if value < 64 {
                bits = bits << 6 | UInt32(value)
                count += 1
                guard count == 4 else { continue }
                bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
                bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
                bytes.append(UInt8(truncatingIfNeeded: bits))
            } else if value == 65 {
                appendRest(bits, count, to: &bytes)
            } else {
                if !letter.isBlank && !letter.isLineEnd { isClean = false }
                continue
            }
            bits = 0
            count = 0
        }
        if count > 0 { isClean = false }
        appendRest(bits, count, to: &bytes)
        return (bytes, isClean)
    }

    private static func appendRest(_ bits: UInt32, _ count: Int, to bytes: inout [UInt8]) {
        if count == 2 { bytes.append(UInt8(truncatingIfNeeded: bits >> 4)) }
        if count == 3 {
            bytes.append(UInt8(truncatingIfNeeded: bits >> 10))
            bytes.append(UInt8(truncatingIfNeeded: bits >> 2))
        }
    }

    /// The encoding of the bytes, in lines of 76 letters that end with CRLF; in one line if `lineLength` is nil.
    static func encode(_ bytes: some Collection<UInt8>, lineLength: Int? = nil) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count / 3 * 4 + bytes.count / 28 + 8)
        var bits: UInt32 = 0
        var count = 0
        var column = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 1
            guard count == 3 else { continue }
            if let lineLength, column + 4 > lineLength {
                text += [.carriageReturn, .lineFeed]
                column = 0
            }
            for shift in [18, 12, 6, 0] as [UInt32] { text.append(alphabet[Int(bits >> shift & 63)]) }
            column += 4
            bits = 0
            count = 0
        }
        guard count > 0 else { return text }
        if let lineLength, column + 4 > lineLength { text += [.carriageReturn, .lineFeed] }
        bits <<= count == 1 ? 16 : 8
        text.append(alphabet[Int(bits >> 18 & 63)])
        text.append(alphabet[Int(bits >> 12 & 63)])
        text.append(count == 1 ? .equals : alphabet[Int(bits >> 6 & 63)])
        text.append(.equals)
        return text
    }
}
