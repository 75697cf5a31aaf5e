/// A word or some words in a row that a routing rule looks for, whatever the case of their letters.
public struct Phrase: Hashable, Sendable {
    public let text: String
    /// Its words in small letters, one at least.
    let words: [String]
    /// Whether the last word is only the beginning of one: the phrase ends in `*`.
    let isBeginning: Bool

    /// The phrase, or nil where there is no word in it.
    public init?(_ text: String) {
        words = TextWords.of(text)
        if words.isEmpty { return nil }
        self.text = text
        isBeginning = text.hasSuffix("*")
    }
}

/// The words of a text, for finding phrases in it.
struct TextWords: Sendable {
    private let inOrder: [String]
    /// Each of them once.
    let distinct: Set<String>

    /// - Parameter words: as `of` gives them; where one is empty, no phrase reaches over it.
    init(_ words: [String]) {
        inOrder = words
        distinct = Set(words)
    }

    /// The words of a text in small letters; whatever is no letter or digit stands between words.
    static func of(_ text: String) -> [String] {
        // Letters of ASCII need no look at what Unicode says of them, and what of ASCII is none stands between words in
        // any case.
        text.utf8.split { $0 < 0x80 && !isLetterOrDigit($0) }.flatMap { part -> [String] in
            guard part.allSatisfy({ $0 < 0x80 }) else {
                return Substring(part).lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
            }
            return [String(decoding: part.lazy.map { isCapital($0) ? $0 | 0x20 : $0 }, as: UTF8.self)]
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

    func contain(_ phrase: Phrase) -> Bool {
        let (wanted, last) = (phrase.words.dropLast(), phrase.words[phrase.words.count - 1])
        if wanted.isEmpty {
            return phrase.isBeginning ? distinct.contains { $0.hasPrefix(last) } : distinct.contains(last)
        }
        guard inOrder.count > wanted.count, distinct.isSuperset(of: wanted) else { return false }
        return (0..<inOrder.count - wanted.count).contains { start in
            let end = inOrder[start + wanted.count]
            return (phrase.isBeginning ? end.hasPrefix(last) : end == last)
                && inOrder[start..<start + wanted.count].elementsEqual(wanted)
        }
    }
}
