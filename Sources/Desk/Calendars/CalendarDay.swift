public import TimeZones

/// A day that differs from its weekday: one date, or the same day of every year.
public enum CalendarDay: Hashable, Sendable {
    case date(CivilDate)
    case yearly(month: Int, day: Int)

    /// Reads `2026-12-25`, or `--05-01` for every year.
    public init?(_ text: some StringProtocol) {
        guard text.hasPrefix("--") else {
            guard let date = CivilDate(text) else { return nil }
            self = .date(date)
            return
        }
        // In a leap year every day exists that exists in any year.
        guard let date = CivilDate("2000\(text.dropFirst())") else { return nil }
        self = .yearly(month: date.month, day: date.day)
    }
}

extension CalendarDay: CustomStringConvertible {
    public var description: String {
        switch self {
        case .date(let date): "\(date)"
        case .yearly(let month, let day): "--\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
        }
    }
}
