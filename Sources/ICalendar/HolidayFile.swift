public import TimeZones

/// The whole days that an iCalendar file names (RFC 5545), as feeds of public holidays use the format.
///
/// It is read without ever failing: what is not understood is told with its line and left out, the rest counts. Days
/// are dates by the calendar of the place, no instants.
public struct HolidayFile: Sendable, Equatable {
    /// What was left out, and why.
    public struct Fault: Sendable, Equatable, CustomStringConvertible {
        /// Counted from 1.
        public let line: Int
        /// A sentence without its end.
        public let reason: String

        public var description: String { "line \(line): \(reason)" }
    }

    /// What a file may be: larger ones are told and not read on.
    public struct Limits: Sendable {
        public var bytes = 4 << 20
        public var events = 10_000
        public var faults = 100
        /// How many days rules may look at: a few seconds' work for a file that was made to take long.
        public var days = 20_000_000

        public init() {}
    }

    /// Every day with what it is called, in order; each day once.
    public private(set) var days: [(date: CivilDate, name: String)] = []
    /// The first of them.
    public private(set) var faults: [Fault] = []
    /// How many more there were.
    public private(set) var omittedFaults = 0
    /// Events that were understood, cancelled ones among them.
    public private(set) var events = 0

    /// - Parameters:
    ///   - zone: where times that are written in UTC are read from the clock.
    ///   - first: days before it are left out, and days after `last`; an event without an end goes on for ever.
    public init(
        _ bytes: [UInt8], in zone: Zone, from first: CivilDate, through last: CivilDate, limits: Limits = Limits()
    ) {
        var reading = Reading(zone: zone, limits: limits)
        if bytes.count > limits.bytes {
            reading.tell(1, "the file has more than \(limits.bytes) bytes; the rest is not read")
        }
        reading.read(Array(bytes.prefix(limits.bytes)))
        var names: [CivilDate: String] = [:]
        let found = first <= last ? reading.days(in: first...last) : []
        for day in found where day.date >= first && day.date <= last {
            names[day.date] = names[day.date].map { $0.isEmpty ? day.name : $0 } ?? day.name
        }
        days = names.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        (faults, omittedFaults, events) = (reading.faults, reading.omitted, reading.events.count)
    }

    public static func == (one: HolidayFile, other: HolidayFile) -> Bool {
        one.days.elementsEqual(other.days) { $0 == $1 } && one.faults == other.faults
            && one.omittedFaults == other.omittedFaults && one.events == other.events
    }
}
