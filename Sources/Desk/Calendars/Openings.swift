import Moments
import Synchronization
import TimeZones

/// The opening hours of a calendar as instants of UTC, worked out where they are asked for and remembered.
///
/// Time is cut into blocks of some months. Within a block the openings are a sorted list with running sums, so that any
/// question is a search and a subtraction, however long the span.
final class Openings: Sendable {
    /// The openings of one block; all numbers are microseconds.
    struct Block: Sendable {
        /// Ends of the block, whether or not the desk is open there.
        var range: Range<Int64>
        var begins: [Int64] = []
        var ends: [Int64] = []
        /// How long the desk was open within the block before each opening.
        var sums: [Int64] = []
        var total: Int64 = 0

        /// How long the desk is open in the block before an instant.
        func open(before instant: Int64) -> Int64 {
            let next = begins.partitioningIndex { $0 >= instant }
            guard next > 0 else { return 0 }
            return sums[next - 1] + min(instant, ends[next - 1]) - begins[next - 1]
        }
    }

    private static let daysInBlock = 256
    private static let length = Int64(daysInBlock * OpenInterval.day) * 1_000_000
    /// Enough for the lives of all tickets; a question about whole centuries must not fill the memory.
    private static let most = 256

    private let hours: DayHours
    private let zone: Zone
    private let blocks = Mutex<[Int64: Block]>([:])

    init(hours: DayHours, zone: Zone) {
        self.hours = hours
        self.zone = zone
    }

    static func index(of instant: Int64) -> Int64 {
        instant >= 0 ? instant / length : -((length - 1 - instant) / length)
    }

    subscript(index: Int64) -> Block {
        if let known = blocks.withLock({ $0[index] }) { return known }
        let made = make(index)
        blocks.withLock { blocks in
            if blocks.count >= Self.most { blocks.removeAll() }
            blocks[index] = made
        }
        return made
    }

    private func make(_ index: Int64) -> Block {
        var block = Block(range: index * Self.length..<(index + 1) * Self.length)
        let firstDay = Int(index) * Self.daysInBlock
        // Hours of a day may last into the next but one as UTC counts days, and zones are up to 26 hours away from it.
        var spans: [(begin: Int64, end: Int64)] = []
        for day in (firstDay - 4)...(firstDay + Self.daysInBlock + 2) {
            let date = CivilDate(daysSinceEpoch: day)
            for interval in hours.intervals(on: date, day: day) {
                let begin = zone.moment(date, secondOfDay: interval.start, overlap: .earlier).microseconds
                let end = zone.moment(date, secondOfDay: interval.end, overlap: .later).microseconds
                if begin < end { spans.append((begin, end)) }
            }
        }
        spans.sort { $0.begin < $1.begin }
        for span in spans {
            let begin = max(span.begin, block.range.lowerBound)
            let end = min(span.end, block.range.upperBound)
            guard begin < end else { continue }
            if let last = block.ends.last, begin <= last {
                block.ends[block.ends.count - 1] = max(last, end)
            } else {
                block.begins.append(begin)
                block.ends.append(end)
            }
        }
        for (begin, end) in zip(block.begins, block.ends) {
            block.sums.append(block.total)
            block.total += end - begin
        }
        return block
    }
}

extension Array {
    /// The first index whose element is in the second part, if all elements that are not stand before those that are.
    func partitioningIndex(where isSecond: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isSecond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
