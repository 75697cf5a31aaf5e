public import JSON

/// Some actions that a person does to a ticket with one click, all of them or none.
public struct Macro: Hashable, Sendable {
    public var code: String
    /// What it is called, by language.
    public var labels: [String: String]
    public var actions: [AutomationAction]

    public init(code: String, labels: [String: String], actions: [AutomationAction]) {
        (self.code, self.labels, self.actions) = (code, labels, actions)
    }

    /// What it is called in a language, or else in English, or else its code.
    public func label(in language: String) -> String { labels[language] ?? labels["en"] ?? code }
}

extension Macro {
    static func form(_ references: References) -> JSONForm<Macro> {
        .object { reader in
            let code = reader.required("code", references.defining(.macro, .code))
            let labels = reader.required("labels", .names)
            let actions = reader.required("do", .list(of: AutomationAction.form(references), count: 1...20))
            guard let code, let labels, let actions else { return nil }
            return Macro(code: code, labels: labels, actions: actions)
        }
    }

    /// What it is called, by language.
    public var labelsJSON: JSON { labels.jsonByLanguage }

    var json: JSON {
        .object(["code": code.json, "labels": labels.jsonByLanguage, "do": JSON.array(actions.map(\.json))])
    }
}
