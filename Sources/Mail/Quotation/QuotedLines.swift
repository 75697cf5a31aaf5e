import Glibc

/// The lines of a text, with what can be told of each from its bytes alone.
struct QuotedLines {
    struct Line {
        /// Where it stands in the bytes of the text, without its line feed.
        let range: Range<Int>
        let isBlank: Bool
        /// Whether it begins with the mark of a quoted line.
        let isQuoted: Bool
    }

    /// No cue is longer than this; longer lines are prose.
    private static let longestCue = 500

    let bytes: [UInt8]
    let lines: [Line]

    var count: Int { lines.count }
    subscript(index: Int) -> Line { lines[index] }

    init(_ text: String) {
        let bytes = Array(text.utf8)
        var lines: [Line] = []
        var reader = ByteLines(bytes[...])
        while let line = reader.next() {
            let content = line.content
            let first = content.first { !$0.isBlank }
            lines.append(
                Line(
                    range: content.startIndex..<content.endIndex,
                    isBlank: first == nil || content.allSatisfy { $0.isBlank } || Self.isInvisible(content),
                    isQuoted: first == UInt8(ascii: ">")))
        }
        (self.bytes, self.lines) = (bytes, lines)
    }

    /// Whether nothing but spaces that do not break stands on the line.
    private static func isInvisible(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count <= 40, line.contains(0xC2) else { return false }
        return String(decoding: line, as: UTF8.self).unicodeScalars.allSatisfy { $0.properties.isWhitespace }
    }

    /// Some lines as one, in lower case, without the marks of emphasis and direction that programs put around them.
    func words(_ range: Range<Int>) -> String {
        let length = lines[range.upperBound - 1].range.upperBound - lines[range.lowerBound].range.lowerBound
        guard length <= Self.longestCue else { return "" }
        let line = range.map { String(decoding: bytes[lines[$0].range], as: UTF8.self).trimmed }.joined(separator: " ")
        let kept = line.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x200B...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: false
            default: scalar != "*"
            }
        }
        return String(String.UnicodeScalarView(kept)).trimmed.lowercased()
    }

    func words(_ index: Int) -> String { words(index..<(index + 1)) }

    /// Some lines as one, in lower case, however long they are.
    func prose(_ range: Range<Int>) -> String {
        range.map { String(decoding: bytes[lines[$0].range], as: UTF8.self) }.joined(separator: " ").lowercased()
    }

    /// The next line from `index` on that says something.
    func firstFilled(from index: Int) -> Int? {
        var index = index
        while index < count {
            if !lines[index].isBlank { return index }
            index += 1
        }
        return nil
    }

    /// The byte of the line's last character that can be a colon, quickly: most lines are ruled out by it.
    func endsWithColon(_ index: Int) -> Bool {
        let line = bytes[lines[index].range]
        guard line.count <= Self.longestCue else { return false }
        let tail = String(decoding: line.suffix(16), as: UTF8.self).unicodeScalars.filter {
            !$0.properties.isWhitespace && $0.properties.generalCategory != .format && $0 != "*"
        }
        return tail.last == ":" || tail.last == "\u{FF1A}"
    }

    /// Whether a line is made of one kind of stroke only, and how long it is.
    func rule(_ index: Int) -> (stroke: UInt8, length: Int)? {
        let line = bytes[lines[index].range].trimmed
        guard line.count <= Self.longestCue else { return nil }
        let strokes = line.filter { $0 != UInt8(ascii: "*") }
        guard let first = strokes.first, [.dash, .equals, UInt8(ascii: "_")].contains(first),
            strokes.allSatisfy({ $0 == first })
        else { return nil }
        return (first, strokes.count)
    }
}

extension String {
    /// Whether another text is within this one, byte by byte: quicker than a comparison of characters.
    func holds(_ other: String) -> Bool { firstByte(of: other) != nil }

    /// Where in the bytes of this text another one begins.
    func firstByte(of other: String) -> Int? {
        var (text, sought) = (self, other)
        return text.withUTF8 { text in
            sought.withUTF8 { sought -> Int? in
                guard let base = text.baseAddress, let start = sought.baseAddress else { return nil }
                var offset = 0
                while offset + sought.count <= text.count {
                    let room = text.count - sought.count - offset + 1
                    guard let found = memchr(base + offset, Int32(start[0]), room) else { return nil }
                    if memcmp(found, start, sought.count) == 0 {
                        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
                    }
                    offset = UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
                }
                return nil
            }
        }
    }
}
