/// Finds the word someone probably meant.
public enum NearestWord {
    /// The known word that the fewest slips of the keyboard turn into `word`, or nil where none is near:
    /// at most one slip for three letters. Case does not count.
    public static func to(_ word: String, among known: some Sequence<String>) -> String? {
        let letters = Array(word.lowercased().unicodeScalars)
        guard (1...64).contains(letters.count) else { return nil }
        var best: (word: String, slips: Int)?
        for candidate in known {
            let other = Array(candidate.lowercased().unicodeScalars)
            let most = max(1, max(letters.count, other.count) / 3)
            guard abs(other.count - letters.count) <= most else { continue }
            let slips = slips(letters, other)
            if slips <= most, slips < best?.slips ?? .max { best = (candidate, slips) }
        }
        return best?.word
    }

    /// Letters added, left out, changed, or two neighbours swapped (optimal string alignment).
    private static func slips(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
        var before: [Int] = []
        var row = Array(0...other.count)
        for (i, letter) in one.enumerated() {
            var next = [i + 1]
            for (j, candidate) in other.enumerated() {
                var least = min(row[j + 1] + 1, next[j] + 1, row[j] + (letter == candidate ? 0 : 1))
                if i > 0, j > 0, letter == other[j - 1], one[i - 1] == candidate {
                    least = min(least, before[j - 1] + 1)
                }
                next.append(least)
            }
            (before, row) = (row, next)
        }
        return row[other.count]
    }
}

extension String {
    /// The beginning, for a message that quotes a stranger.
    var shortened: String { unicodeScalars.count <= 40 ? self : String(unicodeScalars.prefix(39)) + "…" }
}
