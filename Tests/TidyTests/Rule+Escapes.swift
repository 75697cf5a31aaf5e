extension Rule {
    /// What goes round the compiler's checks.
    static let escapes: [Rule] = [
        escape({ /@unchecked +Sendable/ }, needle: "@unchecked"),
        escape({ /nonisolated\(unsafe\)/ }, needle: "nonisolated(unsafe)"),
        escape({ /\btry!/ }, needle: "try!"),
        escape({ /\bas!/ }, needle: "as!"),
        escape({ /\bTask\.detached\b/ }, needle: "Task.detached"),
        escape({ /(?:^|[^\w.])Tas[k](?:<[^>]*>)? *(?:\{|\()/ }, needle: "Task") {
            $0.isSource && $0.module != "Runtime"
        },
        escape({ /(?!\b(?:try|as)!)(?:\b\w+|[)\]])!(?!=)/ }, needle: "!") { $0.isSource },
        Rule(
            "A fault of the program is no way out of writing it", never: { /\bfatalError *\(/ }, needle: "fatalError",
            fault: "throw an error that says what to do, or prove it with precondition",
            where: \.isSource),
        Rule(
            "An enqueue happens on a transaction, or it may happen without its fact"
        ) { file in
            guard file.module == "Jobs", file.isSource else { return [] }
            return file.lines(with: /\bfunc enqueue\b/, needle: "func enqueue").filter { number in
                let owner = file.codeLines[..<number].last { $0.first?.isLetter == true }
                return owner?.contains(/\bextension Transaction\b/) != true
            }
            .map { Finding(line: $0, fault: "enqueue is declared outside of an extension of Transaction") }
        },
        Rule("A script or a style takes no values: they could not be escaped") { file in
            guard file.isSource, file.text.contains("<script") || file.text.contains("<style") else { return [] }
            return file.text.matches(of: /<(?:script|style)\b[^>]*>(?<body>(?s:.*?))<\/(?:script|style)>/)
                .filter { $0.output.body.contains("\\(") }
                .map { match in
                    Finding(
                        line: file.line(at: match.range.lowerBound, of: file.text),
                        fault: "a value is put into a script or a style")
                }
        },
    ]

    /// An escape that must say, in a comment directly above, why it is safe.
    static func escape(
        _ pattern: @escaping @Sendable () -> Regex<Substring>, needle: String,
        where applies: @escaping @Sendable (SourceFile) -> Bool = { _ in true }
    ) -> Rule {
        Rule("An escape from the compiler's checks says why it is safe: \(needle)") { file in
            guard applies(file) else { return [] }
            return file.lines(with: pattern(), needle: needle).filter { !file.saysWhySafe(above: $0) }.map {
                Finding(line: $0, fault: "\(needle) needs a comment directly above that begins with \"// Safe: \"")
            }
        }
    }
}

extension SourceFile {
    /// Whether the comment directly above a line, counted from 1, holds a reason.
    fileprivate func saysWhySafe(above line: Int) -> Bool {
        for text in lines[..<(line - 1)].reversed() {
            let words = text.drop { $0 == " " }
            guard words.hasPrefix("//") || words.hasPrefix("@") else { return false }
            if words.hasPrefix("// Safe: ") { return true }
        }
        return false
    }
}
