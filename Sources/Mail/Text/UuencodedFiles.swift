/// The files that stand uuencoded between the words of a text, as programs sent them before MIME and some still do.
///
/// Only what decodes as a file is taken for one: `begin`, permissions and lines of the right lengths. A text that
/// merely speaks of beginning keeps every word.
struct UuencodedFiles {
    /// A file by its stated name.
    struct File {
        let name: ArraySlice<UInt8>
        let content: [UInt8]
    }

    /// What is left of the text.
    private(set) var text: [UInt8] = []
    private(set) var files: [File] = []

    private static let mostFiles = 500

    /// Nil if there are no files in it.
    init?(_ bytes: ArraySlice<UInt8>) {
        var kept = bytes.startIndex
        var position = bytes.startIndex
        while files.count < Self.mostFiles, let beginning = Uuencode.beginning(in: bytes, from: position) {
            position = beginning.next
            guard let (content, end) = Self.content(in: bytes, from: beginning.next) else { continue }
            files.append(File(name: beginning.name, content: content))
            text += bytes[kept..<beginning.start]
            (kept, position) = (end, end)
        }
        if files.isEmpty { return nil }
        text += bytes[kept...]
    }

    /// The bytes of a file and where the text goes on; nil if the lines are none of a file.
    private static func content(in bytes: ArraySlice<UInt8>, from start: Int) -> (content: [UInt8], end: Int)? {
        var decoder = Uuencode()
        var lines = ByteLines(bytes[start...])
        var (whole, cut) = (0, 0)
        // Where the lines without doubt end, if nothing ends them.
        var last = (end: start, count: 0)
        while let next = lines.peek() {
            guard let line = Uuencode.Line(next.content), line.length > 0 else { break }
            if line.isWhole { whole += 1 } else { cut += 1 }
            decoder.take(line)
            lines.move(to: next.next)
            if line.isWhole { last = (next.next, decoder.bytes.count) }
        }
        let isEmpty = whole + cut == 0
        if let end = endOfFile(lines, isEmpty: isEmpty), whole > 0 || isEmpty { return (decoder.bytes, end) }
        // Without an end, one line of the right length may be a coincidence; two are not.
        guard whole > 1 else { return nil }
        return (Array(decoder.bytes.prefix(last.count)), last.end)
    }

    /// Where the text goes on behind "end", before which a line of no bytes stands: a backquote, or a blank that may
    /// have been lost. A file without any bytes needs its backquote to be told from words.
    private static func endOfFile(_ lines: ByteLines, isEmpty: Bool) -> Int? {
        var lines = lines
        var hasMark = false
        for _ in 0..<4 {
            guard let line = lines.next() else { return nil }
            if line.content.trimmed.elementsEqual("end".utf8) { return isEmpty && !hasMark ? nil : line.next }
            if line.content.trimmed.elementsEqual("`".utf8) {
                hasMark = true
            } else if !line.content.allSatisfy(\.isBlank) {
                return nil
            }
        }
        return nil
    }
}
