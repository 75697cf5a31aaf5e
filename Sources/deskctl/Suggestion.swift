import JSON

/// The word that somebody probably meant.
enum Suggestion {
    /// The candidate that the word is the beginning of, else the one that it is a slip of; nil where none is near.
    static func of(_ word: String, among candidates: [String]) -> String? {
        if word.count > 1, let longer = candidates.first(where: { $0.hasPrefix(word) }) { return longer }
        return NearestWord.to(word, among: candidates)
    }
}
