extension JSONForm where Value == String {
    /// A text of any lines. `length` is in characters as Unicode counts code points; the character with the
    /// number 0 is refused, because PostgreSQL cannot keep it.
    public static func text(length: ClosedRange<Int> = 1...10_000) -> JSONForm {
        JSONForm(described: .text(length: length)) { json, pointer, faults in
            guard let text = anyText.read(json, pointer, &faults) else { return nil }
            if text.unicodeScalars.contains("\0") {
                faults.add(pointer, "must not contain the character U+0000")
                return nil
            }
            guard let detail = misfit(text, length) else { return text }
            faults.add(pointer, detail)
            return nil
        }
    }

    /// A text without line breaks or other control characters, fit for a subject or a name.
    public static func line(length: ClosedRange<Int> = 1...200) -> JSONForm {
        text(length: length).checked(
            "must be one line without control characters", pattern: #"^[^\u0000-\u001F\u007F-\u009F\u2028\u2029]*$"#
        ) { text in
            text.unicodeScalars.contains {
                $0.properties.generalCategory == .control || $0 == "\u{2028}" || $0 == "\u{2029}"
            }
                ? nil : text
        }
    }

    private static var anyText: JSONForm { kind("a text", .kind("string"), \.string) }

    private static func misfit(_ text: String, _ length: ClosedRange<Int>) -> String? {
        let count = text.unicodeScalars.count
        if count == 0, length.lowerBound > 0 { return "must not be empty" }
        if count < length.lowerBound { return "must have at least \(length.lowerBound) characters; it has \(count)" }
        if count > length.upperBound { return "must have at most \(length.upperBound) characters; it has \(count)" }
        return nil
    }
}

extension JSONForm where Value == Bool {
    public static var boolean: JSONForm { kind("true or false", .kind("boolean"), \.bool) }
}

extension JSONForm where Value == Int {
    /// A whole number within the range.
    public static func integer(_ range: ClosedRange<Int> = Int.min...Int.max) -> JSONForm {
        let bounds =
            range.upperBound == .max && range.lowerBound == .min
            ? "a whole number"
            : range.upperBound == .max
                ? "a whole number, \(range.lowerBound) or more"
                : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return JSONForm(described: .integer(range)) { json, pointer, faults in
            if let value = json.integer.map(Int.init), range.contains(value) { return value }
            faults.add(pointer, "must be \(bounds), not \(json.number?.text ?? json.kind)")
            return nil
        }
    }
}

extension JSONForm where Value == JSONNumber {
    /// Any number, exact.
    public static var number: JSONForm { kind("a number", .kind("number"), \.number) }
}

extension JSONForm where Value == JSON {
    /// Whatever stands there.
    public static var any: JSONForm { JSONForm { json, _, _ in json } }
}

extension JSONForm where Value: CaseIterable & RawRepresentable<String> {
    /// One of the words of an enumeration.
    public static func word(_ type: Value.Type = Value.self) -> JSONForm {
        JSONForm<String>.word(among: type.allCases.map(\.rawValue)).checked("is not a known word") {
            Value(rawValue: $0)
        }
    }
}

extension JSONForm where Value == String {
    /// One of the words known, such as the codes of sites.
    public static func word(among known: [String]) -> JSONForm {
        JSONForm(described: .word(among: known)) { json, pointer, faults in
            guard let word = anyText.read(json, pointer, &faults) else { return nil }
            if known.contains(word) { return word }
            let meant = NearestWord.to(word, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
            let list = known.count <= 12 ? known.joined(separator: ", ") : "\(known.count) known words"
            faults.add(pointer, "must be one of \(list), not \"\(word.shortened)\"\(meant)")
            return nil
        }
    }
}
