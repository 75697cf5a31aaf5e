extension Rule {
    private static let explained: Set<Substring> = ["Postgres", "Jobs", "HTTP", "Mail", "Runtime", "Sockets"]

    /// What is written for people.
    static let words: [Rule] = [
        Rule("What others use is explained") { file in
            guard file.isSource, explained.contains(file.module), file.code.contains("public ") else { return [] }
            return file.codeLines.indices.filter { index in
                file.codeLines[index].declaresSomethingToExplain && !file.isExplained(index)
                    && !file.isWitness(index)
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

extension SourceFile {
    /// Whether the line, counted from 0, stands in an extension that adds a protocol: the protocol explains it.
    fileprivate func isWitness(_ index: Int) -> Bool {
        guard codeLines[index].first == " " else { return false }
        let owner = codeLines[..<index].last { $0.first?.isLetter == true } ?? ""
        return owner.contains("extension ") && owner.contains(": ")
    }
}

extension Substring {
    /// The declaration of a public type or function, unless a protocol explains it. Plain properties and constants
    /// speak for themselves.
    fileprivate var declaresSomethingToExplain: Bool {
        let modifiers: Set<Substring> = [
            "final", "static", "mutating", "borrowing", "consuming", "indirect", "nonisolated", "override",
        ]
        var words = split(separator: " ")[...]
        while let word = words.first, word.hasPrefix("@") { words.removeFirst() }
        guard words.popFirst() == "public" else { return false }
        while let word = words.first, modifiers.contains(word) { words.removeFirst() }
        let kinds: Set<Substring> = ["struct", "enum", "class", "actor", "protocol", "func"]
        guard let kind = words.popFirst(), kinds.contains(kind) else { return false }
        let declared = words.joined(separator: " ")
        let witnesses = [
            "hash(into", "encode(to", "==", "<", "+", "run(until stop", "perform(", "write(to parameter",
            "appendLiteral", "appendInterpolation", "makeAsyncIterator",
            "makeIterator", "next()", "enqueue(_ job: consuming", "provideScope",
        ]
        return kind != "func" || !witnesses.contains { declared.hasPrefix($0) }
    }
}
