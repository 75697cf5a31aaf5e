import JSON

/// A length of working time as documents write it: `15m`, `4h`, `2h30m`. There are no days in it, because a day is as
/// long as a calendar makes it.
enum WorkingTime {
    private static let units: KeyValuePairs<Character, Int64> = ["h": 3600, "m": 60, "s": 1]

    static var form: JSONForm<Int64> {
        JSONForm<String>.line(length: 1...16)
            .checked(
                "must be a length of working time such as 15m, 4h or 2h30m, at most 10000h",
                pattern: "^([0-9]+h)?([0-9]+m)?([0-9]+s)?$"
            ) { seconds($0) }
    }

    /// The seconds, 1 ... 36,000,000; nil where the text has another form.
    static func seconds(_ text: String) -> Int64? {
        var sum: Int64 = 0
        var rest = text[...]
        for (unit, length) in units {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty, rest[digits.endIndex...].first == unit else { continue }
            guard let count = Int64(digits), count <= 36_000_000 else { return nil }
            sum += count * length
            rest = rest[digits.endIndex...].dropFirst()
        }
        return rest.isEmpty && (1...36_000_000).contains(sum) ? sum : nil
    }

    static func text(_ seconds: Int64) -> String {
        var (text, rest) = ("", seconds)
        for (unit, length) in units where rest >= length {
            text += "\(rest / length)\(unit)"
            rest %= length
        }
        return text
    }
}
