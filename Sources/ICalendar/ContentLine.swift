/// One logical line of an iCalendar text: `NAME;PARAMETER="value":value` (RFC 5545 section 3.1).
struct ContentLine: Equatable {
    /// In upper case.
    let name: String
    /// By name in upper case; of several values the first.
    let parameters: [String: String]
    let value: String
    /// Where it begins in the file, counted from 1.
    let number: Int

    /// - Throws: a sentence about what is wrong with the line.
    init(_ text: String, number: Int) throws(LineFault) {
        var rest = text[...]
        name = Self.word(&rest).uppercased()
        guard !name.isEmpty else { throw LineFault("it does not begin with a name") }
        var parameters: [String: String] = [:]
        while rest.first == ";" {
            rest.removeFirst()
            let parameter = Self.word(&rest).uppercased()
            guard !parameter.isEmpty, rest.first == "=" else { throw LineFault("a parameter of \(name) has no name") }
            repeat {
                rest.removeFirst()
                let value = try Self.parameterValue(&rest)
                if parameters[parameter] == nil { parameters[parameter] = value }
            } while rest.first == ","
        }
        guard rest.first == ":" else { throw LineFault("\(name) has no colon before its value") }
        self.parameters = parameters
        value = String(rest.dropFirst())
        self.number = number
    }

    /// The value as the name of something, in upper case.
    var word: String { value.filter { $0 != " " }.uppercased() }

    /// The value as text for people, with its escapes resolved (section 3.3.11).
    var text: String {
        var text = ""
        var isEscaped = false
        for character in value {
            if isEscaped {
                text.append(character == "n" || character == "N" ? "\n" : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                text.append(character)
            }
        }
        return text
    }

    private static func word(_ rest: inout Substring) -> String {
        let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" }
        rest = rest.dropFirst(word.count)
        return String(word)
    }

    private static func parameterValue(_ rest: inout Substring) throws(LineFault) -> String {
        guard rest.first == "\"" else {
            let value = rest.prefix { !";:,".contains($0) }
            rest = rest.dropFirst(value.count)
            return String(value)
        }
        let value = rest.dropFirst().prefix { $0 != "\"" }
        rest = rest.dropFirst(value.count + 1)
        guard rest.first == "\"" else { throw LineFault("a quotation mark is not closed") }
        rest.removeFirst()
        return String(value)
    }
}

/// Why a line, or what it belongs to, is left out: a sentence without its end.
struct LineFault: Error, Equatable {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// The logical lines of a file: those that begin with a blank continue the one before (section 3.1). Bytes are joined
/// before they are read as UTF-8, because a fold may stand within a letter.
struct UnfoldedLines: Sequence, IteratorProtocol {
    private var rest: ArraySlice<UInt8>
    private var number = 0

    init(_ bytes: [UInt8]) { rest = Letters.withoutMark(bytes)[...] }

    mutating func next() -> (text: String, number: Int)? {
        while let line = physical() {
            let first = number
            var bytes = Array(line)
            while rest.first == UInt8(ascii: " ") || rest.first == UInt8(ascii: "\t"), let more = physical() {
                bytes += more.dropFirst()
            }
            // Programs leave blank lines, most of all before the first one.
            if bytes.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) {
                return (Letters.text(bytes), first)
            }
        }
        return nil
    }

    /// A line of the file, without CR LF or LF.
    private mutating func physical() -> ArraySlice<UInt8>? {
        guard !rest.isEmpty else { return nil }
        number += 1
        let line = rest.prefix { $0 != UInt8(ascii: "\n") }
        rest = rest.dropFirst(line.count + 1)
        return line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
}
