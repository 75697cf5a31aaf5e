/// Tells what of a mail's text its author wrote himself, and what stands below or between it.
///
/// It goes by what mail programs do in many languages, not by what people write: what is not known for a quotation is
/// left to be read. Where somebody answers point by point between the lines of the other, nothing is folded, since
/// neither can be understood alone.
public enum Quotation {
    /// A stretch that the author wrote, and how it ends.
    private typealias Own = (lines: Range<Int>, signature: Signature?)

    /// How many lines that could introduce a quotation are looked at more closely. No mail has more; only a hostile
    /// one would like every line to be.
    private static let longestSearch = 2_000

    private static let mostStretches = 20

    /// The stretches of the text to fold, in order and apart from each other.
    ///
    /// Offsets are bytes of exactly this text; time is proportional to its length.
    ///
    /// - Parameter subject: the subject of the mail: what is passed on is not folded.
    public static func folds(in text: String, subject: String) -> [Fold] {
        let lines = QuotedLines(text)
        var quotes = quotes(in: lines, isForward: isForward(subject))
        let own = ownStretches(in: lines, without: quotes)
        var signatures = own.compactMap(\.signature)
        if isInterleaved(quotes, own: own, in: lines) {
            quotes = []
            let last = lines.lastFilled ?? 0
            signatures = signatures.filter { $0.lines.upperBound > last }
        }
        let folds =
            quotes.map { fold(.quote, $0, in: lines) } + signatures.map { fold($0.kind, $0.lines, in: lines) }
        return leavingSomething(folds.sorted { $0.range.lowerBound < $1.range.lowerBound }, in: lines)
    }

    private static func isForward(_ subject: String) -> Bool {
        let prefix = subject.prefix { $0 != ":" && $0 != "\u{FF1A}" }
        guard prefix.endIndex != subject.endIndex else { return false }
        return QuotationWords.forwardPrefixes.contains(String(prefix).trimmed.lowercased())
    }

    /// The lines that are quoted, each stretch with what introduces it.
    private static func quotes(in text: QuotedLines, isForward: Bool) -> [Range<Int>] {
        var quotes: [Range<Int>] = []
        var index = 0
        var looks = 0
        while index < text.count {
            if text[index].isBlank {
                index += 1
                continue
            }
            if text[index].isQuoted {
                add(index..<endOfQuoted(from: index, in: text), to: &quotes, in: text)
            } else if looks > longestSearch {
                index += 1
                continue
            } else if text.startsOlderMessage(index), OlderMessage.isForward(text.words(index)) {
                break
            } else if text.startsOlderMessage(index),
                let older = OlderMessage(at: index, in: text, isForward: isForward)
            {
                let next = text.firstFilled(from: older.header.upperBound)
                let end = next.map { text[$0].isQuoted ? endOfQuoted(from: $0, in: text) : text.count }
                add(index..<(end ?? text.count), to: &quotes, in: text)
            } else if let start = attribution(endingAt: index, in: text) {
                let next = text.firstFilled(from: index + 1)
                let end = next.map { text[$0].isQuoted ? endOfQuoted(from: $0, in: text) : text.count }
                add(start..<(end ?? index + 1), to: &quotes, in: text)
            } else {
                if text.startsOlderMessage(index) || text.endsWithColon(index) { looks += 1 }
                index += 1
                continue
            }
            index = quotes.last?.upperBound ?? index + 1
        }
        return quotes
    }

    /// The first line of the attribution that ends with this one.
    private static func attribution(endingAt index: Int, in text: QuotedLines) -> Int? {
        guard text.endsWithColon(index) else { return nil }
        let next = text.firstFilled(from: index + 1)
        let isQuoteBehind = next.map { text[$0].isQuoted } ?? false
        return Attribution(endingAt: index, in: text, isQuoteBehind: isQuoteBehind)?.lines.lowerBound
    }

    /// Behind the last of the quoted lines that begin here, with the blank lines among them.
    private static func endOfQuoted(from start: Int, in text: QuotedLines) -> Int {
        var end = start
        var index = start
        while index < text.count, text[index].isBlank || text[index].isQuoted {
            index += 1
            if text[index - 1].isQuoted { end = index }
        }
        return end
    }

    /// Adds a stretch; only blank lines between two make them one.
    private static func add(_ quote: Range<Int>, to quotes: inout [Range<Int>], in text: QuotedLines) {
        if let before = quotes.last, (before.upperBound..<quote.lowerBound).allSatisfy({ text[$0].isBlank }) {
            quotes[quotes.count - 1] = before.lowerBound..<quote.upperBound
        } else {
            quotes.append(quote)
        }
    }

    /// What is left between the quotations.
    private static func ownStretches(in text: QuotedLines, without quotes: [Range<Int>]) -> [Own] {
        var own: [Range<Int>] = []
        var start = 0
        for quote in quotes + [text.count..<text.count] {
            if start < quote.lowerBound { own.append(start..<quote.lowerBound) }
            start = quote.upperBound
        }
        own.removeAll { stretch in !stretch.contains { !text[$0].isBlank } }
        // Only answers between the lines have so many stretches, and nothing of those is folded but the last signature.
        let isEndless = own.count > mostStretches
        return own.enumerated().map { place, stretch in
            (stretch, isEndless && place + 1 < own.count ? nil : Signature(endOf: stretch, in: text))
        }
    }

    /// Whether the author's own words, and not only his signature, stand between two quotations.
    private static func isInterleaved(
        _ quotes: [Range<Int>], own: [Own], in text: QuotedLines
    ) -> Bool {
        guard let first = quotes.first, let last = quotes.last, quotes.count > 1 else { return false }
        return own.contains { stretch, signature in
            guard stretch.lowerBound >= first.upperBound, stretch.upperBound <= last.lowerBound else { return false }
            let end = signature?.lines.lowerBound ?? stretch.upperBound
            return (stretch.lowerBound..<end).contains { !text[$0].isBlank }
        }
    }

    private static func fold(_ kind: Fold.Kind, _ range: Range<Int>, in text: QuotedLines) -> Fold {
        var end = range.upperBound
        while end > range.lowerBound + 1, text[end - 1].isBlank { end -= 1 }
        return Fold(kind: kind, range: text[range.lowerBound].range.lowerBound..<text[end - 1].range.upperBound)
    }

    /// The folds, unless nothing would be left to read: then what is quoted is all that there is to say.
    private static func leavingSomething(_ folds: [Fold], in text: QuotedLines) -> [Fold] {
        guard !folds.isEmpty else { return [] }
        var next = folds[...]
        for line in text.lines where !line.isBlank {
            while let fold = next.first, fold.range.upperBound <= line.range.lowerBound { next.removeFirst() }
            guard let fold = next.first, fold.range.contains(line.range.lowerBound) else { return folds }
        }
        return []
    }
}

extension QuotedLines {
    /// Whether a line may begin an older message: it has strokes at its beginning or a colon near it.
    fileprivate func startsOlderMessage(_ index: Int) -> Bool {
        let line = bytes[lines[index].range].prefix(80)
        guard let first = line.first(where: { !$0.isBlank && $0 != UInt8(ascii: "*") }) else { return false }
        if first == .dash || first == .equals || first == UInt8(ascii: "_") || first == UInt8(ascii: "#") {
            return true
        }
        return line.contains(.colon) || line.contains(0xEF)
            || QuotationWords.replyLines.contains(where: words(index).holds)
    }

    fileprivate var lastFilled: Int? { lines.lastIndex { !$0.isBlank } }
}
