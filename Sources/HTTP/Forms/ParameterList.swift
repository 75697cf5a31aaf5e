/// A field value of the form `word; name=value; name="quoted value"`, as Content-Type and Content-Disposition have it
/// (RFC 9110 section 5.6.6).
struct ParameterList: Sendable, Hashable {
    /// The part before the first semicolon, in lower case.
    let word: String
    /// The parameters in order, names in lower case. Nil-valued entries do not occur.
    let parameters: [Parameter]

    struct Parameter: Sendable, Hashable {
        let name: String
        let value: String
    }

    /// Nil when the text does not have that form, which includes a name that stands twice.
    init?(_ text: String) {
        var scanner = Scanner(Array(text.utf8))
        word = String(decoding: scanner.until(0x3B).map(ByteClass.lower), as: UTF8.self)
        var found: [Parameter] = []
        while scanner.skip(0x3B) {
            scanner.skipBlanks()
            if scanner.isAtEnd || scanner.peek == 0x3B { continue }
            guard let parameter = scanner.parameter(), !found.contains(where: { $0.name == parameter.name }) else {
                return nil
            }
            found.append(parameter)
        }
        guard scanner.isAtEnd else { return nil }
        parameters = found
    }

    subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }

    private struct Scanner {
        let bytes: [UInt8]
        var index = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { index >= bytes.count }
        var peek: UInt8? { isAtEnd ? nil : bytes[index] }

        mutating func skip(_ byte: UInt8) -> Bool {
            guard peek == byte else { return false }
            index += 1
            return true
        }

        mutating func skipBlanks() {
            while let byte = peek, ByteClass.isBlank(byte) { index += 1 }
        }

        mutating func until(_ end: UInt8) -> ArraySlice<UInt8> {
            skipBlanks()
            let begin = index
            while let byte = peek, byte != end { index += 1 }
            var slice = bytes[begin..<index]
            while let last = slice.last, ByteClass.isBlank(last) { slice.removeLast() }
            return slice
        }

        mutating func parameter() -> Parameter? {
            let begin = index
            while let byte = peek, ByteClass.token.contains(byte) { index += 1 }
            let name = bytes[begin..<index].map(ByteClass.lower)
            guard !name.isEmpty, skip(0x3D) else { return nil }
            guard let value = skip(0x22) ? quoted() : Array(until(0x3B)) else { return nil }
            skipBlanks()
            guard isAtEnd || peek == 0x3B else { return nil }
            return Parameter(name: String(decoding: name, as: UTF8.self), value: String(decoding: value, as: UTF8.self))
        }

        private mutating func quoted() -> [UInt8]? {
            var value: [UInt8] = []
            while let byte = peek {
                index += 1
                if byte == 0x22 { return value }
                // Browsers put the backslashes of Windows paths into file names without escaping them, so only the
                // two characters that must be escaped are taken for escaped.
                if byte == 0x5C, let next = peek, next == 0x22 || next == 0x5C {
                    value.append(next)
                    index += 1
                } else {
                    value.append(byte)
                }
            }
            return nil
        }
    }
}
