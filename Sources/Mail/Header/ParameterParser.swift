/// Reads a value with parameters: `text/plain; charset="utf-8"`.
struct ParameterParser {
    private static let limit = 200

    private let bytes: ArraySlice<UInt8>
    private var index: Int

    private init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    /// The value in lower case and its parameters.
    static func parse(_ value: ArraySlice<UInt8>) -> (value: String, parameters: Parameters) {
        var parser = ParameterParser(value)
        parser.skipSeparators()
        let start = parser.index
        parser.index =
            value[start...].firstIndex { $0 == .semicolon || $0.isBlank || $0 == UInt8(ascii: "(") }
            ?? value.endIndex
        var main = value[start..<parser.index]
        if main.contains(.equals) {
            // The value itself is missing: the field begins with a parameter.
            main = []
            parser.index = start
        }
        var found: [(name: String, value: [UInt8])] = []
        while found.count < limit, let parameter = parser.next() { found.append(parameter) }
        return (main.filter { $0 != .quote }.asciiLowercased, Parameters(found))
    }

    private mutating func skipSeparators() {
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "(") {
                skipComment()
            } else if bytes[index].isBlank || bytes[index] == .semicolon {
                index += 1
            } else {
                return
            }
        }
    }

    private mutating func skipComment() {
        var depth = 0
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            if byte == .backslash, index < bytes.endIndex { index += 1 }
            if depth == 0 { return }
        }
    }

    private mutating func next() -> (name: String, value: [UInt8])? {
        while true {
            skipSeparators()
            guard index < bytes.endIndex else { return nil }
            let start = index
            while index < bytes.endIndex, bytes[index] != .equals, bytes[index] != .semicolon { index += 1 }
            guard index < bytes.endIndex, bytes[index] == .equals else { continue }
            let name = bytes[start..<index].trimmed
            index += 1
            while index < bytes.endIndex, bytes[index].isBlank { index += 1 }
            // Words before the name are the rest of a value that was not quoted.
            let lastWord = name.lastIndex(where: \.isBlank).map { name[($0 + 1)...] } ?? name
            return (lastWord.asciiLowercased, value(of: lastWord))
        }
    }

    private mutating func value(of name: ArraySlice<UInt8>) -> [UInt8] {
        if index < bytes.endIndex, bytes[index] == .quote { return quotedValue() }
        let start = index
        let isFileName = name.startsIgnoringCase(with: "name") || name.startsIgnoringCase(with: "filename")
        // File names hold blanks although they are not quoted; other values end at the first.
        index = bytes[start...].firstIndex { $0 == .semicolon || $0.isBlank && !isFileName } ?? bytes.endIndex
        return Array(bytes[start..<index].trimmed)
    }

    private mutating func quotedValue() -> [UInt8] {
        var value: [UInt8] = []
        index += 1
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            if byte == .quote { break }
            if byte == .backslash, index < bytes.endIndex, bytes[index] == .quote || bytes[index] == .backslash {
                // Only what must be quoted is unquoted: paths come with bare backslashes.
                value.append(bytes[index])
                index += 1
            } else {
                value.append(byte)
            }
        }
        return value
    }
}
