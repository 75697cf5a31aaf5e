import Moments

extension MailDate {
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The moment as RFC 5322, section 3.3, has it, in UTC: `Tue, 05 May 2020 10:00:00 +0000`.
    static func text(of moment: Moment) -> String {
        // 2020-05-05T10:00:00Z
        let fields = Moment(seconds: moment.seconds).rfc3339.split { "-T:Z".contains($0) }
        guard fields.count == 6, let month = Int(fields[1]), months.indices.contains(month - 1) else { return "" }
        let days = Int(moment.seconds / 86_400) - (moment.seconds % 86_400 < 0 ? 1 : 0)
        let weekday = weekdays[((days % 7) + 7) % 7]
        return "\(weekday), \(fields[2]) \(months[month - 1]) \(fields[0]) \(fields[3]):\(fields[4]):\(fields[5]) +0000"
    }
}
