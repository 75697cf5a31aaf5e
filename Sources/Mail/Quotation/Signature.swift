/// What stands below the author's own words and is the same in all his mails.
struct Signature {
    let kind: Fold.Kind
    /// Its lines; they end with the stretch of text in which it was looked for.
    let lines: Range<Int>

    /// No signature has more lines than this, unless the line is there that sets off signatures.
    private static let longest = 15

    /// The signature at the end of a stretch of a person's own words.
    init?(endOf stretch: Range<Int>, in text: borrowing QuotedLines) {
        var filled = stretch.filter { !text[$0].isBlank }
        guard let last = filled.last else { return nil }
        let end = last + 1
        if let start = filled.first(where: { Self.isDelimiter($0, before: end, in: text) }) {
            (kind, lines) = (.signature, start..<end)
            return
        }
        // What programs add comes last: the notice of the firm, then the line of the telephone above it.
        var start: Int?
        var isNotice = false
        if let notice = Self.notice(in: filled, of: text) {
            start = notice
            isNotice = true
            filled.removeAll { $0 >= notice }
        }
        if let footer = Self.listFooter(in: filled, of: text) ?? Self.device(in: filled, of: text)
            ?? Self.card(in: filled, of: text)
        {
            start = footer
            isNotice = false
        }
        guard let start else { return nil }
        (kind, lines) = (isNotice ? .notice : .signature, start..<end)
    }

    /// Whether signatures begin with this line: two dashes and nothing else, or one long one.
    private static func isDelimiter(_ index: Int, before end: Int, in text: borrowing QuotedLines) -> Bool {
        guard text[index].range.count <= 8, let stroke = Stroke(text.words(index), length: text[index].range.count)
        else { return false }
        switch stroke {
        case .certain: return true
        case .likely: return end - index <= longest
        }
    }

    private enum Stroke {
        case certain, likely

        init?(_ words: String, length: Int) {
            switch words {
            case "--" where length == 3: self = .certain
            case "--", "\u{2014}", "\u{2013}": self = .likely
            default: return nil
            }
        }
    }

    /// The line of strokes above what a mailing list puts below every mail.
    private static func listFooter(in filled: [Int], of text: borrowing QuotedLines) -> Int? {
        for (place, index) in filled.enumerated().suffix(longest).reversed() {
            guard let rule = text.rule(index), rule.length >= 20 else { continue }
            let below = filled[(place + 1)...].map { text.words($0) }
            let isList = below.contains { $0.holds("http://") || $0.holds("https://") || $0.holds("@") }
            return isList && below.count <= 10 ? index : nil
        }
        return nil
    }

    /// The line of a telephone or a mail program, if only addresses of pages follow.
    private static func device(in filled: [Int], of text: borrowing QuotedLines) -> Int? {
        for index in filled.suffix(3).reversed() {
            let words = text.words(index)
            let isCue =
                QuotationWords.devices.contains(where: words.hasPrefix)
                || QuotationWords.deviceEndings.contains(where: words.hasSuffix)
            if isCue, isDeviceLine(words) { return index }
            guard words.hasPrefix("http") || words.hasPrefix("<http") else { return nil }
        }
        return nil
    }

    /// Whether the line ends as the names of programs do. A sentence goes on, or has a full stop.
    private static func isDeviceLine(_ words: String) -> Bool {
        let bare = words.prefix { $0 != "<" && $0 != "(" && $0 != "[" }
        guard bare.split(separator: " ").count <= 8 else { return false }
        return !bare.contains(where: { ",;!?".contains($0) })
    }

    /// Name, place and telephone below "Kind regards": the name stays to be read, what follows is folded.
    private static func card(in filled: [Int], of text: borrowing QuotedLines) -> Int? {
        let tail = filled.suffix(longest)
        guard
            let closing = tail.last(where: { index in
                let words = text.words(index)
                var bare = Substring(words)
                while let last = bare.last, ",.!".contains(last) { bare.removeLast() }
                return QuotationWords.closings.contains(String(bare))
            })
        else { return nil }
        let below = tail.filter { $0 > closing }.dropFirst()
        guard below.count >= 3, let start = below.first else { return nil }
        let lines = below.map { text.words($0) }
        let isContact = lines.contains { $0.holds("@") || $0.holds("www.") || $0.holds("http") || isTelephone($0) }
        return isContact && lines.allSatisfy(isPartOfCard) ? start : nil
    }

    private static func isTelephone(_ words: String) -> Bool {
        words.utf8.count { $0.isDigit } >= 7 && words.utf8.count { $0.isLetter } <= 25
    }

    /// Lines of a card are short and no sentences.
    private static func isPartOfCard(_ words: String) -> Bool {
        guard !words.isEmpty, words.count <= 100, !words.hasPrefix("ps"), !words.hasPrefix("p.s") else { return false }
        let isSentence = words.last.map { ".?!".contains($0) } == true && words.split(separator: " ").count > 6
        return !isSentence
    }

    /// Where the paragraphs of a legal notice begin that end the stretch.
    private static func notice(in filled: [Int], of text: borrowing QuotedLines) -> Int? {
        var start: Int?
        var end = Int.max
        // Paragraph by paragraph from the end; a notice has few.
        for _ in 0..<6 {
            guard let bottom = filled.last(where: { $0 < end }) else { break }
            var top = bottom
            while let first = filled.first, top > first, !text[top - 1].isBlank { top -= 1 }
            let words = bottom - top < 40 ? text.prose(top..<(bottom + 1)) : ""
            if QuotationWords.notices.contains(where: { words.holds($0.0) && words.holds($0.1) }) { start = top }
            end = top
        }
        return start
    }
}
