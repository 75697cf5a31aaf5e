/// The words of a subject, for telling how much two subjects are alike.
struct SubjectWords: Sendable {
    private let words: Set<String>

    init(_ subject: String) {
        words = Set(
            subject.lowercased().split { !$0.isLetter && !$0.isNumber }.filter { $0.count >= 3 }.map(String.init))
    }

    /// The share of all their words that both have: 0 for nothing in common, 1 for the same words.
    func likeness(to other: SubjectWords) -> Double {
        let all = words.union(other.words).count
        return all == 0 ? 0 : Double(words.intersection(other.words).count) / Double(all)
    }
}
