import HTTP
import SeedTestSupport
import TimeZones

/// What the server of a holiday feed answers.
struct FeedAnswer: Sendable {
    let status: Status
    let text: String
    /// Nil where the server knows no tags.
    let tag: String?

    func response(to request: Request) -> Response {
        if let tag, request.fields[.ifNoneMatch] == tag { return Response(.notModified) }
        var fields: Fields = [.contentType: "text/calendar"]
        if let tag { fields[.entityTag] = tag }
        return Response(status, fields: fields, body: .bytes(Array(text.utf8)))
    }
}

/// A holiday feed as those who keep it have it: they add days, move them, lose some, and break it.
struct HolidayBook {
    /// What it names.
    private(set) var days: Set<CivilDate>
    /// Whether its answer can be read.
    private(set) var isReadable = true
    private var edition = 0

    init(from today: CivilDate) {
        days = Set([20, 45, 90, 180].map { today.adding(days: $0) })
    }

    /// Changes something, as seldom or as often as those do who keep feeds.
    mutating func edit(_ random: inout Seed, from today: CivilDate) -> FeedAnswer {
        edition += 1
        let near = today.adding(days: Int.random(in: 1...9, using: &random))
        isReadable = true
        var tag: String? = "\"\(edition)\""
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1: days.insert(near)
        case 2:
            if let moved = days.filter({ $0 > today }).sorted().randomElement(using: &random) { days.remove(moved) }
            days.insert(near)
        case 3:
            // Somebody has deleted what is to come but for one day.
            days = Set(days.sorted().suffix(1))
        case 4: days = []
        case 5: return broken(.internalServerError, "The server is tired.")
        case 6: return broken(.ok, "<html><body>Sign in first</body></html>")
        default: tag = nil
        }
        return FeedAnswer(status: .ok, text: text, tag: tag)
    }

    private mutating func broken(_ status: Status, _ text: String) -> FeedAnswer {
        isReadable = false
        return FeedAnswer(status: status, text: text, tag: nil)
    }

    /// As iCalendar has it (RFC 5545), each day an event that lasts it.
    var text: String {
        func digits(_ day: CivilDate) -> String { day.description.filter { $0 != "-" } }
        var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Feed//EN"]
        for day in days.sorted() {
            lines += [
                "BEGIN:VEVENT", "UID:\(digits(day))@feed.example", "DTSTAMP:20260101T000000Z",
                "DTSTART;VALUE=DATE:\(digits(day))", "SUMMARY:A day off", "END:VEVENT",
            ]
        }
        return (lines + ["END:VCALENDAR", ""]).joined(separator: "\r\n")
    }

    /// The days that a calendar has after it has heard this: it never loses days because a feed is broken.
    func taken(over kept: Set<CivilDate>, from today: CivilDate) -> Set<CivilDate> {
        let (coming, known) = (days.filter { $0 >= today }, kept.filter { $0 >= today })
        if !isReadable || coming.isEmpty || coming.count < known.count || coming == known { return kept }
        return kept.filter { $0 < today }.union(coming)
    }
}
