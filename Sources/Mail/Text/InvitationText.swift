/// What an invitation says, for mails that say nothing else: what, when, where and by whom, in no language.
enum InvitationText {
    /// The first event of a calendar in lines; empty if it holds none.
    static func render(_ calendar: String) -> String {
        var event: [String: (value: String, zone: String?)]?
        for line in unfolded(calendar) {
            if line.uppercased() == "BEGIN:VEVENT" { event = [:] }
            if line.uppercased() == "END:VEVENT" { break }
            guard event != nil, let colon = endOfName(line) else { continue }
            let head = line[..<colon].split(separator: ";")
            guard let name = head.first?.uppercased(), event?[name] == nil else { continue }
            let zone = head.dropFirst().first { $0.uppercased().hasPrefix("TZID=") }?.dropFirst(5)
            let value = String(line[line.index(after: colon)...])
            event?[name] = (value, zone.map { $0.filter { $0 != "\"" } })
        }
        guard let event else { return "" }
        let times = ["DTSTART", "DTEND"].compactMap { event[$0].map { time($0.value, zone: $0.zone) } }
        let organizer = event["ORGANIZER"].map { value in
            value.value.lowercased().hasPrefix("mailto:") ? String(value.value.dropFirst(7)) : value.value
        }
        let lines = [
            event["SUMMARY"].map { plain($0.value) }, times.isEmpty ? nil : times.joined(separator: " – "),
            event["LOCATION"].map { plain($0.value) }, organizer, event["DESCRIPTION"].map { plain($0.value) },
        ]
        return lines.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "\n").asPlainText
    }

    /// Lines that were broken to keep them short, put together (RFC 5545, section 3.1).
    private static func unfolded(_ calendar: String) -> [String] {
        var lines: [String] = []
        for line in calendar.replacingLineEnds.split(separator: "\n") {
            if let first = line.first, first == " " || first == "\t", !lines.isEmpty {
                lines[lines.count - 1] += line.dropFirst()
            } else {
                lines.append(String(line))
            }
        }
        return lines
    }

    /// The colon before the value, and not one in a quoted parameter.
    private static func endOfName(_ line: String) -> String.Index? {
        var isQuoted = false
        return line.firstIndex { letter in
            if letter == "\"" { isQuoted.toggle() }
            return letter == ":" && !isQuoted
        }
    }

    private static func plain(_ value: String) -> String {
        value.replacing("\\n", with: "\n").replacing("\\N", with: "\n").replacing("\\,", with: ",")
            .replacing("\\;", with: ";").replacing("\\\\", with: "\\")
    }

    /// `20260302T101500Z` as `2026-03-02 10:15 UTC`; what has another form stays.
    private static func time(_ value: String, zone: String?) -> String {
        let digits = Array(value.utf8.filter(\.isDigit))
        guard digits.count == 8 || digits.count == 14 else { return value }
        func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        let day = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
        guard digits.count == 14 else { return day }
        let place = value.hasSuffix("Z") ? " UTC" : zone.map { " " + $0 } ?? ""
        return "\(day) \(part(8..<10)):\(part(10..<12))\(place)"
    }
}
