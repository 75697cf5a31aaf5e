import TimeZones

/// How an event comes again (RFC 5545 section 3.3.10), by whole days.
struct RecurrenceRule: Equatable {
    enum Frequency: String {
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
        case yearly = "YEARLY"
    }

    /// `MO`, or `-1MO` for the last Monday of the month or year.
    struct WeekdayPlace: Equatable {
        let place: Int?
        let weekday: Weekday
    }

    var frequency: Frequency
    var interval = 1
    var count: Int?
    /// The last day that counts.
    var until: DateValue?
    var months: [Int] = []
    var monthDays: [Int] = []
    var yearDays: [Int] = []
    var weekdays: [WeekdayPlace] = []
    var positions: [Int] = []
    var weekStart = Weekday.monday

    private static let weekdayNames: [Substring: Weekday] = [
        "MO": .monday, "TU": .tuesday, "WE": .wednesday, "TH": .thursday, "FR": .friday, "SA": .saturday,
        "SU": .sunday,
    ]

    /// - Throws: a sentence about the part that is not understood; what is skipped silently would give wrong days.
    init(_ text: String, in zone: Zone) throws(LineFault) {
        frequency = .yearly
        var hasFrequency = false
        for part in text.uppercased().split(separator: ";") {
            let halves = part.split(separator: "=", maxSplits: 1)
            guard halves.count == 2 else { throw LineFault("its rule has a part without a value: \(part)") }
            let fault = LineFault("its rule has \(part), which is not understood")
            switch halves[0] {
            case "FREQ":
                guard let frequency = Frequency(rawValue: String(halves[1])) else { throw fault }
                (self.frequency, hasFrequency) = (frequency, true)
            case "INTERVAL": interval = try Self.numbers(halves[1], 1...1000, fault)[0]
            case "COUNT": count = try Self.numbers(halves[1], 1...100_000, fault)[0]
            case "UNTIL": until = try DateValue(halves[1], in: zone)
            case "BYMONTH": months = try Self.numbers(halves[1], 1...12, fault)
            case "BYMONTHDAY": monthDays = try Self.numbers(halves[1], -31...31, fault)
            case "BYYEARDAY": yearDays = try Self.numbers(halves[1], -366...366, fault)
            case "BYSETPOS": positions = try Self.numbers(halves[1], -366...366, fault)
            case "BYDAY": weekdays = try Self.weekdays(halves[1], fault)
            case "WKST":
                guard let day = Self.weekdayNames[halves[1]] else { throw fault }
                weekStart = day
            case "BYHOUR", "BYMINUTE", "BYSECOND":
                // Whole days begin at midnight in any case.
                guard DateValue.number(halves[1]) == 0 else { throw fault }
            case "RSCALE", "SKIP":
                // What a rule does without them (RFC 7529).
                guard ["GREGORIAN", "OMIT"].contains(halves[1]) else { throw fault }
            default: throw fault
            }
        }
        guard hasFrequency else { throw LineFault("its rule has no FREQ") }
    }

    private static func numbers(
        _ text: Substring, _ range: ClosedRange<Int>, _ fault: LineFault
    ) throws(LineFault) -> [Int] {
        var numbers: [Int] = []
        for word in text.split(separator: ",") {
            guard let number = Int(word), range.contains(number), number != 0 else { throw fault }
            numbers.append(number)
        }
        guard !numbers.isEmpty else { throw fault }
        return numbers
    }

    private static func weekdays(_ text: Substring, _ fault: LineFault) throws(LineFault) -> [WeekdayPlace] {
        var places: [WeekdayPlace] = []
        for word in text.split(separator: ",") {
            let place = word.dropLast(2)
            guard let weekday = weekdayNames[word.suffix(2)],
                place.isEmpty || Int(place).map({ $0 != 0 && (-53...53).contains($0) }) == true
            else { throw fault }
            places.append(WeekdayPlace(place: Int(place), weekday: weekday))
        }
        return places
    }
}
