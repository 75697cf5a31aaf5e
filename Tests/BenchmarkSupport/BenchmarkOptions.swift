import Foundation

/// How a benchmark was asked to run.
public struct BenchmarkOptions: Sendable, Equatable {
    /// Whether the last line of the output is one JSON object instead of a table.
    public var isJSON = false
    /// How long the measuring may take, warm-up and set-up apart.
    public var seconds: Double
    /// Whether peers are measured too that take long to set up.
    public var withPeers = false

    /// - Parameter seconds: how long the benchmark measures unless told otherwise.
    public init(seconds: Double) { self.seconds = seconds }

    /// Reads the words of a command line.
    /// - Throws: `BenchmarkFault`, a sentence about the word that is not understood.
    public init(_ arguments: some Sequence<String>, seconds: Double) throws(BenchmarkFault) {
        self.init(seconds: seconds)
        var words = Array(arguments)[...]
        while let word = words.popFirst() {
            switch word {
            case "--json": isJSON = true
            case "--peers": withPeers = true
            case "--seconds":
                guard let text = words.popFirst(), let number = Double(text), (0.1...86_400).contains(number) else {
                    throw BenchmarkFault("--seconds takes a number of seconds, 0.1 to 86400.")
                }
                self.seconds = number
            default: throw BenchmarkFault("\"\(word)\" is not an option. \(Self.usage)")
            }
        }
    }

    public static let usage = "Options: --json (the figures as one JSON object), --seconds N, --peers."
}

/// Why a benchmark cannot run: a sentence.
public struct BenchmarkFault: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
