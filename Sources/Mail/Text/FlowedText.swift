/// Joins the lines that a sender broke only to keep them short (RFC 3676).
enum FlowedText {
    /// The text as it was written. With `deletingSpace`, the blank before a soft break was added too.
    static func unfold(_ text: String, deletingSpace: Bool) -> String {
        var output = ""
        // The depth of quotation of a paragraph that goes on in the next line.
        var open: Int?
        for source in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let depth = source.utf8.prefix { $0 == UInt8(ascii: ">") }.count
            var line = source.dropFirst(depth)
            if line.hasPrefix(" ") { line = line.dropFirst() }
            let isSignature = line == "-- "
            if let before = open, before != depth || isSignature {
                output += "\n"
                open = nil
            }
            if open == nil {
                output += source.prefix(depth)
                if depth > 0, !line.isEmpty { output += " " }
            }
            open = !isSignature && line.hasSuffix(" ") ? depth : nil
            output += open != nil && deletingSpace ? line.dropLast() : line
            if open == nil { output += "\n" }
        }
        if output.hasSuffix("\n") { output.removeLast() }
        return output
    }
}
