import Moments

/// Reads the date of a message, in the form of RFC 5322, section 3.3, its obsolete forms, and what else is found.
enum MailDate {
    /// The moment that an unfolded field value names; nil if it names none.
    static func moment(_ value: ArraySlice<UInt8>) -> Moment? {
        var reading = DateReading()
        for word in words(of: value) { reading.take(word) }
        return reading.moment
    }

    /// The words of the value without its comments; the signs of a zone and the colons of a time stay in them.
    private static func words(of value: ArraySlice<UInt8>) -> [String] {
        var plain: [UInt8] = []
        var depth = 0
        for byte in value.prefix(200) {
            switch byte {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth = max(0, depth - 1)
            default:
                guard depth == 0 else { continue }
                let isSeparator = byte <= 32 || byte == UInt8(ascii: ",") || byte == .semicolon || byte == .quote
                // "09 : 55" of the obsolete form is one time.
                if isSeparator, plain.last == .colon || plain.last == .space { continue }
                if byte == .colon, plain.last == .space { plain.removeLast() }
                plain.append(isSeparator ? .space : byte < 128 ? byte : UInt8.question)
            }
        }
        return plain.split(separator: .space).map(\.asciiLowercased)
    }
}

/// What is known of a date while its words are read.
private struct DateReading {
    private var day: Int?
    private var month: Int?
    private var year: Int?
    private var time: (hour: Int, minute: Int, second: Int)?
    private var offset: Int?

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    /// Minutes east of UTC. Military letters had the wrong sign in their first standard and mean nothing.
    private static let zones = [
        "ut": 0, "gmt": 0, "utc": 0, "z": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
        "mdt": -360, "pst": -480, "pdt": -420, "cet": 60, "met": 60, "mez": 60, "cest": 120, "mest": 120,
        "mesz": 120, "wet": 0, "west": 60, "bst": 60, "eet": 120, "eest": 180, "msk": 180, "jst": 540, "kst": 540,
        "hkt": 480, "aest": 600, "aedt": 660,
    ]

    mutating func take(_ word: String) {
        if word.contains(":"), time == nil, takeTime(word) { return }
        if let first = word.first, first == "+" || first == "-", takeOffset(word) { return }
        if let number = Int(word), word.utf8.count <= 4 { return takeNumber(number, digits: word.utf8.count) }
        let parts = word.split(separator: "-", omittingEmptySubsequences: true)
        if parts.count == 3, parts[0].first?.isLetter != true {
            // 21-Nov-1997 or 1997-11-21, perhaps with its time behind a "t".
            return takeDashed(parts)
        }
        takeName(word)
    }

    private mutating func takeNumber(_ number: Int, digits: Int) {
        if digits <= 2, day == nil {
            day = number
        } else if year == nil {
            year = digits <= 2 ? number + (number < 50 ? 2_000 : 1_900) : digits == 3 ? number + 1_900 : number
        }
    }

    private mutating func takeName(_ word: String) {
        if month == nil, let index = Self.months.firstIndex(where: { word.hasPrefix($0) }) {
            month = index + 1
        } else if word == "pm" || word == "am", let known = time, known.hour <= 12 {
            time?.hour = known.hour % 12 + (word == "pm" ? 12 : 0)
        } else if time != nil {
            let name = word.prefix { $0.isLetter }
            if let minutes = Self.zones[String(name)], offset == nil { offset = minutes }
            if name.count < word.count { _ = takeOffset(String(word.dropFirst(name.count))) }
        }
    }

    private mutating func takeDashed(_ parts: [Substring]) {
        if parts[0].utf8.count == 4 {
            year = Int(parts[0])
            month = Int(parts[1])
            day = Int(parts[2].prefix(2))
            let rest = parts[2].dropFirst(2)
            if rest.hasPrefix("t") { _ = takeTime(String(rest.dropFirst())) }
        } else {
            for part in parts { take(String(part)) }
        }
    }

    private mutating func takeTime(_ word: String) -> Bool {
        var digits = word[...]
        if let sign = digits.firstIndex(where: { $0 == "+" || $0 == "-" }) {
            _ = takeOffset(String(digits[sign...]))
            digits = digits[..<sign]
        }
        if digits.hasSuffix("z") {
            offset = 0
            digits.removeLast()
        }
        for half in ["am", "pm"] where digits.hasSuffix(half) { digits.removeLast(2) }
        let fields = digits.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(fields.count), let hour = Int(fields[0]), let minute = Int(fields[1]) else {
            return false
        }
        let second = fields.count == 3 ? Int(fields[2].prefix { $0 != "." && $0 != "," }) : 0
        guard let second, (0..<24).contains(hour), (0..<60).contains(minute), (0...60).contains(second) else {
            return false
        }
        time = (hour, minute, min(second, 59))
        if word.hasSuffix("pm") || word.hasSuffix("am") { takeName(String(word.suffix(2))) }
        return true
    }

    /// "+0100", "-05:30", "+1".
    private mutating func takeOffset(_ word: String) -> Bool {
        guard let sign = word.first, sign == "+" || sign == "-" else { return false }
        let digits = word.dropFirst().filter { $0 != ":" }
        guard !digits.isEmpty, digits.utf8.allSatisfy(\.isDigit), let number = Int(digits.prefix(4)) else {
            return false
        }
        guard time != nil || digits.utf8.count == 4 else { return false }
        let minutes = digits.utf8.count <= 2 ? number * 60 : number / 100 * 60 + number % 100
        // A zone further out than the widest on earth is a mistake, and UTC the best guess.
        offset = minutes <= 14 * 60 ? (sign == "-" ? -minutes : minutes) : 0
        return true
    }

    /// The moment, if the words named one that exists.
    var moment: Moment? {
        guard let day, let month, let year, let time, (1_900...9_999).contains(year) else { return nil }
        let zone = offset ?? 0
        let sign = zone < 0 ? "-" : "+"
        let date = "\(year)-\(Self.padded(month))-\(Self.padded(day))"
        let clock = [time.hour, time.minute, time.second].map(Self.padded).joined(separator: ":")
        return Moment(
            rfc3339: "\(date)T\(clock)\(sign)\(Self.padded(abs(zone) / 60)):\(Self.padded(abs(zone) % 60))")
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
