/// How one language writes dates, times and numbers.
struct Formats: Sendable {
    /// With `{day}`, `{month}` and `{year}`.
    var date: String
    var dateWithWeekday: String
    var dayAndMonth: String
    /// With `{date}` and `{time}`.
    var dateAndTime: String
    /// Twelve, from January, as they stand inside a date.
    var months: [String]
    var shortMonths: [String]
    /// Twelve, as they stand alone: in Polish the nominative.
    var lonelyMonths: [String]
    /// Seven, from Monday.
    var weekdays: [String]
    var shortWeekdays: [String]
    var decimalPoint: String
    var groupSeparator: String
    /// Numbers of fewer digits are not grouped.
    var groupedFrom: Int
    /// With `{number}`.
    var percent: String
}
