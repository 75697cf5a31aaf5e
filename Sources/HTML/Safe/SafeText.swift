/// Text of a stranger's HTML, between tags and in attributes.
enum SafeText {
    /// Writes text so that it stays text: references to characters stay, all else that could be markup is escaped,
    /// control characters are left out.
    static func append(_ source: ArraySlice<UInt8>, to output: inout [UInt8]) {
        var index = source.startIndex
        while index < source.endIndex {
            let byte = source[index]
            guard byte == UInt8(ascii: "&") else {
                append(byte, to: &output)
                index += 1
                continue
            }
            switch reference(in: source, at: index) {
            case .number(let scalar, let end):
                append(plain: String(scalar).utf8, to: &output)
                index = end
            case .name(let name, let end):
                output += "&\(name);".utf8
                index = end
            case nil:
                output += "&amp;".utf8
                index += 1
            }
        }
    }

    /// Writes what is text already, without references.
    static func append(plain text: some Sequence<UInt8>, to output: inout [UInt8]) {
        for byte in text {
            if byte == UInt8(ascii: "&") { output += "&amp;".utf8 } else { append(byte, to: &output) }
        }
    }

    private static func append(_ byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "<"): output += "&lt;".utf8
        case UInt8(ascii: ">"): output += "&gt;".utf8
        case UInt8(ascii: "\""): output += "&quot;".utf8
        case 0..<0x20 where byte != 0x09 && byte != 0x0A, 0x7F: break
        default: output.append(byte)
        }
    }

    /// The text of an attribute with its references resolved. A name that is not known here stays as it stands.
    static func decode(_ source: ArraySlice<UInt8>) -> String {
        var output: [UInt8] = []
        var index = source.startIndex
        while index < source.endIndex {
            if source[index] == UInt8(ascii: "&"), let found = reference(in: source, at: index) {
                switch found {
                case .number(let scalar, let end):
                    output += String(scalar).utf8
                    index = end
                    continue
                case .name(let name, let end):
                    if let scalar = known[name] {
                        output += String(scalar).utf8
                        index = end
                        continue
                    }
                }
            }
            output.append(source[index])
            index += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Names that matter in addresses, and those that programs write without need.
    private static let known: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "Tab": "\t", "NewLine": "\n",
        "colon": ":", "sol": "/", "bsol": "\\", "lpar": "(", "rpar": ")", "semi": ";", "comma": ",", "period": ".",
        "equals": "=", "num": "#", "percnt": "%", "quest": "?", "commat": "@", "lowbar": "_", "hyphen": "\u{2010}",
        "shy": "\u{AD}", "ZeroWidthSpace": "\u{200B}",
    ]
    /// Names that browsers know without a semicolon.
    private static let legacy: Set<String> = ["amp", "lt", "gt", "quot", "nbsp", "copy", "reg", "shy"]

    private enum Reference {
        case number(Unicode.Scalar, end: Int)
        /// The name of a character, whether there is one of this name or not.
        case name(String, end: Int)
    }

    private static func reference(in source: ArraySlice<UInt8>, at start: Int) -> Reference? {
        var index = start + 1
        if index < source.endIndex, source[index] == UInt8(ascii: "#") { return number(in: source, from: index + 1) }
        guard index < source.endIndex, source[index].isNameStart else { return nil }
        while index < source.endIndex, index - start <= 32, source[index].isNameStart || source[index].isFigure {
            index += 1
        }
        let name = String(decoding: source[(start + 1)..<index], as: UTF8.self)
        if index < source.endIndex, source[index] == UInt8(ascii: ";") { return .name(name, end: index + 1) }
        let isEnd = index == source.endIndex || source[index] != UInt8(ascii: "=")
        return legacy.contains(name) && isEnd ? .name(name, end: index) : nil
    }

    private static func number(in source: ArraySlice<UInt8>, from start: Int) -> Reference? {
        var index = start
        let isHex = index < source.endIndex && source[index].lower == UInt8(ascii: "x")
        if isHex { index += 1 }
        var value: UInt32 = 0
        let first = index
        while index < source.endIndex, let digit = source[index].digit(isHex: isHex) {
            value = min(value * (isHex ? 16 : 10) + digit, 0x11_0000)
            index += 1
        }
        guard index > first else { return nil }
        if index < source.endIndex, source[index] == UInt8(ascii: ";") { index += 1 }
        let scalar = value == 0 ? nil : Unicode.Scalar(value)
        return .number(scalar ?? "\u{FFFD}", end: index)
    }
}

extension UInt8 {
    fileprivate var isFigure: Bool { (0x30...0x39).contains(self) }

    fileprivate func digit(isHex: Bool) -> UInt32? {
        switch self {
        case 0x30...0x39: UInt32(self - 0x30)
        case 0x61...0x66 where isHex: UInt32(self - 0x57)
        case 0x41...0x46 where isHex: UInt32(self - 0x37)
        default: nil
        }
    }
}
