/// Reads the header at the beginning of a message or part, tolerant as RFC 7103 advises.
struct HeaderParser {
    /// More fields than any honest message has.
    private static let fieldLimit = 2_000

    let limits: MessageParser.Limits
    private(set) var defects = DefectList()
    private var lines: ByteLines
    private var fields: [HeaderField] = []
    private let bytes: ArraySlice<UInt8>

    /// The field being read: its name, where its value begins and where it ends so far.
    private var open: (name: ArraySlice<UInt8>, start: Int, end: Int)?

    init(_ bytes: ArraySlice<UInt8>, limits: MessageParser.Limits) {
        self.bytes = bytes
        self.limits = limits
        lines = ByteLines(bytes)
    }

    /// The header and what follows it.
    mutating func parse() -> (header: Header, body: ArraySlice<UInt8>) {
        let body = bytes[readFields()...]
        closeField()
        return (Header(fields: fields), body)
    }

    /// Reads fields and returns where the body begins.
    private mutating func readFields() -> Int {
        while let line = lines.next() {
            let start = line.content.startIndex
            if line.content.isEmpty { return line.next }
            if start - bytes.startIndex > limits.headerBytes || fields.count + 1 >= Self.fieldLimit {
                return skipRest()
            }
            if line.content.first?.isBlank == true {
                if open != nil { open?.end = line.content.endIndex }
            } else if let colon = Self.colon(of: line.content) {
                begin(line.content, colon: colon)
            } else if Self.isMailboxSeparator(line.content), open == nil {
                continue
            } else if open != nil, isHeaderNext() {
                defects.note(.strayHeaderLine)
                open?.end = line.content.endIndex
            } else {
                defects.note(open == nil ? .noHeader : .missingSeparator)
                return start
            }
        }
        return bytes.endIndex
    }

    private mutating func begin(_ line: ArraySlice<UInt8>, colon: Int) {
        closeField()
        var name = line[..<colon]
        while name.last?.isBlank == true { name.removeLast() }
        if name.endIndex != colon {
            defects.note(.spaceBeforeColon(field: String(decoding: name.prefix(78), as: UTF8.self)))
        }
        open = (name, colon + 1, line.endIndex)
    }

    private mutating func closeField() {
        guard let field = open else { return }
        let limit = bytes.startIndex + limits.headerBytes
        if field.end > limit { defects.note(.headerTooLong) }
        let end = max(field.start, min(field.end, limit))
        fields.append(HeaderField(name: field.name, raw: bytes[field.start..<end]))
        open = nil
    }

    /// Passes over what is left of a header beyond the limits.
    private mutating func skipRest() -> Int {
        defects.note(.headerTooLong)
        while let line = lines.next() {
            if line.content.isEmpty { return line.next }
        }
        return bytes.endIndex
    }

    /// Whether the header goes on after the line just read, or ends properly there.
    private func isHeaderNext() -> Bool {
        var ahead = lines
        for _ in 0..<10 {
            guard let next = ahead.next() else { return false }
            // A fold belongs to the stray line; what follows the fold decides.
            if next.content.first?.isBlank == true { continue }
            return next.content.isEmpty || Self.colon(of: next.content) != nil
        }
        return false
    }

    /// Where the colon of a field stands, if the line begins with the name of one (RFC 5322, section 3.6.8, and
    /// with blanks before the colon, section 4.5.8).
    static func colon(of line: ArraySlice<UInt8>) -> Int? {
        var index = line.startIndex
        while index < line.endIndex, line[index] > 32, line[index] < 127, line[index] != .colon { index += 1 }
        guard index > line.startIndex, index - line.startIndex <= 998 else { return nil }
        while index < line.endIndex, line[index].isBlank { index += 1 }
        return index < line.endIndex && line[index] == .colon ? index : nil
    }

    /// The line that mailbox files put before each message ("From a@b Mon May 2 16:07:05 2005").
    private static func isMailboxSeparator(_ line: ArraySlice<UInt8>) -> Bool {
        line.starts(with: Array("From ".utf8)) || line.starts(with: Array(">From ".utf8))
    }
}
