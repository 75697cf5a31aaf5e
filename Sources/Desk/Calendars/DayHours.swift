import TimeZones

/// The hours of each day, looked up quickly.
struct DayHours: Sendable {
    /// By weekday, Monday first.
    private let week: [[OpenInterval]]
    /// Days that differ from their weekday, by days since 1970.
    private let dates: [Int: [OpenInterval]]
    /// Days that differ from their weekday every year, by month and day.
    private let yearly: [Int: [OpenInterval]]

    /// Special days stand before holidays, and a date before the same day of every year.
    init(week: [Weekday: [OpenInterval]], holidays: [CalendarDay], special: [CalendarDefinition.SpecialDay]) {
        var dates: [Int: [OpenInterval]] = [:]
        var yearly: [Int: [OpenInterval]] = [:]
        var specialYearly: Set<Int> = []
        for case .yearly(let month, let day) in special.map(\.day) { specialYearly.insert(Self.key(month, day)) }
        for holiday in holidays {
            switch holiday {
            case .yearly(let month, let day): yearly[Self.key(month, day)] = []
            case .date(let date):
                guard !specialYearly.contains(Self.key(date.month, date.day)) else { continue }
                dates[date.daysSinceEpoch] = []
            }
        }
        for exception in special {
            switch exception.day {
            case .yearly(let month, let day): yearly[Self.key(month, day)] = exception.hours
            case .date(let date): dates[date.daysSinceEpoch] = exception.hours
            }
        }
        self.week = Weekday.allCases.map { week[$0] ?? [] }
        self.dates = dates
        self.yearly = yearly
    }

    /// The hours that belong to a day.
    /// - Parameter day: the same day, counted from 1970.
    func intervals(on date: CivilDate, day: Int) -> [OpenInterval] {
        if let hours = dates[day] { return hours }
        if !yearly.isEmpty, let hours = yearly[Self.key(date.month, date.day)] { return hours }
        // 1970-01-01 was a Thursday, the fourth day of its week.
        return week[((day + 3) % 7 + 7) % 7]
    }

    private static func key(_ month: Int, _ day: Int) -> Int { month * 32 + day }
}
