/// Folds the older messages that a mail's HTML repeats. Nothing is taken away: each opens without a script.
///
/// It goes by the marks of ``SafeQuotes`` and by `blockquote`, and reads what ``SafeHTML`` wrote. Where somebody
/// answers between the lines of the other, nothing is folded, since neither can be understood alone; nor is a mail that
/// has nothing else to read.
public struct QuotedHTML {
    /// A stretch that is an older message: bytes of the markup.
    private struct Quote {
        let start: Int
        var end: Int
        /// The tags of the elements in which it begins, if it goes on beyond their ends.
        let around: [ArraySlice<UInt8>]
    }

    private let bytes: [UInt8]
    private var quotes: [Quote] = []
    /// How many letters stand before the first quotation, between two, and behind the last.
    private var own = [0]

    /// The HTML with its quotations folded under these words.
    public static func folded(_ html: HTML, words: String, language: String) -> HTML {
        var reading = QuotedHTML(html.markup)
        reading.read()
        guard reading.isWorthFolding else { return html }
        let summary: HTML = """
            <details class="mail-quotation"><summary lang="\(language)">\(words)</summary>
            """
        return reading.written(Array(summary.markup.utf8))
    }

    private init(_ markup: String) { bytes = Array(markup.utf8) }

    private var isWorthFolding: Bool {
        !quotes.isEmpty && own.contains { $0 > 0 } && !own.dropFirst().dropLast().contains { $0 > 0 }
    }

    /// Finds the outermost quotations.
    private mutating func read() {
        var open: [(tag: ArraySlice<UInt8>, isQuote: Bool)] = []
        var inside = 0
        var hasWords = false
        var index = 0
        while index < bytes.count {
            let start = index
            guard bytes[start] == UInt8(ascii: "<") else {
                index = bytes[start...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
                let text = bytes[start..<index]
                if inside == 0, SafeQuotes.isSeparator(text) { return rest(from: start, within: open.map(\.tag)) }
                let letters = text.count { !$0.isSpace }
                if inside > 0, !hasWords, SafeQuotes.isForward(text) {
                    quotes.removeLast()
                    for place in open.indices { open[place].isQuote = false }
                    inside = 0
                }
                if inside == 0 { own[own.count - 1] += letters } else if letters > 0 { hasWords = true }
                continue
            }
            index = (bytes[start...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1) + 1
            if index > start + 1, bytes[start + 1] == UInt8(ascii: "/") {
                guard let element = open.popLast(), element.isQuote else { continue }
                inside -= 1
                if inside == 0 {
                    quotes[quotes.count - 1].end = index
                    own.append(0)
                }
                continue
            }
            var tokens = SafeTokens(String(decoding: bytes[start..<index], as: UTF8.self))
            guard case .start(let tag) = tokens.next() else { continue }
            let mark = inside == 0 ? SafeQuotes.mark(of: tag) : nil
            if mark == SafeQuotes.rest, own.contains(where: { $0 > 0 }) {
                return rest(from: start, within: open.map(\.tag))
            }
            let isQuote = tag.name == "blockquote" || mark == SafeQuotes.part
            guard !SafeRules.emptyElements.contains(tag.name), tag.name != "img" else { continue }
            if isQuote, inside == 0 {
                quotes.append(Quote(start: start, end: bytes.count, around: []))
                hasWords = false
            }
            inside += isQuote ? 1 : 0
            open.append((bytes[start..<index], isQuote))
        }
    }

    private mutating func rest(from start: Int, within tags: [ArraySlice<UInt8>]) {
        quotes.append(Quote(start: start, end: bytes.count, around: tags))
        own.append(0)
    }

    private func written(_ summary: [UInt8]) -> HTML {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + quotes.count * (summary.count + 10))
        var index = 0
        for quote in quotes {
            output += bytes[index..<quote.start]
            // A fold cannot begin in one element and end in another: those around it are ended, and begun again in it.
            for tag in quote.around.reversed() {
                output += "</".utf8 + tag.dropFirst().prefix { !$0.isTagBreak } + ">".utf8
            }
            output += summary
            for tag in quote.around { output += tag }
            output += bytes[quote.start..<quote.end]
            output += "</details>".utf8
            index = quote.end
        }
        output += bytes[index...]
        return HTML(raw: String(decoding: output, as: UTF8.self))
    }
}
