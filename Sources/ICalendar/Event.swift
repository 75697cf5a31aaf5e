import TimeZones

/// A VEVENT as far as whole days are concerned.
struct Event {
    /// Where it begins in the file.
    let line: Int
    var identity: String?
    var summary = ""
    var isCancelled = false
    /// The instance that this event stands for instead of the one by the rule.
    var instance: CivilDate?
    var start: DateValue?
    var end: DateValue?
    var duration: Int?
    var rule: RecurrenceRule?
    var extra: [CivilDate] = []
    var except: Set<CivilDate> = []

    /// More would be no holiday.
    private static let longest = 366

    mutating func read(_ line: ContentLine, in zone: Zone) throws(LineFault) {
        switch line.name {
        case "UID": identity = line.value
        case "SUMMARY": summary = line.text
        case "STATUS": isCancelled = line.value.uppercased() == "CANCELLED"
        case "RECURRENCE-ID": instance = try DateValue(line.value, in: zone).date
        case "DTSTART": start = try DateValue(line.value, in: zone)
        case "DTEND": end = try DateValue(line.value, in: zone)
        case "DURATION": duration = try DateValue.duration(line.value)
        case "RRULE":
            guard rule == nil else { throw LineFault("it has two rules") }
            rule = try RecurrenceRule(line.value, in: zone)
        case "EXRULE": throw LineFault("it has an EXRULE, which is not understood")
        case "RDATE", "EXDATE":
            for word in line.value.split(separator: ",") {
                let date = try DateValue(word, in: zone).date
                if line.name == "RDATE" { extra.append(date) } else { except.insert(date) }
            }
        default: break
        }
    }

    /// How many days it takes.
    /// - Throws: why it is no event of whole days.
    func length() throws(LineFault) -> Int {
        guard let start else { throw LineFault("it has no DTSTART") }
        let days: Int
        if let end {
            guard (start.secondOfDay ?? 0) == 0, (end.secondOfDay ?? 0) == 0 else { throw Self.timed }
            // The end is the day after the last one.
            days = end.date.daysSinceEpoch - start.date.daysSinceEpoch
        } else if let duration {
            guard (start.secondOfDay ?? 0) == 0, duration % 86_400 == 0 else { throw Self.timed }
            days = duration / 86_400
        } else {
            guard start.secondOfDay == nil else { throw Self.timed }
            days = 1
        }
        // Some feeds write the same day as beginning and as end.
        guard days > 0 || days == 0 && start.secondOfDay == nil else { throw LineFault("it ends before it begins") }
        guard days <= Self.longest else { throw LineFault("it lasts for more than a year") }
        return max(days, 1)
    }

    private static let timed = LineFault("it has a time of day and is not made of whole days")
}
