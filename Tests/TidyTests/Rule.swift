import Testing

/// A rule of the house that no compiler knows: a sentence, and what in a file breaks it.
struct Rule: Sendable, CustomTestStringConvertible {
    let sentence: String
    /// The line numbers and what is wrong there.
    let findings: @Sendable (SourceFile) -> [Finding]

    struct Finding: Equatable, CustomStringConvertible {
        let line: Int
        let fault: String

        var description: String { "\(line): \(fault)" }
    }

    init(_ sentence: String, _ findings: @escaping @Sendable (SourceFile) -> [Finding]) {
        self.sentence = sentence
        self.findings = findings
    }

    /// Nothing in the code of these files matches. `needle` stands in every match.
    init(
        _ sentence: String, never pattern: @escaping @Sendable () -> Regex<Substring>, needle: String,
        fault: String, where applies: @escaping @Sendable (SourceFile) -> Bool = { _ in true }
    ) {
        self.init(sentence) { file in
            guard applies(file) else { return [] }
            return file.lines(with: pattern(), needle: needle).map { Finding(line: $0, fault: fault) }
        }
    }

    var testDescription: String { sentence }

    static let all: [Rule] = form + escapes + arrows + time + words
}

extension SourceFile {
    var isSource: Bool { part == "Sources" }
}
