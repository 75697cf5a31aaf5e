/// A table as spreadsheets read it (RFC 4180): lines end with CR LF, a cell is quoted where it must be.
struct CSV {
    private(set) var text = ""

    init(_ header: [String]) { append(header) }

    mutating func append(_ cells: [String]) {
        text += cells.map(Self.cell).joined(separator: ",") + "\r\n"
    }

    /// A cell that begins as a formula does gets an apostrophe before it, so that no spreadsheet runs what a stranger
    /// has written; a number keeps its sign.
    static func cell(_ text: String) -> String {
        let isDangerous =
            text.unicodeScalars.first.map { "=+-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0) }
            ?? false
        let safe = isDangerous && Double(text) == nil ? "'" + text : text
        guard safe.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
