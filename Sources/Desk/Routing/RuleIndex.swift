/// Which rules of a table can hold for a text at all, by the words that stand in it: most rules of a long table ask for
/// words, and most words of a ticket are asked for by none.
struct RuleIndex: Sendable {
    /// Rules that ask for no words.
    private var always: [Int] = []
    /// Rules by a word without which one of their phrases cannot be found.
    private var byWord: [String: [Int]] = [:]
    /// Rules by what a word must begin with.
    private var byBeginning: [String: [Int]] = [:]
    /// How many letters these beginnings have, the fewest first.
    private var lengths: [Int] = []

    init(_ rules: [RoutingRule]) {
        for (place, rule) in rules.enumerated() {
            let condition = rule.condition
            let lists = [condition.words, condition.subjectWords, condition.bodyWords]
            guard let phrases = lists.first(where: { !$0.isEmpty }) else {
                always.append(place)
                continue
            }
            for phrase in phrases { add(phrase, of: place) }
        }
        lengths = Set(byBeginning.keys.map(\.count)).sorted()
    }

    private mutating func add(_ phrase: Phrase, of rule: Int) {
        let whole = phrase.isBeginning ? phrase.words.dropLast() : phrase.words[...]
        // A long word is a rare word.
        if let word = whole.max(by: { $0.utf8.count < $1.utf8.count }) {
            byWord[word, default: []].append(rule)
        } else {
            for beginning in phrase.words { byBeginning[beginning, default: []].append(rule) }
        }
    }

    /// The places of the rules that may hold, in order; each is still to be looked at.
    func candidates(for text: TextWords) -> [Int] {
        var found = Set<Int>()
        for word in text.distinct {
            if let rules = byWord[word] { found.formUnion(rules) }
            if lengths.isEmpty { continue }
            let count = word.count
            for length in lengths.prefix(while: { $0 <= count }) {
                if let rules = byBeginning[String(word.prefix(length))] { found.formUnion(rules) }
            }
        }
        return found.isEmpty ? always : (always + found).sorted()
    }
}
