/// How the simulation was asked to run.
struct ChaosOptions: Sendable, Equatable {
    /// Whether nothing but the last line is on the standard output.
    var isJSON = false
    /// What everything that is left to chance comes from.
    var seed: UInt64
    /// For about how long, of real time, tickets come in.
    var seconds = 60.0
    /// How many tickets come in, whatever time that takes; nil where the time decides.
    var tickets: Int?
    /// Whether the organisation is made up from the seed; else it is the one that the desk comes with.
    var isInvented = false
    /// Whether it is played twice, and both plays must be the same.
    var isTwice = false

    static let usage = """
        Options: --seed N (what chance comes from; drawn if not given), --seconds N (for how long tickets come in), \
        --tickets N (how many come in, instead), --invented (in an organisation that is made up from the seed), \
        --twice (the same again, which must come to the same), --json (only the result).
        """

    /// Reads the words of a command line.
    /// - Throws: `ChaosFault`, a sentence about the word that is not understood.
    init(_ arguments: some Sequence<String>) throws(ChaosFault) {
        seed = .random(in: 1...999_999)
        var words = Array(arguments)[...]
        while let word = words.popFirst() {
            switch word {
            case "--json": isJSON = true
            case "--invented": isInvented = true
            case "--twice": isTwice = true
            case "--seed": seed = try Self.number(after: word, &words, 0...UInt64(Int64.max))
            case "--seconds": seconds = Double(try Self.number(after: word, &words, 1...86_400))
            case "--tickets": tickets = Int(try Self.number(after: word, &words, 1...1_000_000))
            default: throw ChaosFault("\"\(word)\" is not an option. \(Self.usage)")
            }
        }
    }

    private static func number(
        after word: String, _ words: inout ArraySlice<String>, _ range: ClosedRange<UInt64>
    ) throws(ChaosFault) -> UInt64 {
        guard let text = words.popFirst(), let number = UInt64(text), range.contains(number) else {
            throw ChaosFault("\(word) takes a whole number, \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }
}

/// Why the simulation cannot run: a sentence.
struct ChaosFault: Error, Sendable, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
