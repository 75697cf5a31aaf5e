import Catalogue

/// What a supplier answers by mail: the first line may begin with a word that says what the mail does.
public struct MailAnswer: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case acknowledged
        case question
        case solved
        case returned

        /// The words for it, the one to be shown first.
        func words(in wording: Wording) -> [String] {
            let phrase: Catalogue.Phrase =
                switch self {
                case .acknowledged: .supplierMailAcknowledged
                case .question: .supplierMailQuestion
                case .solved: .supplierMailSolved
                case .returned: .supplierMailReturned
                }
            return wording(phrase).split(separator: ",").map { $0.split { $0 == " " }.joined(separator: " ") }
        }
    }

    /// Nil where no word says it: a note.
    public let kind: Kind?
    /// What stands behind the word, on its line and below.
    public let text: String

    /// The words in every language, in small letters: people answer in their own.
    private static let words: [(word: String, kind: Kind)] = Language.allCases.flatMap { language in
        Kind.allCases.flatMap { kind in
            kind.words(in: Wording(language)).map { (word: $0.lowercased(), kind: kind) }
        }
    }.sorted { $0.word.count > $1.word.count }

    /// - Parameter text: the supplier's own words, without what they quote.
    public init(_ text: String) {
        let text = text.trimmed
        let line = text.prefix { !$0.isNewline }
        let bare = line.drop { !$0.isLetter && !$0.isNumber }
        for (word, kind) in Self.words where bare.lowercased().hasPrefix(word) {
            let rest = bare.dropFirst(word.count)
            guard Self.ends(rest, for: kind) else { continue }
            self.kind = kind
            let below = text[line.endIndex...].trimmed
            let behind = String(rest.drop { $0.isWhitespace || ":.,;!-–—*_]>".contains($0) }).trimmed
            self.text = [behind, below].filter { !$0.isEmpty }.joined(separator: "\n")
            return
        }
        (kind, self.text) = (nil, text)
    }

    /// Whether the word stands for itself: alone, or with a sign behind it. A sentence may begin with it too. An
    /// acknowledgement may be followed by its number at once.
    private static func ends(_ rest: Substring, for kind: Kind) -> Bool {
        guard let next = rest.first else { return true }
        if ":.,;!-–—*]>".contains(next) { return true }
        let behind = rest.drop { $0.isWhitespace }
        if behind.isEmpty { return true }
        guard next.isWhitespace else { return false }
        if ":-–—".contains(behind.first ?? " ") { return true }
        let word = behind.prefix { !$0.isWhitespace }
        return kind == .acknowledged && word.contains(where: \.isNumber)
    }
}

extension StringProtocol {
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
