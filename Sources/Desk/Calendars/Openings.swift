import Moments
import Synchronization
import TimeZones

/// The opening hours of a calendar as instants of UTC, worked out where they are asked for and remembered.
///
/// Time is cut into blocks of some months, so that any question is a search in one or two of them and a subtraction,
/// however long the span.
final class Openings: Sendable {
    private static let daysInBlock = 256
    private static let length = Int64(daysInBlock * OpenInterval.day) * 1_000_000
    /// Enough for the lives of all tickets; a question about whole centuries must not fill the memory.
    private static let most = 256

    private let hours: DayHours
    private let zone: Zone
    private let blocks = Mutex<[Int64: OpeningBlock]>([:])

    init(hours: DayHours, zone: Zone) {
        self.hours = hours
        self.zone = zone
    }

    static func index(of instant: Int64) -> Int64 {
        instant >= 0 ? instant / length : -((length - 1 - instant) / length)
    }

    subscript(index: Int64) -> OpeningBlock {
        if let known = blocks.withLock({ $0[index] }) { return known }
        let made = make(index)
        blocks.withLock { blocks in
            if blocks.count >= Self.most { blocks.removeAll() }
            blocks[index] = made
        }
        return made
    }

    private func make(_ index: Int64) -> OpeningBlock {
        let firstDay = Int(index) * Self.daysInBlock
        var spans: [(begin: Int64, end: Int64)] = []
        // Hours of a day may last into the next but one as UTC counts days, and zones are up to 26 hours away from it.
        for day in (firstDay - 4)...(firstDay + Self.daysInBlock + 2) {
            let date = CivilDate(daysSinceEpoch: day)
            for interval in hours.intervals(on: date, day: day) {
                let begin = zone.moment(date, secondOfDay: interval.start, overlap: .earlier).microseconds
                let end = zone.moment(date, secondOfDay: interval.end, overlap: .later).microseconds
                if begin < end { spans.append((begin, end)) }
            }
        }
        return OpeningBlock(spans, in: index * Self.length..<(index + 1) * Self.length)
    }
}
