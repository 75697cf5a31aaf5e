/// An option of a command.
struct Option: Sendable, Equatable {
    /// How many words it takes after its name.
    enum Arity: Sendable { case none, one, many }

    /// With its dashes.
    let name: String
    let arity: Arity
    /// Stands for the word it takes in help texts.
    let value: String
    /// What it is for, in one line without a full stop.
    let meaning: String

    static func flag(_ name: String, _ meaning: String) -> Option {
        Option(name: name, arity: .none, value: "", meaning: meaning)
    }

    static func value(_ name: String, _ value: String, _ meaning: String) -> Option {
        Option(name: name, arity: .one, value: value, meaning: meaning)
    }

    /// Takes all words up to the next option.
    static func values(_ name: String, _ value: String, _ meaning: String) -> Option {
        Option(name: name, arity: .many, value: value, meaning: meaning)
    }

    /// As it is shown: `--data DIR`.
    var form: String {
        switch arity {
        case .none: name
        case .one: "\(name) \(value)"
        case .many: "\(name) \(value)…"
        }
    }

    static let help = flag("--help", "print this")
    static let json = flag("--json", "print JSON, and nothing but JSON, on standard output")
}
