/// The beginning of an older message that stands below without marks: a line with "Original Message", or the fields
/// of its header as programs write them out.
struct OlderMessage {
    /// From the first line that belongs to it to behind the last line of its header.
    let header: Range<Int>

    /// How many lines a header of an older message has at most, long lists of recipients included.
    private static let longestHeader = 12

    /// The older message that begins with a line, if one does.
    ///
    /// - Parameter isForward: whether the whole mail passes something on. Then a header that nothing sets off begins
    ///   what it is about.
    init?(at index: Int, in text: borrowing QuotedLines, isForward: Bool) {
        if let rule = text.rule(index) {
            guard !isForward, rule.length >= 5, let next = text.firstFilled(from: index + 1), next <= index + 3 else {
                return nil
            }
            let isOutlooks = rule.stroke == UInt8(ascii: "_") && rule.length >= 30
            guard let end = Self.endOfHeader(at: next, in: text, isIntroduced: isOutlooks) else { return nil }
            header = index..<end
            return
        }
        let words = text.words(index)
        guard !words.isEmpty else { return nil }
        if Self.isSeparator(words) {
            let next = text.firstFilled(from: index + 1) ?? index
            header = index..<(Self.endOfHeader(at: next, in: text, isIntroduced: true) ?? index + 1)
        } else if !isForward, let end = Self.endOfHeader(at: index, in: text, isIntroduced: false) {
            header = index..<end
        } else {
            return nil
        }
    }

    /// Whether a line is a title between dashes, or the line above which a desk wants its answers.
    private static func isSeparator(_ words: String) -> Bool {
        if let title = title(in: words), QuotationWords.separators.contains(title) { return true }
        return QuotationWords.replyLines.contains(where: words.holds)
    }

    /// Whether what follows the line is passed on, so that it is what the mail is about.
    static func isForward(_ words: String) -> Bool {
        title(in: words).map(QuotationWords.forwards.contains) ?? false
    }

    /// What stands between strokes on a line.
    private static func title(in words: String) -> String? {
        func isStroke(_ letter: Character) -> Bool { "-_=\u{2013}\u{2014} #".contains(letter) }
        guard let first = words.first, let last = words.last, isStroke(first), isStroke(last) || last == ":" else {
            return nil
        }
        var title = words.drop(while: isStroke)
        while let last = title.last, isStroke(last) || last == ":" { title.removeLast() }
        return String(title)
    }

    /// Behind the last field of a header that begins with a line.
    ///
    /// - Parameter isIntroduced: whether the line above says already that a header follows. Then it may be in any
    ///   language.
    private static func endOfHeader(
        at start: Int, in text: borrowing QuotedLines, isIntroduced: Bool
    ) -> Int? {
        guard start < text.count, field(on: start, in: text) != nil || isIntroduced else { return nil }
        var found: Set<QuotationWords.Field> = []
        var shapes = 0
        var hasAddress = false
        var end = start
        var index = start
        while index < min(text.count, start + longestHeader), !text[index].isBlank, !text[index].isQuoted {
            let words = text.words(index)
            if let (field, value) = field(in: words) {
                if let field { found.insert(field) }
                if value.contains("@") { hasAddress = true }
                shapes += 1
                end = index + 1
            } else if index - end >= 2 {
                // A list of recipients goes on for some lines, prose for more.
                break
            }
            index += 1
        }
        if found.contains(.from), found.count >= 3 { return end }
        return isIntroduced && shapes >= 3 && (hasAddress || found.count >= 2) ? end : nil
    }

    private static func field(on index: Int, in text: borrowing QuotedLines) -> QuotationWords.Field? {
        field(in: text.words(index))?.field
    }

    /// What a line says as a field of a header; the field is nil if its name is of no language known here.
    private static func field(in words: String) -> (field: QuotationWords.Field?, value: Substring)? {
        guard let colon = words.firstIndex(where: { $0 == ":" || $0 == "\u{FF1A}" }) else { return nil }
        let name = String(words[..<colon]).trimmed
        let value = words[words.index(after: colon)...]
        guard !name.isEmpty, name.utf8.count <= 40 else { return nil }
        return (QuotationWords.fields[name], value)
    }
}
