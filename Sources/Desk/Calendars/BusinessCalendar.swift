public import Moments
public import TimeZones

/// Counts the time in which a desk is open: the arithmetic of every clock.
///
/// The boundaries of opening hours are turned from wall time into instants first, and only instants are subtracted. A
/// boundary that clocks skip is the end of the gap; of one that they show twice, a start is the first and an end the
/// second. Openings are half-open: the closing instant is closed.
public struct BusinessCalendar: Sendable {
    public let definition: CalendarDefinition
    public let zone: Zone
    /// Nil where the desk never closes.
    let openings: Openings?

    /// How far ahead or back an opening is looked for, in microseconds: ten years.
    static let horizon = Int64(3653 * OpenInterval.day) * 1_000_000

    /// - Parameter zone: the zone that the definition names.
    public init(_ definition: CalendarDefinition, in zone: Zone) {
        self.definition = definition
        self.zone = zone
        switch definition.weekly {
        case .always: openings = nil
        case .hours(let week):
            let hours = DayHours(week: week, holidays: definition.holidays, special: definition.special)
            openings = Openings(hours: hours, zone: zone)
        }
    }

    /// Whether the desk is open at an instant.
    public func isOpen(at moment: Moment) -> Bool {
        guard let openings else { return true }
        let instant = Self.within(moment)
        return openings[Openings.index(of: instant)].isOpen(at: instant)
    }

    /// How long the desk is open between two instants, in microseconds; negative where `end` is the earlier.
    public func elapsed(from start: Moment, to end: Moment) -> Int64 {
        if end < start { return -elapsed(from: end, to: start) }
        guard let openings else { return end.duration(since: start).wholeMicroseconds }
        let (start, end) = (Self.within(start), Self.within(end))
        let (first, last) = (Openings.index(of: start), Openings.index(of: end))
        let block = openings[first]
        if first == last { return block.open(before: end) - block.open(before: start) }
        var sum = block.total - block.open(before: start) + openings[last].open(before: end)
        for index in first + 1..<last { sum += openings.total(index) }
        return sum
    }

    /// Instants are asked for within the years that RFC 3339 can write, 0000 to 9999.
    static func within(_ moment: Moment) -> Int64 {
        min(max(moment, Moment.rfc3339Range.lowerBound), Moment.rfc3339Range.upperBound).microseconds
    }
}

extension BusinessCalendar: Hashable {
    public static func == (one: BusinessCalendar, other: BusinessCalendar) -> Bool {
        one.definition == other.definition && one.zone == other.zone
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(definition) }
}
