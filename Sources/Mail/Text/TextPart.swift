/// A part of a message that is meant to be read.
struct TextPart {
    /// Text types that are files all the same.
    private static let files: Set<String> = [
        "text/calendar", "text/csv", "text/vcard", "text/x-vcard", "text/directory", "text/rfc822-headers", "text/css",
        "text/xml", "text/rtf", "text/javascript", "text/tab-separated-values",
    ]

    let text: String
    let isHTML: Bool
    /// The files that stood in the text itself.
    private(set) var files: [Attachment] = []

    /// Whether a part of this type may be shown in the body at all.
    static func isReadable(_ type: ContentType) -> Bool { type.type == "text" && !files.contains(type.name) }

    /// The text of a part; nil if it is not text in truth, whatever it says.
    init?(_ part: Part, defects: inout DefectList) {
        var (bytes, encodingDefect) = part.transferEncoding.decode(part.encoded)
        if let encodingDefect { defects.note(encodingDefect) }
        isHTML = part.contentType.name == "text/html"

        var label = part.contentType.parameters["charset"]
        if !isHTML, let found = UuencodedFiles(bytes[...]) {
            bytes = found.text
            files = found.files.map { file in
                let name = Charset.unlabelledText(file.name, hint: label)
                return Attachment(named: name, type: FileName.type(of: name), content: file.content)
            }
        }
        if isHTML, Charset(label: label ?? "") == nil { label = Self.statedInHTML(bytes) ?? label }
        let (text, textDefect) = Charset.text(of: bytes[...], label: label)
        if let textDefect { defects.note(textDefect) }

        let nulls = text.utf8.count { $0 == 0 }
        if nulls > 0 { defects.note(.nullCharacters) }
        guard nulls * 20 <= text.utf8.count else { return nil }
        self.text = Self.finished(text, type: part.contentType)
    }

    private static func finished(_ text: String, type: ContentType) -> String {
        guard type.parameters["format"]?.lowercased() == "flowed", type.name == "text/plain" else {
            return text.asPlainText
        }
        let deletesSpace = type.parameters["delsp"]?.lowercased() == "yes"
        return FlowedText.unfold(text.replacingLineEnds, deletingSpace: deletesSpace).asPlainText
    }

    /// The character set in the head of an HTML document: `<meta charset=…>` or its older form.
    private static func statedInHTML(_ bytes: [UInt8]) -> String? {
        let head = bytes.prefix(2_048).asciiLowercased
        guard let range = head.firstRange(of: "charset=") else { return nil }
        let value = head[range.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
        let label = value.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        return label.isEmpty ? nil : String(label)
    }
}
