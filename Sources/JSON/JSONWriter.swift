/// Writes JSON text at the end of a list of bytes, straight from the values, with nothing in between.
public struct JSONWriter: Sendable {
    /// How a text looks, the meaning being the same.
    public struct Style: Sendable {
        /// Writes `<`, `>` and `&` as escapes, so that the text can stand inside a page.
        public var isSafeInHTML = false
        /// Writes members in the order of their names' UTF-8, so that the same value always gives the same bytes.
        public var isSorted = false

        public init(isSafeInHTML: Bool = false, isSorted: Bool = false) {
            self.isSafeInHTML = isSafeInHTML
            self.isSorted = isSorted
        }
    }

    public private(set) var bytes: [UInt8] = []
    public let style: Style
    /// Whether a comma is due before what comes next.
    private var needsComma = false

    public init(style: Style = Style()) { self.style = style }

    /// The whole text so far.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes an object; `body` writes its members.
    public mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        open(UInt8(ascii: "{"))
        try body(&self)
        close(UInt8(ascii: "}"))
    }

    /// Writes a list; `body` writes its elements.
    public mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        open(UInt8(ascii: "["))
        try body(&self)
        close(UInt8(ascii: "]"))
    }

    /// Writes one member of an object.
    public mutating func member(_ name: String, _ value: some JSONValue) {
        self.name(name)
        element(value)
    }

    /// Writes one member of an object whose value `body` writes with one call.
    public mutating func member(_ name: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
        self.name(name)
        try body(&self)
    }

    /// Writes a value: an element of a list, or the whole text.
    public mutating func element(_ value: some JSONValue) { write(value.json) }

    private mutating func write(_ value: JSON) {
        switch value {
        case .null: scalar("null")
        case .bool(let value): scalar(value ? "true" : "false")
        case .number(let value): scalar(value.text)
        case .string(let value):
            comma()
            quoted(value)
        case .array(let elements):
            array { writer in
                for element in elements { writer.write(element) }
            }
        case .object(let object):
            let members =
                style.isSorted
                ? object.members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } : object.members
            self.object { writer in
                for member in members { writer.member(member.name, member.value) }
            }
        }
    }

    private mutating func open(_ byte: UInt8) {
        comma()
        bytes.append(byte)
        needsComma = false
    }

    private mutating func close(_ byte: UInt8) {
        bytes.append(byte)
        needsComma = true
    }

    private mutating func comma() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func name(_ name: String) {
        comma()
        quoted(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func scalar(_ text: String) {
        comma()
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func quoted(_ text: String) {
        JSONEscape.append(text, to: &bytes, safeInHTML: style.isSafeInHTML)
    }
}

extension JSON {
    /// The text without any space.
    public var text: String { String(decoding: bytes(), as: UTF8.self) }

    /// The text without any space, as bytes.
    public func bytes(style: JSONWriter.Style = .init()) -> [UInt8] {
        var writer = JSONWriter(style: style)
        writer.element(self)
        return writer.bytes
    }
}

extension JSON: CustomStringConvertible {
    public var description: String { text }
}
