import JSON

/// What a rule or a macro writes, by language, with named fields such as `{number}`.
public struct AutomationText: Hashable, Sendable {
    public var byLanguage: [String: String]

    /// What may stand between braces.
    public enum Field: String, CaseIterable, Sendable {
        case number
        case subject
        /// The requester's name.
        case requester
        case team
        case site
        case priority
    }

    public init(_ byLanguage: [String: String]) { self.byLanguage = byLanguage }

    /// The text in a language, or else in English, or else in the first there is, with the fields filled in.
    public func text(in language: String, _ fields: [Field: String]) -> String {
        let template = byLanguage.language(for: language).flatMap { byLanguage[$0] } ?? ""
        return fields.reduce(into: template) { text, field in
            text = text.replacing("{\(field.key.rawValue)}", with: field.value)
        }
    }

    static var form: JSONForm<AutomationText> {
        let words = JSONForm<String>.text(length: 1...10_000).checked(checkFields)
        return JSONForm<[(name: String, value: String)]>.members(names: .language, values: words, count: 1...100)
            .map { members in AutomationText(Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }) }
    }

    var json: JSON { byLanguage.jsonByLanguage }

    private static func checkFields(_ text: String) throws -> String {
        let known = Field.allCases.map(\.rawValue)
        for piece in text.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
            guard let end = piece.firstIndex(of: "}") else { continue }
            let name = String(piece[..<end])
            if !known.contains(name) { throw UnknownField(name: name, known: known) }
        }
        return text
    }

    private struct UnknownField: Error, CustomStringConvertible {
        let name: String
        let known: [String]

        var description: String {
            let meant = NearestWord.to(name, among: known).map { "; did you mean \"{\($0)}\"?" } ?? ""
            return "has an unknown field \"{\(name)}\"; there are \(known.joined(separator: ", "))\(meant)"
        }
    }
}
