extension ZoneRule {
    /// Why the text of a rule is not understood: a sentence.
    struct Fault: Error, Equatable {
        let reason: String
    }

    /// Reads a rule in the form of POSIX's `TZ` variable with the extensions of RFC 9636 section 3.3.1,
    /// for instance `CET-1CEST,M3.5.0,M10.5.0/3`.
    init(parsing text: some StringProtocol) throws(Fault) {
        var reader = Reader(rest: Array(text.utf8)[...])
        let name = try reader.name()
        let offset = try reader.offset()
        standard = ZoneStyle(offset: offset, isDaylightSaving: false, abbreviation: name)
        guard !reader.rest.isEmpty else {
            daylight = nil
            return
        }
        let daylightName = try reader.name()
        // Without an offset of its own daylight saving time is one hour ahead.
        let daylightOffset = reader.rest.first == comma ? offset + 3600 : try reader.offset()
        try reader.skip(comma)
        let start = try reader.change()
        try reader.skip(comma)
        let end = try reader.change()
        guard reader.rest.isEmpty else { throw reader.fault("nothing more") }
        daylight = Daylight(
            style: ZoneStyle(offset: daylightOffset, isDaylightSaving: true, abbreviation: daylightName),
            start: start, end: end)
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        func fault(_ expected: String) -> Fault {
            let found = rest.isEmpty ? "its end" : "\"\(String(decoding: rest, as: UTF8.self))\""
            return Fault(reason: "the rule should have \(expected) where it has \(found)")
        }

        mutating func take(_ byte: UInt8) -> Bool {
            guard rest.first == byte else { return false }
            rest.removeFirst()
            return true
        }

        mutating func skip(_ byte: UInt8) throws(Fault) {
            guard take(byte) else { throw fault("\"\(Character(UnicodeScalar(byte)))\"") }
        }

        /// Three or more letters, or letters, digits and signs between `<` and `>`.
        mutating func name() throws(Fault) -> String {
            let isQuoted = take(UInt8(ascii: "<"))
            let name = rest.prefix { byte in
                isLetter(byte)
                    || isQuoted && (isDigit(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-"))
            }
            guard name.count >= 3 else { throw fault("a name of three letters or more") }
            rest = rest.dropFirst(name.count)
            if isQuoted { try skip(UInt8(ascii: ">")) }
            return String(decoding: name, as: UTF8.self)
        }

        mutating func number(_ range: ClosedRange<Int>) throws(Fault) -> Int {
            let digits = rest.prefix(while: isDigit)
            guard digits.count <= 3, let value = decimalNumber(digits), range.contains(value) else {
                throw fault("a number from \(range.lowerBound) to \(range.upperBound)")
            }
            rest = rest.dropFirst(digits.count)
            return value
        }

        /// `[+|-]hh[:mm[:ss]]` in seconds.
        mutating func time(hours: ClosedRange<Int>) throws(Fault) -> Int {
            let isNegative = take(UInt8(ascii: "-"))
            if !isNegative { _ = take(UInt8(ascii: "+")) }
            var seconds = try number(hours) * 3600
            if take(UInt8(ascii: ":")) {
                seconds += try number(0...59) * 60
                if take(UInt8(ascii: ":")) { seconds += try number(0...59) }
            }
            return isNegative ? -seconds : seconds
        }

        /// Seconds east of UTC; the text counts them westwards.
        mutating func offset() throws(Fault) -> Int {
            -(try time(hours: 0...24))
        }

        mutating func change() throws(Fault) -> Change {
            let day = try day()
            let secondOfDay = take(UInt8(ascii: "/")) ? try time(hours: 0...167) : 2 * 3600
            return Change(day: day, secondOfDay: secondOfDay)
        }

        private mutating func day() throws(Fault) -> Day {
            if take(UInt8(ascii: "J")) { return .withoutLeapDay(try number(1...365)) }
            guard take(UInt8(ascii: "M")) else { return .withLeapDay(try number(0...365)) }
            let month = try number(1...12)
            try skip(UInt8(ascii: "."))
            let week = try number(1...5)
            try skip(UInt8(ascii: "."))
            return .weekday(month: month, week: week, day: try number(0...6))
        }
    }
}

private let comma = UInt8(ascii: ",")

private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
