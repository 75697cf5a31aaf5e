import Moments
import Synchronization
import TimeZones

/// The opening hours of a calendar as instants of UTC, worked out where they are asked for and remembered.
///
/// Time is cut into blocks of some months, so that any question is a search in two of them and a sum of what lies
/// between. Who asks takes no lock: what was worked out never changes.
final class Openings: Sendable {
    private static let daysInBlock = 256
    private static let length = Int64(daysInBlock * OpenInterval.day) * 1_000_000
    /// The blocks of the lives of all tickets, 1880 to 2239, which are kept for as long as the calendar.
    private static let lasting: Range<Int64> = -128..<384
    /// Enough of the other ones: a question about thousands of years must not fill the memory.
    private static let most = 64

    private let hours: DayHours
    private let zone: Zone
    private let blocks = InlineArray<512, AtomicLazyReference<OpeningBlock>> { _ in AtomicLazyReference() }
    /// How long the desk is open in each of them, side by side for spans of decades; negative where nobody has asked.
    private let totals = InlineArray<512, Atomic<Int64>> { _ in Atomic(-1) }
    private let others = Mutex<[Int64: OpeningBlock]>([:])

    init(hours: DayHours, zone: Zone) {
        self.hours = hours
        self.zone = zone
    }

    static func index(of instant: Int64) -> Int64 {
        instant >= 0 ? instant / length : -((length - 1 - instant) / length)
    }

    subscript(index: Int64) -> OpeningBlock {
        guard Self.lasting.contains(index) else { return other(index) }
        let place = Int(index - Self.lasting.lowerBound)
        if let known = blocks[place].load() { return known }
        // Of two who work it out at once the first one's block stays.
        return blocks[place].storeIfNil(make(index))
    }

    /// How long the desk is open in a block.
    func total(_ index: Int64) -> Int64 {
        guard Self.lasting.contains(index) else { return other(index).total }
        let place = Int(index - Self.lasting.lowerBound)
        let known = totals[place].load(ordering: .relaxed)
        if known >= 0 { return known }
        let total = self[index].total
        totals[place].store(total, ordering: .relaxed)
        return total
    }

    private func other(_ index: Int64) -> OpeningBlock {
        if let known = others.withLock({ $0[index] }) { return known }
        let made = make(index)
        others.withLock { others in
            if others.count >= Self.most { others.removeAll() }
            others[index] = made
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
