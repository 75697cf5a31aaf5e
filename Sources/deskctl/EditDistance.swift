extension String {
    /// How many letters must be put in, left out, exchanged or swapped with their neighbour to make one of the other.
    func distance(to other: String) -> Int {
        let (own, others) = (Array(self), Array(other))
        var rows = [Array(0...others.count)]
        for row in 0..<own.count {
            var next = [row + 1]
            for column in 0..<others.count {
                let exchange = rows[row][column] + (own[row] == others[column] ? 0 : 1)
                var best = Swift.min(exchange, rows[row][column + 1] + 1, next[column] + 1)
                if row > 0, column > 0, own[row] == others[column - 1], own[row - 1] == others[column] {
                    best = Swift.min(best, rows[row - 1][column - 1] + 1)
                }
                next.append(best)
            }
            rows.append(next)
        }
        return rows[own.count][others.count]
    }

    /// The candidate that was probably meant: nil where none is near.
    func nearest(in candidates: [String]) -> String? {
        if count > 1, let longer = candidates.first(where: { $0.hasPrefix(self) }) { return longer }
        let best = candidates.min { distance(to: $0) < distance(to: $1) }
        guard let best, distance(to: best) <= Swift.max(1, count / 3) else { return nil }
        return best
    }
}
