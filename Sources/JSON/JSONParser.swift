extension JSON {
    /// Reads one JSON text, by the letter of RFC 8259 and no more leniently.
    ///
    /// Refused as well, because they can be read two ways or not be kept: a name that stands twice in an
    /// object, half of a surrogate pair, a byte order mark.
    public static func parse(
        _ bytes: some Sequence<UInt8>, limits: JSONLimits = JSONLimits()
    ) throws(JSONSyntaxFault) -> JSON {
        var parser = JSONParser(bytes: Array(bytes), limits: limits)
        return try parser.document()
    }

    /// Reads one JSON text.
    public static func parse(_ text: String, limits: JSONLimits = JSONLimits()) throws(JSONSyntaxFault) -> JSON {
        try parse(text.utf8, limits: limits)
    }
}

/// Turns bytes into one value. Its extensions read strings and numbers.
struct JSONParser {
    let bytes: [UInt8]
    let limits: JSONLimits
    var position = 0
    private var depth = 0
    private var values = 0

    init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    func fault(_ detail: String, at position: Int? = nil) -> JSONSyntaxFault {
        JSONSyntaxFault(detail, at: position ?? self.position, in: bytes)
    }

    mutating func document() throws(JSONSyntaxFault) -> JSON {
        guard bytes.count <= limits.bytes else {
            throw fault("the text is \(bytes.count) bytes long; \(limits.bytes) is the most", at: limits.bytes)
        }
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw fault("the text is not UTF-8", at: error.byteOffsets.lowerBound)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw fault("the text begins with a byte order mark; save it as UTF-8 without one")
        }
        skipSpace()
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw fault("\(found) follows the end of the value") }
        return value
    }

    /// What stands at the position, as a fault names it.
    var found: String {
        guard let next else { return "the end of the text" }
        guard next >= 0x80 else {
            return next < 0x20 || next == 0x7F ? "control character \(next)" : "\"\(Character(Unicode.Scalar(next)))\""
        }
        let character = String(decoding: bytes[position..<min(position + 4, bytes.count)], as: UTF8.self)
        return "\"\(String(character.unicodeScalars.prefix(1)))\""
    }

    mutating func skipSpace() {
        while let next, next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { position += 1 }
    }

    private mutating func value() throws(JSONSyntaxFault) -> JSON {
        values += 1
        guard values <= limits.values else { throw fault("more than \(limits.values) values") }
        switch next {
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case .some(let byte) where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte):
            return .number(try number())
        default: throw fault("\(found) stands where a value should begin")
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONSyntaxFault) -> JSON {
        let text = "\(word)"
        guard bytes[position...].starts(with: text.utf8) else {
            throw fault("\(found) stands where a value should begin; a text needs quotes")
        }
        position += text.utf8.count
        return value
    }

    private mutating func enter() throws(JSONSyntaxFault) {
        depth += 1
        guard depth <= limits.depth else { throw fault("more than \(limits.depth) levels inside one another") }
        position += 1
        skipSpace()
    }

    /// Passes the closing character if it stands here.
    private mutating func leave(_ close: UInt8) -> Bool {
        guard next == close else { return false }
        position += 1
        depth -= 1
        return true
    }

    private mutating func array() throws(JSONSyntaxFault) -> [JSON] {
        try enter()
        var elements: [JSON] = []
        if leave(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value())
            skipSpace()
            if leave(UInt8(ascii: "]")) { return elements }
            guard next == UInt8(ascii: ",") else { throw fault("\(found) stands where \",\" or \"]\" should") }
            position += 1
            skipSpace()
        }
    }

    private mutating func object() throws(JSONSyntaxFault) -> JSONObject {
        try enter()
        var object = JSONObject()
        if leave(UInt8(ascii: "}")) { return object }
        while true {
            guard next == UInt8(ascii: "\"") else { throw fault("\(found) stands where a name in quotes should") }
            let start = position
            let name = try string()
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw fault("\(found) stands where \":\" should") }
            position += 1
            skipSpace()
            guard object.add(name, try value()) else {
                throw fault("the name \"\(name.shortened)\" stands twice in this object", at: start)
            }
            skipSpace()
            if leave(UInt8(ascii: "}")) { return object }
            guard next == UInt8(ascii: ",") else { throw fault("\(found) stands where \",\" or \"}\" should") }
            position += 1
            skipSpace()
        }
    }
}
