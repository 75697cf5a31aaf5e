extension JSONParser {
    /// Reads a string from its opening quote past its closing one (RFC 8259 section 7).
    mutating func string() throws(JSONSyntaxFault) -> String {
        let opening = position
        position += 1
        var start = position
        var decoded: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                let run = bytes[start..<position]
                position += 1
                return decoded.isEmpty
                    ? String(decoding: run, as: UTF8.self) : String(decoding: decoded + run, as: UTF8.self)
            case UInt8(ascii: "\\"):
                decoded += bytes[start..<position]
                decoded += String(try escape()).utf8
                start = position
            case 0..<0x20:
                throw fault("control character \(byte) inside a text must be written as an escape such as \\n")
            default:
                position += 1
            }
        }
        throw fault("the text that begins here has no closing quote", at: opening)
    }

    private mutating func escape() throws(JSONSyntaxFault) -> Unicode.Scalar {
        let start = position
        position += 1
        defer { position += 1 }
        switch next {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            position += 1
            return try scalar(from: start)
        default: throw fault("\\ and \(found) is no escape", at: start)
        }
    }

    /// Reads the four digits of `\uXXXX`, and the second half where they are the first half of a pair.
    /// Leaves the position at the last digit.
    private mutating func scalar(from start: Int) throws(JSONSyntaxFault) -> Unicode.Scalar {
        let first = try hex(from: start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        position += 1
        guard first < 0xDC00, bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
            throw fault("half of a surrogate pair stands alone", at: start)
        }
        position += 2
        let second = try hex(from: start)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw fault("half of a surrogate pair stands alone", at: start) }
        return scalar
    }

    private mutating func hex(from start: Int) throws(JSONSyntaxFault) -> UInt32 {
        var value: UInt32 = 0
        let end = position + 4
        while position < end {
            let digit: UInt8? =
                switch next {
                case .some(let byte) where (0x30...0x39).contains(byte): byte - 0x30
                case .some(let byte) where (0x41...0x46).contains(byte & 0xDF): (byte & 0xDF) - 0x37
                default: nil
                }
            guard let digit else { throw fault("\\u must be followed by four hexadecimal digits", at: start) }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        position -= 1
        return value
    }

    /// Reads a number (RFC 8259 section 6) and keeps its text.
    mutating func number() throws(JSONSyntaxFault) -> JSONNumber {
        let start = position
        if next == UInt8(ascii: "-") { position += 1 }
        if next == UInt8(ascii: "0") {
            position += 1
            if isDigit { throw fault("a number must not begin with 0 before other digits", at: start) }
        } else {
            try digits()
        }
        if next == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        guard position - start <= limits.numberLength else {
            throw fault("a number longer than \(limits.numberLength) characters", at: start)
        }
        return JSONNumber(grammatical: String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private var isDigit: Bool { next.map { (0x30...0x39).contains($0) } ?? false }

    private mutating func digits() throws(JSONSyntaxFault) {
        guard isDigit else { throw fault("\(found) stands where a digit should") }
        while isDigit { position += 1 }
    }
}
