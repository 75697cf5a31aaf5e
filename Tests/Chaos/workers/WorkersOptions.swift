/// How the workers' ordeal was asked to run.
struct WorkersOptions: Sendable, Equatable {
    /// What everything that is left to chance comes from. The workers' own chances, and who is faster, do not.
    var seed = UInt64.random(in: 1...999_999)
    /// For how long jobs come in and workers are killed and frozen.
    var seconds = 600
    /// Whether nothing but the last line is on the standard output.
    var isJSON = false

    static let usage = """
        Options: --seconds N (for how long jobs come in; 600 if not given), --seed N (what chance comes from; drawn if \
        not given), --json (only the result).
        """

    /// Reads the words of a command line; nil where they are not understood.
    init?(_ arguments: some Sequence<String>) {
        var words = Array(arguments)[...]
        while let word = words.popFirst() {
            switch word {
            case "--json": isJSON = true
            case "--seed":
                guard let number = words.popFirst().flatMap({ UInt64($0) }) else { return nil }
                seed = number
            case "--seconds":
                guard let number = words.popFirst().flatMap({ Int($0) }), (1...86_400).contains(number) else {
                    return nil
                }
                seconds = number
            default: return nil
            }
        }
    }
}
