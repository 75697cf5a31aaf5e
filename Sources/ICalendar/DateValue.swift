import TimeZones

/// A date, or a date with a time of day (RFC 5545 sections 3.3.4 and 3.3.5).
struct DateValue: Equatable {
    let date: CivilDate
    /// Nil for a whole day.
    let secondOfDay: Int?
    /// A time in UTC as it is written.
    let universal: Written?

    struct Written: Equatable {
        let date: CivilDate
        let secondOfDay: Int
    }

    /// - Parameter zone: where a time in UTC is read from the clock. A time of any other kind counts as it is written:
    ///   midnight is the beginning of a day, wherever that is.
    init(_ text: some StringProtocol, in zone: Zone) throws(LineFault) {
        let text = String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        let halves = text.split(separator: "T", omittingEmptySubsequences: false)
        guard let day = halves.first, let date = Self.date(day), halves.count <= 2 else {
            throw LineFault("\"\(text)\" is no date such as 20261225")
        }
        guard halves.count == 2 else {
            (self.date, secondOfDay, universal) = (date, nil, nil)
            return
        }
        let isUniversal = halves[1].hasSuffix("Z")
        guard let time = Self.time(isUniversal ? halves[1].dropLast() : halves[1]) else {
            throw LineFault("\"\(text)\" is no time such as 20261225T080000")
        }
        guard isUniversal else {
            (self.date, secondOfDay, universal) = (date, time, nil)
            return
        }
        let local = zone.local(at: Zone.utc.moment(date, secondOfDay: time))
        (self.date, secondOfDay) = (local.date, local.secondOfDay)
        universal = Written(date: date, secondOfDay: time)
    }

    private static func date(_ text: some StringProtocol) -> CivilDate? {
        guard text.utf8.count == 8, let number = number(text) else { return nil }
        return CivilDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    private static func time(_ text: some StringProtocol) -> Int? {
        guard text.utf8.count == 6, let number = number(text), number < 240_000, number / 100 % 100 < 60,
            number % 100 <= 60
        else { return nil }
        return number / 10_000 * 3600 + number / 100 % 100 * 60 + min(number % 100, 59)
    }

    static func number(_ text: some StringProtocol) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }

    /// The seconds of a duration such as `P1D`, `P2W` or `PT24H` (section 3.3.6).
    static func duration(_ text: String) throws(LineFault) -> Int {
        let fault = LineFault("\"\(text)\" is no duration such as P1D")
        var rest = text[...]
        if rest.first == "+" { rest.removeFirst() }
        guard rest.first == "P", rest.count > 1 else { throw fault }
        rest.removeFirst()
        var (seconds, inTime) = (0, false)
        while let first = rest.first {
            if first == "T" {
                inTime = true
                rest.removeFirst()
                continue
            }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let units: [Character: Int] = inTime ? ["H": 3600, "M": 60, "S": 1] : ["W": 604_800, "D": 86_400]
            guard digits.count <= 6, let number = Int(digits), let letter = rest.popFirst(), let unit = units[letter]
            else { throw fault }
            seconds += number * unit
        }
        return seconds
    }
}
