import TimeZones

/// A VEVENT as far as whole days are concerned.
struct Event {
    /// Where it begins in the file.
    let line: Int
    var identity: String?
    /// Which of several versions of the event this is; the highest counts.
    var version = 0
    var summary = ""
    var isCancelled = false
    /// The instance that this event stands for instead of the one by the rule.
    var instance: DateValue?
    var start: DateValue?
    var end: DateValue?
    var duration: Int?
    var rule: RecurrenceRule?
    private var extra: [DateValue] = []
    private var except: [DateValue] = []
    /// Whether its writer says beside the times that they mean days.
    private var saysAllDay = false

    init(line: Int) { self.line = line }

    mutating func read(_ line: ContentLine, in zone: Zone) throws(LineFault) {
        switch line.name {
        case "UID": identity = line.value
        case "SEQUENCE": version = DateValue.number(line.value) ?? 0
        case "SUMMARY": summary = line.text
        case "STATUS": isCancelled = line.value.uppercased() == "CANCELLED"
        case "RECURRENCE-ID":
            if line.parameters["RANGE"] != nil {
                throw LineFault("it changes all later instances too, which is not understood")
            }
            instance = try DateValue(line.value, in: zone)
        case "DTSTART": start = try DateValue(line.value, in: zone)
        case "DTEND": end = try DateValue(line.value, in: zone)
        case "DURATION": duration = try DateValue.duration(line.value)
        case "X-MICROSOFT-CDO-ALLDAYEVENT": saysAllDay = line.value.uppercased() == "TRUE"
        case "RRULE":
            guard rule == nil else { throw LineFault("it has two rules") }
            rule = try RecurrenceRule(line.value, in: zone)
        case "EXRULE": throw LineFault("it has an EXRULE, which is not understood")
        case "RDATE", "EXDATE":
            for word in line.value.split(separator: ",") {
                let date = try DateValue(word, in: zone)
                if line.name == "RDATE" { extra.append(date) } else { except.append(date) }
            }
        default: break
        }
    }

    /// The event as days.
    /// - Throws: why it is no event of whole days.
    func span() throws(LineFault) -> DaySpan {
        guard let start else { throw LineFault("it has no DTSTART") }
        if let span = try DaySpan(start.asLocal, end?.asLocal, duration, saysAllDay: saysAllDay, isUniversal: false) {
            return span
        }
        // Many a writer of feeds takes the midnights of UTC for those of the place.
        let times = (start.universal, end?.universal)
        if let begin = times.0?.asTime, end == nil || times.1 != nil,
            let span = try DaySpan(begin, times.1?.asTime, duration, saysAllDay: saysAllDay, isUniversal: true)
        {
            return span
        }
        throw LineFault("it has a time of day and is not made of whole days")
    }

    /// The first days of all its repetitions that reach into some days, in no order.
    ///
    /// - Parameters:
    ///   - replaced: instances that have events of their own.
    ///   - budget: how many days may still be looked at for the whole file.
    /// - Returns: nil where the budget was not enough.
    func starts(
        of span: DaySpan, in range: ClosedRange<CivilDate>, without replaced: Set<CivilDate>, budget: inout Int
    ) -> [CivilDate]? {
        var starts = [span.first]
        if let rule {
            let since = range.lowerBound.adding(days: -span.count)
            guard let found = rule.days(from: span, since: since, through: range.upperBound, budget: &budget) else {
                return nil
            }
            starts = found
        }
        let except = Set(except.map(span.date))
        return (starts + extra.map(span.date)).filter { !except.contains($0) && !replaced.contains($0) }
    }
}
