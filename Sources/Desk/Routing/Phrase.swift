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
    private let all: Set<String>

    init(_ text: String) {
        inOrder = Self.of(text)
        all = Set(inOrder)
    }

    /// The words of one text and then of another; no phrase reaches from the one into the other.
    init(_ one: TextWords, _ other: TextWords) {
        inOrder = one.inOrder + [""] + other.inOrder
        all = one.all.union(other.all)
    }

    /// The words of a text in small letters; whatever is no letter or digit stands between words.
    static func of(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    func contain(_ phrase: Phrase) -> Bool {
        let (wanted, last) = (phrase.words.dropLast(), phrase.words[phrase.words.count - 1])
        if wanted.isEmpty { return phrase.isBeginning ? all.contains { $0.hasPrefix(last) } : all.contains(last) }
        guard inOrder.count > wanted.count, all.isSuperset(of: wanted) else { return false }
        return (0..<inOrder.count - wanted.count).contains { start in
            let end = inOrder[start + wanted.count]
            return (phrase.isBeginning ? end.hasPrefix(last) : end == last)
                && inOrder[start..<start + wanted.count].elementsEqual(wanted)
        }
    }
}
