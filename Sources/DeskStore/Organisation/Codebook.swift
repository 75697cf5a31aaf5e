public import Desk

/// The codes by which the organisation document names one kind of thing, and the keys under which the database keeps
/// it.
public struct Codebook<Entity>: Sendable {
    private let keys: [String: Identifier<Entity>]
    private let codes: [Identifier<Entity>: String]

    init(_ rows: [(Identifier<Entity>, String)]) {
        keys = Dictionary(uniqueKeysWithValues: rows.map { ($0.1, $0.0) })
        codes = Dictionary(uniqueKeysWithValues: rows)
    }

    public subscript(code: String) -> Identifier<Entity>? { keys[code] }

    /// The code of a key; what is no longer in the document still has one.
    public func code(of key: Identifier<Entity>) -> String { codes[key] ?? "#\(key)" }
}
