extension Rule {
    /// How files look.
    static let form: [Rule] = [
        Rule("A file can be read at one sitting") { file in
            let count = file.text.last == "\n" ? file.lines.count - 1 : file.lines.count
            return count > 400 ? [Finding(line: 401, fault: "the file has \(count) lines; 400 is the most")] : []
        },
        Rule("A line fits the window") { file in
            file.lines.indices.compactMap { index in
                let count = file.lines[index].utf8.count <= 120 ? 0 : file.lines[index].count
                // Where a long literal goes on, a break would be part of the text.
                let most = count > 120 && file.isText(index) ? 140 : 120
                guard count > most else { return nil }
                return Finding(line: index + 1, fault: "the line has \(count) columns; \(most) is the most")
            }
        },
        Rule("A function can be seen at one glance") { file in
            file.functions.filter { $0.length > 60 }.map {
                Finding(line: $0.line, fault: "the function has \($0.length) lines; 60 is the most")
            }
        },
        Rule("Names are written in ASCII") { file in
            file.codeLines.indices.filter { !file.codeLines[$0].utf8.allSatisfy { $0 < 128 } }.map {
                Finding(line: $0 + 1, fault: "code outside literals and comments is ASCII")
            }
        },
        Rule("A file is named for what it holds") { file in
            let names = ["Utils", "Util", "Utilities", "Helpers", "Helper", "Common", "Misc"]
            let parts = file.path.split { "/.+".contains($0) }
            return names.contains { name in parts.contains { $0.hasSuffix(name) } }
                ? [Finding(line: 1, fault: "the name says nothing of what is inside")] : []
        },
    ]
}

extension SourceFile {
    /// Where the file's functions begin, and how many lines their bodies have.
    var functions: [(line: Int, length: Int)] {
        let bytes = Array(code.utf8)
        var found: [(line: Int, length: Int)] = []
        var line = 1
        for index in bytes.indices {
            if bytes[index] == UInt8(ascii: "\n") { line += 1 }
            guard isFunction(bytes, at: index), let body = Self.body(bytes, from: index) else { continue }
            let lines = bytes[body].count { $0 == UInt8(ascii: "\n") }
            found.append((line, max(lines - 1, 1)))
        }
        return found
    }

    /// Whether the word `func`, `init` or `deinit` of a declaration begins here.
    private func isFunction(_ bytes: [UInt8], at index: Int) -> Bool {
        let first = bytes[index]
        guard first == UInt8(ascii: "f") || first == UInt8(ascii: "i") || first == UInt8(ascii: "d") else {
            return false
        }
        if index > 0, Self.isWord(bytes[index - 1]) || bytes[index - 1] == UInt8(ascii: ".") { return false }
        return ["func", "init", "deinit"].contains { word in
            let end = index + word.utf8.count
            return end < bytes.count && bytes[index..<end].elementsEqual(word.utf8) && !Self.isWord(bytes[end])
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// From the opening brace of the body to its closing one; nil for a requirement, which has no body.
    private static func body(_ bytes: [UInt8], from start: Int) -> Range<Int>? {
        var depth = 0
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "{") where depth == 0: return closing(bytes, from: index).map { index..<$0 }
            case UInt8(ascii: "}") where depth == 0: return nil
            case UInt8(ascii: "\n") where depth == 0 && !continues(bytes, after: index): return nil
            default: break
            }
            if depth < 0 { return nil }
            index += 1
        }
        return nil
    }

    /// Whether a declaration goes on in the next line.
    private static func continues(_ bytes: [UInt8], after end: Int) -> Bool {
        let rest = bytes[(end + 1)...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        let openings = ["{", "->", "where", "throws", "async", "rethrows"]
        if openings.contains(where: { rest.starts(with: $0.utf8) }) { return true }
        let last = bytes[..<end].last { $0 != UInt8(ascii: " ") }
        return last == UInt8(ascii: ",") || last == UInt8(ascii: ">") && bytes[..<end].hasSuffix("->")
    }

    private static func closing(_ bytes: [UInt8], from start: Int) -> Int? {
        var depth = 0
        for index in start..<bytes.count {
            if bytes[index] == UInt8(ascii: "{") { depth += 1 }
            if bytes[index] == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }
}

extension ArraySlice<UInt8> {
    fileprivate func hasSuffix(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
