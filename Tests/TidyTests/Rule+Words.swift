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
    /// Whether a comment for readers stands above the line, counted from 0; attributes and other comments may
    /// stand between.
    fileprivate func isExplained(_ index: Int) -> Bool {
        for line in lines[..<index].reversed() {
            let words = line.drop { $0 == " " }
            if words.hasPrefix("///") { return true }
            guard words.hasPrefix("@") || words.hasPrefix("//") else { return false }
        }
        return false
    }
}

extension Substring {
    /// A public declaration, unless the properties (of an initialiser) or a protocol explain it.
    fileprivate var declaresSomethingToExplain: Bool {
        guard contains(/^ *(?:@\w+(?:\([^)]*\))? +)*public +(?!import\b|extension\b|init\()/) else { return false }
        let witnesses = [
            "var description", "var debugDescription", "var hashValue", "var errorDescription", "func hash(into",
            "func encode(to", "func ==", "func <", "typealias ", "rawValue", "mutating func appendLiteral",
            "func makeAsyncIterator", "func makeIterator", "func enqueue(_ job: consuming", "var now: Moment",
        ]
        return !witnesses.contains { contains($0) }
    }
}
