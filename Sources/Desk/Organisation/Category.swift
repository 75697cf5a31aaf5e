/// What tickets can be about. Categories are open-ended and form trees (S13).
public struct Category: Hashable, Sendable {
    public var code: String
    /// What it is called, by language.
    public var names: [String: String]
    /// The code of the category it is part of.
    public var parent: String?
    /// The codes of what a team must be told about its tickets.
    public var needs: [String]

    public init(code: String, names: [String: String], parent: String? = nil, needs: [String] = []) {
        (self.code, self.names, self.parent, self.needs) = (code, names, parent, needs)
    }

    /// What it is called in a language, or else in English, or else its code.
    public func name(in language: String) -> String { names[language] ?? names["en"] ?? code }
}
