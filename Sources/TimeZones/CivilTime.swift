/// What calendar and clock on the wall show somewhere: a day and the time since its midnight.
///
/// It names no instant until a `Zone` resolves it.
public struct CivilTime: Hashable, Sendable {
    public let date: CivilDate
    /// Seconds shown since midnight, 0 ..< 86,400.
    public let secondOfDay: Int
    /// 0 ..< 1,000,000.
    public let microsecond: Int

    /// The time shown, or nil if no clock shows it.
    public init?(_ date: CivilDate, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second),
            (0..<1_000_000).contains(microsecond)
        else { return nil }
        self.init(date: date, secondOfDay: hour * 3600 + minute * 60 + second, microsecond: microsecond)
    }

    init(date: CivilDate, secondOfDay: Int, microsecond: Int) {
        (self.date, self.secondOfDay, self.microsecond) = (date, secondOfDay, microsecond)
    }

    public var hour: Int { secondOfDay / 3600 }
    public var minute: Int { secondOfDay / 60 % 60 }
    public var second: Int { secondOfDay % 60 }
    public var weekday: Weekday { date.weekday }
}

extension CivilTime: Comparable {
    public static func < (left: CivilTime, right: CivilTime) -> Bool {
        (left.date, left.secondOfDay, left.microsecond) < (right.date, right.secondOfDay, right.microsecond)
    }
}

extension CivilTime: CustomStringConvertible {
    /// `2026-03-29 02:30:00`, to the second.
    public var description: String {
        "\(date) \(twoDigits(hour)):\(twoDigits(minute)):\(twoDigits(second))"
    }
}
