import TimeZones

extension RecurrenceRule {
    /// No rule gives more days than these, which are more than ten years have.
    static let most = 5000

    /// The days of the rule in order, up to a day, and none before another one; the first one always counts.
    ///
    /// - Parameter budget: how many days may still be looked at; it is made smaller.
    /// - Returns: nil where the budget was not enough.
    func days(
        from span: DaySpan, since: CivilDate, through last: CivilDate, budget: inout Int
    ) -> [CivilDate]? {
        let first = span.first
        var (days, passed) = (first < since ? [] : [first], 1)
        let end = min(last, until.map(span.last) ?? last)
        var period = firstPeriod(since: since, first: first)
        while let range = range(ofPeriod: period, from: first), range.lowerBound <= end.daysSinceEpoch {
            budget -= range.count
            guard budget >= 0 else { return nil }
            period += interval
            for day in matches(in: range, first: first) where day > first {
                guard day <= end, days.count < Self.most, count.map({ passed < $0 }) ?? true else { return days }
                passed += 1
                if day >= since { days.append(day) }
            }
        }
        return days
    }

    /// What lies before the days that are wanted is left out, unless each day must be counted.
    private func firstPeriod(since: CivilDate, first: CivilDate) -> Int {
        let days = since.daysSinceEpoch - first.daysSinceEpoch
        guard count == nil, days > 0 else { return 0 }
        let periods: Int
        switch frequency {
        case .daily: periods = days
        case .weekly: periods = days / 7
        case .monthly: periods = (since.year - first.year) * 12 + since.month - first.month
        case .yearly: periods = since.year - first.year
        }
        return max(periods / interval - 1, 0) * interval
    }

    /// The days of a year, month, week or day, counted from that of the first day; nil beyond all years.
    private func range(ofPeriod period: Int, from first: CivilDate) -> Range<Int>? {
        switch frequency {
        case .daily:
            let day = first.daysSinceEpoch + period
            return day..<day + 1
        case .weekly:
            let sinceWeekStart = (first.weekday.rawValue - weekStart.rawValue + 7) % 7
            let day = first.daysSinceEpoch - sinceWeekStart + period * 7
            return day..<day + 7
        case .monthly:
            let month = first.year * 12 + first.month - 1 + period
            return CivilDate(year: month / 12, month: month % 12 + 1, day: 1).map {
                $0.daysSinceEpoch..<$0.daysSinceEpoch + CivilDate.length(ofMonth: $0.month, in: $0.year)
            }
        case .yearly:
            let year = first.year + period
            return CivilDate(year: year, month: 1, day: 1).map {
                $0.daysSinceEpoch..<$0.daysSinceEpoch + (CivilDate.isLeap(year: year) ? 366 : 365)
            }
        }
    }

    private func matches(in range: Range<Int>, first: CivilDate) -> [CivilDate] {
        let days = range.lazy.map { CivilDate(daysSinceEpoch: $0) }.filter { isMatch($0, first: first) }
        guard !positions.isEmpty else { return Array(days) }
        let all = Array(days)
        let places = Set(positions.map { $0 > 0 ? $0 - 1 : all.count + $0 })
        return all.indices.filter(places.contains).map { all[$0] }
    }

    private func isMatch(_ day: CivilDate, first: CivilDate) -> Bool {
        let length = CivilDate.length(ofMonth: day.month, in: day.year)
        if !months.isEmpty, !months.contains(day.month) { return false }
        if !monthDays.isEmpty, !monthDays.contains(day.day), !monthDays.contains(day.day - length - 1) { return false }
        if !yearDays.isEmpty {
            let backwards = day.dayOfYear - (CivilDate.isLeap(year: day.year) ? 367 : 366)
            guard yearDays.contains(day.dayOfYear) || yearDays.contains(backwards) else { return false }
        }
        if !weekdays.isEmpty, !weekdays.contains(where: { isAt($0, day) }) { return false }
        // What the rule does not say is said by the first day.
        guard monthDays.isEmpty, yearDays.isEmpty, weekdays.isEmpty else { return true }
        switch frequency {
        case .daily: return true
        case .weekly: return day.weekday == first.weekday
        case .monthly: return day.day == first.day
        case .yearly: return day.day == first.day && (!months.isEmpty || day.month == first.month)
        }
    }

    /// Whether the day is, for instance, the last Monday of its month, or of its year where no month is named.
    private func isAt(_ wanted: WeekdayPlace, _ day: CivilDate) -> Bool {
        guard day.weekday == wanted.weekday else { return false }
        guard let place = wanted.place else { return true }
        let isOfYear = frequency == .yearly && months.isEmpty
        let (number, length) =
            isOfYear
            ? (day.dayOfYear, CivilDate.isLeap(year: day.year) ? 366 : 365)
            : (day.day, CivilDate.length(ofMonth: day.month, in: day.year))
        return place > 0 ? (number - 1) / 7 + 1 == place : (length - number) / 7 + 1 == -place
    }
}
