import BenchmarkSupport
import Foundation

/// What a command line chooses of a benchmark by its first words: all where there are none.
struct Choice {
    let names: [String]
    /// What stands behind them.
    let options: ArraySlice<String>

    /// Ends the process with 64 where a word is no name.
    init(of known: [String], by words: ArraySlice<String>) {
        let chosen = words.prefix { !$0.hasPrefix("-") }
        if let stranger = chosen.first(where: { !known.contains($0) }) {
            Benchmark.say("bench-queue: \"\(stranger)\" is no part of it; there are \(known.joined(separator: ", ")).")
            exit(64)
        }
        names = chosen.isEmpty ? known : Array(chosen)
        options = words.dropFirst(chosen.count)
    }
}
