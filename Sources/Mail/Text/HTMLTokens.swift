/// Cuts HTML into tags and text, whatever it is like, in time proportional to its length.
struct HTMLTokens: Sequence, IteratorProtocol {
    enum Token {
        case text(ArraySlice<UInt8>)
        /// A tag that opens; its attributes are still in the source.
        case open(name: String, attributes: ArraySlice<UInt8>)
        case close(name: String)
    }

    /// Elements whose content is not text for a reader.
    private static let unread: Set<String> = ["script", "style", "title", "xml", "noframes", "template"]

    private let bytes: ArraySlice<UInt8>
    private var index: Int
    /// Once a quote in a tag was found to be open, quotes no longer hide the end of a tag.
    private var quotesAreBroken = false
    private var hasNoMoreTags = false

    init(_ html: String) {
        bytes = Array(html.utf8)[...]
        index = bytes.startIndex
    }

    mutating func next() -> Token? {
        while index < bytes.endIndex {
            let start = index
            if bytes[index] != UInt8(ascii: "<") || !beginsTag(at: index) {
                index = bytes[(start + 1)...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.endIndex
                return .text(bytes[start..<index])
            }
            if let token = tag() { return token }
        }
        return nil
    }

    private func beginsTag(at start: Int) -> Bool {
        guard !hasNoMoreTags, start + 1 < bytes.endIndex else { return false }
        let next = bytes[start + 1]
        return next.isLetter || next == UInt8(ascii: "!") || next == .question || next == UInt8(ascii: "/")
    }

    /// Reads the tag at the index and moves behind it. Nil for comments and the like.
    private mutating func tag() -> Token? {
        let start = index + 1
        if bytes[start...].starts(with: Array("!--".utf8)) {
            index = end(of: "-->", from: start + 3)
            return nil
        }
        guard let end = endOfTag(from: start) else {
            hasNoMoreTags = true
            return nil
        }
        index = end + 1
        let isClosing = bytes[start] == UInt8(ascii: "/")
        let content = bytes[(isClosing ? start + 1 : start)..<end]
        guard content.first?.isLetter == true else { return nil }
        let nameEnd = content.firstIndex { !$0.isLetter && !$0.isDigit } ?? content.endIndex
        let name = content[..<nameEnd].prefix(32).asciiLowercased
        if isClosing { return .close(name: name) }
        if Self.unread.contains(name), content.last != UInt8(ascii: "/") { skipContent(of: name) }
        return .open(name: name, attributes: content[nameEnd...])
    }

    private mutating func endOfTag(from start: Int) -> Int? {
        if !quotesAreBroken {
            var quote: UInt8?
            for position in start..<bytes.endIndex {
                let byte = bytes[position]
                if let open = quote {
                    if byte == open { quote = nil }
                } else if byte == UInt8(ascii: ">") {
                    return position
                } else if (byte == .quote || byte == UInt8(ascii: "'")) && bytes[position - 1] == .equals {
                    quote = byte
                }
            }
            quotesAreBroken = true
        }
        return bytes[start...].firstIndex(of: UInt8(ascii: ">"))
    }

    private func end(of mark: String, from start: Int) -> Int {
        let mark = Array(mark.utf8)
        var position = Swift.min(start, bytes.endIndex)
        while position < bytes.endIndex {
            if bytes[position] == mark[0], bytes[position...].starts(with: mark) { return position + mark.count }
            position += 1
        }
        return bytes.endIndex
    }

    private mutating func skipContent(of name: String) {
        let wanted = Array(name.utf8)
        var position = index
        while position + 1 < bytes.endIndex {
            if bytes[position] == UInt8(ascii: "<"), bytes[position + 1] == UInt8(ascii: "/"),
                bytes[(position + 2)...].prefix(wanted.count).map(\.lowercased) == wanted
            {
                index = position
                return
            }
            position += 1
        }
        index = bytes.endIndex
    }
}

extension HTMLTokens {
    /// The decoded value of an attribute in the source of a tag; nil if it is absent.
    static func attribute(_ wanted: String, in source: ArraySlice<UInt8>) -> String? {
        var index = source.startIndex
        while index < source.endIndex {
            while index < source.endIndex, source[index] <= 32 || source[index] == UInt8(ascii: "/") { index += 1 }
            let start = index
            while index < source.endIndex, source[index] > 32, source[index] != .equals { index += 1 }
            let name = source[start..<index].asciiLowercased
            while index < source.endIndex, source[index] <= 32 { index += 1 }
            guard index < source.endIndex, source[index] == .equals else {
                if index == start { index += 1 }
                continue
            }
            index += 1
            while index < source.endIndex, source[index] <= 32 { index += 1 }
            let value = attributeValue(in: source, at: &index)
            if name == wanted { return HTMLEntities.decode(value) }
        }
        return nil
    }

    private static func attributeValue(in source: ArraySlice<UInt8>, at index: inout Int) -> ArraySlice<UInt8> {
        guard index < source.endIndex else { return [] }
        let quote = source[index]
        let start: Int
        if quote == .quote || quote == UInt8(ascii: "'") {
            start = index + 1
            index = source[start...].firstIndex(of: quote) ?? source.endIndex
            defer { index = Swift.min(index + 1, source.endIndex) }
            return source[start..<index]
        }
        start = index
        while index < source.endIndex, source[index] > 32 { index += 1 }
        return source[start..<index]
    }
}
