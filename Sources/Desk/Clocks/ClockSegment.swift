public import Moments

/// A calendar as it was in force, under the key by which segments name it. Versions are never edited.
public struct CalendarVersion: Hashable, Sendable {
    public let id: CalendarVersionID
    public let calendar: BusinessCalendar

    public init(id: CalendarVersionID, calendar: BusinessCalendar) {
        (self.id, self.calendar) = (id, calendar)
    }

    public static func == (one: CalendarVersion, other: CalendarVersion) -> Bool { one.id == other.id }

    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// A stretch of a clock's life in which the same party had the ticket and the same calendar counted, or nothing did.
public struct ClockSegment: Hashable, Sendable {
    public internal(set) var startedAt: Moment
    /// Nil while it is open.
    public internal(set) var endedAt: Moment?
    public internal(set) var holder: Holder
    public internal(set) var calendar: CalendarVersionID
    /// Why nothing was counted; nil where it was.
    public internal(set) var pause: PauseReason?
    /// What was counted, once it has ended.
    public internal(set) var microseconds: Int64

    public var isCounting: Bool { pause == nil }

    public init(
        startedAt: Moment, endedAt: Moment? = nil, holder: Holder, calendar: CalendarVersionID, pause: PauseReason?,
        microseconds: Int64 = 0
    ) {
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.holder = holder
        self.calendar = calendar
        self.pause = pause
        self.microseconds = microseconds
    }
}
