extension Rule {
    private static let explained: Set<Substring> = ["Postgres", "Jobs", "HTTP", "Mail", "Runtime", "Sockets"]

    /// What is written for people.
    static let words: [Rule] = [
        Rule("What others use is explained") { file in
            guard file.isSource, explained.contains(file.module), file.code.contains("public ") else { return [] }
            return file.codeLines.indices.filter { index in
                file.codeLines[index].declaresSomethingToExplain && !file.isExplained(index)
            }
            .map { Finding(line: $0 + 1, fault: "a public declaration has a comment that says what it is for") }
        }
    ]
}

extension SourceFile {
    /// Whether a comment for readers stands above the line, counted from 0, attributes aside.
    fileprivate func isExplained(_ index: Int) -> Bool {
        let above = lines[..<index].reversed().first { !$0.drop { $0 == " " }.hasPrefix("@") }
        return above?.drop { $0 == " " }.hasPrefix("///") == true
    }
}

extension Substring {
    /// A public declaration, unless the protocol it is for explains it.
    fileprivate var declaresSomethingToExplain: Bool {
        guard contains(/^ *(?:@\w+(?:\([^)]*\))? +)*public +(?!import\b|extension\b)/) else { return false }
        let known = [
            "var description", "var debugDescription", "var hashValue", "var errorDescription", "func hash(into",
            "func encode(to", "init(from decoder", "static func ==", "static func <", "func ==", "typealias ",
            "var testDescription", "var rawValue", "init(rawValue", "init?(rawValue",
            "init(stringLiteral", "init(stringInterpolation", "init(integerLiteral", "init(arrayLiteral",
            "init(dictionaryLiteral", "init(literalCapacity", "init(extendedGraphemeClusterLiteral",
            "init(unicodeScalarLiteral", "mutating func appendLiteral", "func makeAsyncIterator", "func makeIterator",
        ]
        return !known.contains { contains($0) }
    }
}
