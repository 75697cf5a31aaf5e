/// The openings within some months as a sorted list with running sums. All numbers are microseconds since 1970 or of
/// length.
final class OpeningBlock: Sendable {
    /// The ends of the block, whether or not the desk is open there.
    let range: Range<Int64>
    let begins: [Int64]
    let ends: [Int64]
    /// How long the desk was open within the block before each opening.
    let sums: [Int64]
    let total: Int64

    /// - Parameter spans: openings in any order; they may overlap one another and reach out of the block.
    init(_ spans: [(begin: Int64, end: Int64)], in range: Range<Int64>) {
        var (begins, ends): ([Int64], [Int64]) = ([], [])
        for span in spans.sorted(by: { $0.begin < $1.begin }) {
            let begin = max(span.begin, range.lowerBound)
            let end = min(span.end, range.upperBound)
            guard begin < end else { continue }
            if let last = ends.last, begin <= last {
                ends[ends.count - 1] = max(last, end)
            } else {
                begins.append(begin)
                ends.append(end)
            }
        }
        var (sums, total): ([Int64], Int64) = ([], 0)
        for (begin, end) in zip(begins, ends) {
            sums.append(total)
            total += end - begin
        }
        (self.range, self.begins, self.ends, self.sums, self.total) = (range, begins, ends, sums, total)
    }

    /// How long the desk is open in the block before an instant.
    func open(before instant: Int64) -> Int64 {
        let next = begins.partitioningIndex { $0 >= instant }
        guard next > 0 else { return 0 }
        return sums[next - 1] + min(instant, ends[next - 1]) - begins[next - 1]
    }

    /// Whether the desk is open at an instant of the block.
    func isOpen(at instant: Int64) -> Bool {
        let next = begins.partitioningIndex { $0 > instant }
        return next > 0 && instant < ends[next - 1]
    }

    /// The first instant before which the desk was open for so long; `amount` is 1 ... `total`.
    func instant(after amount: Int64) -> Int64 {
        let found = sums.partitioningIndex { $0 >= amount } - 1
        return begins[found] + amount - sums[found]
    }

    /// The last instant before which the desk was open for so long; `amount` is 0 ..< `total`.
    func instant(before amount: Int64) -> Int64 {
        let found = sums.partitioningIndex { $0 > amount } - 1
        return begins[found] + amount - sums[found]
    }
}

extension Array {
    /// The first index whose element is in the second part, if all elements that are not stand before those that are.
    fileprivate func partitioningIndex(where isSecond: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isSecond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
