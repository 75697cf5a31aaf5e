/// The lines that introduce a quotation: "On Monday Anna wrote:", in whatever language.
struct Attribution {
    /// From the line with which it begins to the one that ends with the colon.
    let lines: Range<Int>
    /// Whether it can be nothing else, even if what follows is not marked as quoted.
    let isCertain: Bool

    /// At most this many lines are one attribution: programs break long ones.
    private static let longest = 4

    /// The attribution that ends with a line.
    init?(endingAt last: Int, in text: borrowing QuotedLines, isQuoteBehind: Bool) {
        guard text.endsWithColon(last) else { return nil }
        var best: (start: Int, evidence: Evidence)?
        for start in stride(from: last, through: max(0, last - Self.longest + 1), by: -1) {
            if text[start].isBlank || text[start].isQuoted { break }
            let words = text.words(start..<(last + 1))
            guard !words.isEmpty else { break }
            let evidence = Evidence(words)
            if start == last, !evidence.hasVerb, !evidence.hasAddress { return nil }
            if evidence.count > (best?.evidence.count ?? 0) { best = (start, evidence) }
            if evidence.hasOpening {
                if evidence.count >= 2 { best = (start, evidence) }
                break
            }
            if evidence.count == 3 { break }
        }
        guard let (start, evidence) = best else { return nil }
        lines = start..<(last + 1)
        isCertain = evidence.hasVerb && evidence.hasDate && (evidence.hasAddress || evidence.hasOpening)
        guard isCertain || isQuoteBehind && evidence.isLikely else { return nil }
    }

    /// What speaks for a line's introducing a quotation.
    private struct Evidence {
        let hasVerb: Bool
        let hasAddress: Bool
        let hasDate: Bool
        let hasOpening: Bool
        private let length: Int

        var count: Int { (hasVerb ? 1 : 0) + (hasAddress ? 1 : 0) + (hasDate ? 1 : 0) }

        /// Whether it is enough where quoted lines follow.
        var isLikely: Bool { count >= 2 || hasVerb && length <= 120 || hasAddress && length <= 120 }

        init(_ words: String) {
            hasVerb = QuotationWords.verbs.contains { Self.holds(words, $0) }
            hasAddress = words.utf8.contains(UInt8(ascii: "@"))
            hasDate = Self.holdsDate(words)
            hasOpening = hasDate && QuotationWords.openings.contains { words.hasPrefix($0) }
            length = words.utf8.count
        }

        /// Whether the verb is there as a word of its own, or, in scripts without blanks, at all.
        private static func holds(_ words: String, _ verb: String) -> Bool {
            guard let offset = words.firstByte(of: verb) else { return false }
            guard verb.utf8.allSatisfy({ $0 < 0xE3 }) else { return true }
            let start = words.utf8.index(words.startIndex, offsetBy: offset)
            let end = words.utf8.index(start, offsetBy: verb.utf8.count)
            let before = start == words.startIndex ? " " : words[words.index(before: start)]
            let after = end == words.endIndex ? " " : words[end]
            return !before.isLetter && !after.isLetter
        }

        /// Whether a year, a time of day or a date in figures stands in it.
        private static func holdsDate(_ words: String) -> Bool {
            let figures = words.utf8.split { !$0.isDigit && !":.-/".utf8.contains($0) }
            return figures.contains { figure in
                let runs = figure.split { !$0.isDigit }
                if runs.contains(where: { $0.count == 4 && ($0.starts(with: "19".utf8) || $0.starts(with: "20".utf8)) })
                {
                    return true
                }
                return runs.count >= 2 && runs.allSatisfy { $0.count <= 4 }
            }
        }
    }
}
