public import Catalogue
public import HTTP

/// What somebody has filled into a form, and what is wrong with it: shown again, nothing has to be written twice.
public struct Draft: Sendable {
    /// What is wrong with a field, and what to do.
    public struct Fault: Sendable, Equatable {
        public let field: String
        public let text: String
    }

    private var values: Query
    public private(set) var faults: [Fault] = []

    public init(_ values: Query = Query()) { self.values = values }

    public init(_ form: Form) { values = form.values }

    public init(_ form: SentForm) { values = form.values }

    /// What stands in a field, without the blanks around it.
    public subscript(field: String) -> String { values[field].map(Self.trimmed) ?? "" }

    /// Notes in a hidden field that something has been shown or said, for when the form is sent on.
    public mutating func mark(_ field: String) {
        if self[field].isEmpty { values.append(field, "yes") }
    }

    public mutating func refuse(_ field: String, _ text: String) { faults.append(Fault(field: field, text: text)) }

    /// The text of a field, at most `limit` characters long; notes what is wrong where it is missing or too long.
    public mutating func require(
        _ field: String, _ missing: Phrase, atMost limit: Int, named label: Phrase, _ wording: Wording
    ) -> String {
        let text = self[field]
        if text.isEmpty { refuse(field, wording(missing)) }
        limitLength(of: field, to: limit, named: label, wording)
        return text
    }

    public mutating func limitLength(of field: String, to limit: Int, named label: Phrase, _ wording: Wording) {
        guard self[field].unicodeScalars.count > limit else { return }
        refuse(field, wording(.errorTooLong, ["field": wording(label), "count": limit]))
    }

    private static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
