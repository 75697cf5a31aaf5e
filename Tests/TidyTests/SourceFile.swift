import Foundation
import Testing

/// A Swift file of the repository as the rules read it.
struct SourceFile: Sendable, CustomTestStringConvertible {
    /// Path below the root of the repository.
    let path: String
    let text: String
    /// The lines as they stand.
    let lines: [Substring]
    /// The code alone: comments and the text of literals are blank.
    let code: String
    let codeLines: [Substring]
    /// The text of literals alone, interpolations blank.
    let literals: String
    let literalLines: [Substring]

    init(path: String, text: String) {
        let mask = Mask(text)
        self.path = path
        self.text = text
        self.code = String(decoding: mask.code, as: UTF8.self)
        self.literals = String(decoding: mask.literals, as: UTF8.self)
        self.literalLines = literals.split(separator: "\n", omittingEmptySubsequences: false)
        self.lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        self.codeLines = code.split(separator: "\n", omittingEmptySubsequences: false)
    }

    var testDescription: String { path }

    /// Whether the line, counted from 0, begins inside a literal.
    func isText(_ index: Int) -> Bool {
        guard let first = lines[index].firstIndex(where: { $0 != " " }) else { return false }
        let column = lines[index].utf8.distance(from: lines[index].startIndex, to: first)
        if lines[index][first...].hasPrefix("\\(") { return true }
        return Array(literalLines[index].utf8)[column] != UInt8(ascii: " ")
    }

    /// Code and comments: the text of literals is blank.
    var withoutLiterals: String {
        let blank = UInt8(ascii: " ")
        let bytes = zip(text.utf8, literals.utf8).map { $1 == blank || $0 == UInt8(ascii: "\n") ? $0 : blank }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// "Sources" or "Tests".
    var part: Substring { path.prefix { $0 != "/" } }
    /// The folder of the target it belongs to.
    var module: Substring {
        let names = path.split(separator: "/")
        return names.count > 2 ? names[1] : ""
    }
    var name: Substring { path.split(separator: "/").last ?? "" }

    /// The modules it imports.
    var imports: [Substring] {
        let kinds: Set<Substring> = ["struct", "enum", "class", "func", "protocol", "var", "typealias"]
        return codeLines.compactMap { line in
            let words = line.split(separator: " ")
            guard let index = words.firstIndex(of: "import"), index + 1 < words.count else { return nil }
            let module = kinds.contains(words[index + 1]) ? words.last : words[index + 1]
            return module?.prefix { $0 != "." }
        }
    }

    /// The numbers, counted from 1, of the lines of code in which the pattern stands. `needle` is a text that every
    /// match contains; it spares most files the search.
    func lines(with pattern: Regex<Substring>, needle: String) -> [Int] {
        guard code.contains(needle) else { return [] }
        return codeLines.indices.filter { codeLines[$0].contains(needle) && codeLines[$0].contains(pattern) }
            .map { $0 + 1 }
    }

    /// The number, counted from 1, of the line at this place of any of the texts.
    func line(at index: String.Index, of text: String) -> Int {
        text.utf8[..<index].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    }
}
