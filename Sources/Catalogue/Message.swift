/// A sentence of one language with places for values.
struct Message: Sendable, Hashable {
    /// What a sentence consists of, in order.
    enum Piece: Sendable, Hashable {
        case text(String)
        case value(String)
    }

    /// One text for every number, or one for each form that the word counted takes.
    enum Text: Sendable, Hashable {
        case plain([Piece])
        case counted([Plural: [Piece]])
    }

    /// The value that chooses the form.
    static let count = "count"

    let text: Text

    /// The pieces for a number; `other` where the form is missing.
    func pieces(for count: Int?, in language: Language) -> [Piece] {
        switch text {
        case .plain(let pieces): pieces
        case .counted(let forms): forms[count.map { Plural($0, in: language) } ?? .other] ?? forms[.other] ?? []
        }
    }

    /// Reads `Hello {name}`. Nil where a brace has no partner or a name is no name.
    static func pieces(_ text: String) -> [Piece]? {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else { return nil }
            let name = rest[rest.index(after: open)..<close]
            guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else { return nil }
            if rest.startIndex < open { pieces.append(.text(String(rest[..<open]))) }
            pieces.append(.value(String(name)))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        return pieces
    }
}
