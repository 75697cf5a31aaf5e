/// The parameters of a Content-Type or Content-Disposition, extended ones put together (RFC 2231).
public struct Parameters: Hashable, Sendable {
    struct Value: Hashable {
        var bytes: [UInt8]
        /// The character set that an extended value names, perhaps an empty one. Nil for a plain value.
        var charset: String?
    }

    private var values: [String: Value] = [:]

    init() {}

    /// Puts together the parameters in the order in which they came; of equal names the first counts, and an
    /// extended value before a plain one.
    init(_ raw: [(name: String, value: [UInt8])]) {
        var segments: [String: [Int: (bytes: [UInt8], isExtended: Bool)]] = [:]
        var extended: [String: Value] = [:]
        for (name, value) in raw {
            let pieces = name.split(separator: "*", omittingEmptySubsequences: false)
            let base = String(pieces.first ?? "")
            if pieces.count == 1 {
                if values[base] == nil { values[base] = Value(bytes: value) }
            } else if pieces.count == 2, pieces[1].isEmpty {
                if extended[base] == nil { extended[base] = Self.extendedValue(value) }
            } else if let index = Int(pieces[1]), index >= 0 {
                let isExtended = pieces.count == 3
                if segments[base]?[index] == nil { segments[base, default: [:]][index] = (value, isExtended) }
            }
        }
        for (base, found) in segments {
            if let value = Self.assembled(found) { values[base] = value }
        }
        values.merge(extended) { _, extended in extended }
    }

    /// The decoded value of the parameter of this lower-case name.
    public subscript(name: String) -> String? {
        guard let value = values[name] else { return nil }
        guard let charset = value.charset else { return EncodedWords.decode(value.bytes[...]) }
        return Charset.text(of: value.bytes[...], label: charset).text.singleLine
    }

    /// The bytes of the parameter of this lower-case name, for values that are not text.
    func bytes(_ name: String) -> [UInt8]? { values[name]?.bytes }

    /// `UTF-8'en'na%C3%AFve.pdf`
    private static func extendedValue(_ value: [UInt8]) -> Value {
        let pieces = value.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count == 3 else { return Value(bytes: percentDecoded(value[...]), charset: "") }
        return Value(bytes: percentDecoded(pieces[2]), charset: pieces[0].asciiLowercased)
    }

    private static func assembled(_ segments: [Int: (bytes: [UInt8], isExtended: Bool)]) -> Value? {
        guard let first = segments[0] else { return nil }
        var value = first.isExtended ? extendedValue(first.bytes) : Value(bytes: first.bytes)
        var index = 1
        while let next = segments[index] {
            value.bytes += next.isExtended ? percentDecoded(next.bytes[...]) : next.bytes
            if next.isExtended, value.charset == nil { value.charset = "" }
            index += 1
        }
        return value
    }

    private static func percentDecoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == UInt8(ascii: "%"), index + 2 < text.endIndex, let high = text[index + 1].hexValue,
                let low = text[index + 2].hexValue
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        return bytes
    }
}
