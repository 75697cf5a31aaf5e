public import Moments

/// Moments as Date, Last-Modified and Expires write them, to the second (RFC 9110 section 5.6.7).
public enum HTTPDate {
    /// Such as `Sun, 06 Nov 1994 08:49:37 GMT`; what is less than a second is dropped.
    ///
    /// - Precondition: the year lies in 0 ... 9999.
    public static func text(_ moment: Moment) -> String { text(seconds: moment.seconds) }

    /// Reads the present form and the two obsolete ones. Nil for anything else, and for days that do not exist.
    public static func moment(_ text: String) -> Moment? { seconds(text).map { Moment(seconds: $0) } }

    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// As `text(_:)`, of seconds since 1970 UTC.
    public static func text(seconds: Int64) -> String {
        let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let time = Int(seconds - day * 86_400)
        let (year, month, dayOfMonth) = civil(Int(day))
        precondition((0...9_999).contains(year), "An HTTP date needs a year of four digits, not \(year).")
        let weekday = days[((Int(day) % 7) + 7) % 7]
        return "\(weekday), \(two(dayOfMonth)) \(months[month - 1]) \(two(year / 100))\(two(year % 100)) "
            + "\(two(time / 3_600)):\(two(time / 60 % 60)):\(two(time % 60)) GMT"
    }

    /// As `moment(_:)`, in seconds since 1970 UTC.
    public static func seconds(_ text: String) -> Int64? {
        let words = text.split { $0 == " " || $0 == "-" || $0 == "," || $0 == ":" }.map(String.init)
        guard words.count >= 7 else { return nil }
        if words.count == 8, words[7] == "GMT" {
            let seconds = seconds(day: words[1], month: words[2], year: words[3], time: words[4...6])
            // Only the obsolete form with a year of two digits may be written in another way than ours.
            return words[3].utf8.count == 2 || seconds.map(Self.text) == text ? seconds : nil
        }
        if words.count == 7 {
            return seconds(day: words[2], month: words[1], year: words[6], time: words[3...5])
        }
        return nil
    }

    private static func seconds(day: String, month: String, year: String, time: ArraySlice<String>) -> Int64? {
        guard let month = months.firstIndex(of: month), let day = number(day), var year = number(year) else {
            return nil
        }
        // RFC 850 has two digits; nothing of the web is older than 1970.
        if year < 100 { year += year < 70 ? 2_000 : 1_900 }
        let clock = time.compactMap(number)
        guard clock.count == 3, clock[0] < 24, clock[1] < 60, clock[2] <= 60 else { return nil }
        let days = daysSince1970(year, month + 1, day)
        let (checkedYear, checkedMonth, checkedDay) = civil(days)
        guard (checkedYear, checkedMonth, checkedDay) == (year, month + 1, day) else { return nil }
        return Int64(days * 86_400 + clock[0] * 3_600 + clock[1] * 60 + clock[2])
    }

    private static func number(_ text: String) -> Int? {
        guard text.utf8.count <= 4, text.utf8.allSatisfy(ByteClass.isDigit) else { return nil }
        return Int(text)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Days of the proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        return (
            yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }
}
