/// Cuts HTML into tags and text by the rules of the HTML standard (13.2.5), as far as they decide what is a tag.
struct SafeTokens: Sequence, IteratorProtocol {
    /// A start tag with its attributes as they stand in the source.
    struct Tag {
        let name: String
        var attributes: [(name: String, value: ArraySlice<UInt8>)] = []

        /// The decoded text of an attribute; nil if it is absent.
        func text(of name: String) -> String? {
            attributes.first { $0.name == name }.map { SafeText.decode($0.value) }
        }
    }

    enum Token {
        case text(ArraySlice<UInt8>)
        case start(Tag)
        case end(String)
    }

    /// Elements whose content browsers do not read as HTML, or not where scripts run: it is left out with them.
    private static let raw: Set<String> = [
        "script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "textarea", "title",
    ]
    private static let mostAttributes = 60

    private let bytes: [UInt8]
    private var index = 0

    init(_ html: String) { bytes = Array(html.utf8) }

    mutating func next() -> Token? {
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "<"), index + 1 < bytes.count else { return text() }
            let next = bytes[index + 1]
            if next.isNameStart {
                guard let tag = tag(from: index + 1) else { return nil }
                if tag.name == "plaintext" {
                    index = bytes.count
                } else if Self.raw.contains(tag.name) {
                    skipContent(of: tag.name)
                }
                return .start(tag)
            } else if next == UInt8(ascii: "/"), index + 2 < bytes.count, bytes[index + 2].isNameStart {
                guard let tag = tag(from: index + 2) else { return nil }
                return .end(tag.name)
            } else if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") || next == UInt8(ascii: "/") {
                skipComment()
            } else {
                return text()
            }
        }
        return nil
    }

    /// The text up to the next `<`.
    private mutating func text() -> Token {
        let start = index
        index = bytes[(start + 1)...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        return .text(bytes[start..<index])
    }

    /// Moves behind a comment or what counts as one; one that does not end takes all that is left.
    private mutating func skipComment() {
        guard bytes[index...].starts(with: "<!--".utf8) else {
            index = (bytes[index...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1) + 1
            return
        }
        var place = index + 4
        if bytes[place...].starts(with: ">".utf8) {
            index = place + 1
            return
        }
        if bytes[place...].starts(with: "->".utf8) {
            index = place + 2
            return
        }
        while let dash = bytes[place...].firstIndex(of: UInt8(ascii: "-")) {
            for end in ["-->", "--!>"] where bytes[dash...].starts(with: end.utf8) {
                index = dash + end.utf8.count
                return
            }
            place = dash + 1
        }
        index = bytes.count
    }

    /// Moves to the end tag of an element whose content is not HTML.
    private mutating func skipContent(of name: String) {
        var place = index
        while let opening = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
            let end = opening + 2 + name.utf8.count
            if end < bytes.count, bytes[opening + 1] == UInt8(ascii: "/"), bytes[end].isTagBreak,
                bytes[(opening + 2)..<end].elementsEqual(name.utf8, by: { $0.lower == $1 })
            {
                index = opening
                return
            }
            place = opening + 1
        }
        index = bytes.count
    }

    /// The tag whose name begins there; nil if the source ends within it.
    private mutating func tag(from start: Int) -> Tag? {
        index = start
        var tag = Tag(name: name(isAttribute: false))
        while true {
            while index < bytes.count, bytes[index].isSpace || bytes[index] == UInt8(ascii: "/") { index += 1 }
            guard index < bytes.count else { return nil }
            if bytes[index] == UInt8(ascii: ">") {
                index += 1
                return tag
            }
            guard let attribute = attribute() else { return nil }
            if tag.attributes.count < Self.mostAttributes,
                !tag.attributes.contains(where: { $0.name == attribute.name })
            {
                tag.attributes.append(attribute)
            }
        }
    }

    /// A name in lower case; one that is longer than any that is known counts as unknown. That of an attribute ends
    /// before an equals sign too, unless it begins with one.
    private mutating func name(isAttribute: Bool) -> String {
        let start = index
        while index < bytes.count, !bytes[index].isTagBreak {
            if isAttribute, bytes[index] == UInt8(ascii: "="), index > start { break }
            index += 1
        }
        guard index - start <= 40 else { return "" }
        return String(decoding: bytes[start..<index].map(\.lower), as: UTF8.self)
    }

    private mutating func attribute() -> (name: String, value: ArraySlice<UInt8>)? {
        let name = name(isAttribute: true)
        while index < bytes.count, bytes[index].isSpace { index += 1 }
        guard index < bytes.count else { return nil }
        guard bytes[index] == UInt8(ascii: "=") else { return (name, []) }
        index += 1
        while index < bytes.count, bytes[index].isSpace { index += 1 }
        guard index < bytes.count else { return nil }
        let quote = bytes[index]
        if quote == UInt8(ascii: ">") { return (name, []) }
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            let start = index + 1
            guard let end = bytes[start...].firstIndex(of: quote) else {
                index = bytes.count
                return nil
            }
            index = end + 1
            return (name, bytes[start..<end])
        }
        let start = index
        while index < bytes.count, !bytes[index].isSpace, bytes[index] != UInt8(ascii: ">") { index += 1 }
        return (name, bytes[start..<index])
    }
}

extension UInt8 {
    var isNameStart: Bool { (0x61...0x7A).contains(self | 0x20) }
    /// The white space of HTML.
    var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0C || self == 0x0D }
    /// What ends the name of a tag.
    var isTagBreak: Bool { isSpace || self == UInt8(ascii: "/") || self == UInt8(ascii: ">") }
    var lower: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
