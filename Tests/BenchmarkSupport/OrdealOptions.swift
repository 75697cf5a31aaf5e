/// How an ordeal was asked to run: processes that are killed while others speak to them.
public struct OrdealOptions: Sendable, Equatable {
    /// What everything that is left to chance comes from. The processes' own chances, and who is faster, do not.
    public var seed = UInt64.random(in: 1...999_999)
    /// For how long things happen to the processes.
    public var seconds: Int
    /// Whether nothing but the last line is on the standard output.
    public var isJSON = false

    /// - Parameter seconds: how long it lasts unless it is told otherwise.
    public static func usage(seconds: Int) -> String {
        """
        Options: --seconds N (for how long things happen; \(seconds) if not given), --seed N (what chance comes from; \
        drawn if not given), --json (only the result).
        """
    }

    /// Reads the words of a command line; nil where they are not understood.
    public init?(_ arguments: some Sequence<String>, seconds: Int) {
        self.seconds = seconds
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
                self.seconds = number
            default: return nil
            }
        }
    }
}
