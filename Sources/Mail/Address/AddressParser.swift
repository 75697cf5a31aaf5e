/// Reads a list of addresses and repairs as obvious what is broken in it (RFC 7103, section 7.1).
struct AddressParser {
    /// More addresses than any honest field names.
    private static let limit = 5_000

    /// The character set that is likely for bare 8-bit characters in names.
    private let hint: String?
    private var list = AddressList()
    private var phrase: [AddressToken] = []
    private var angle: [AddressToken]?
    private var isInsideAngle = false
    private var comments: [[UInt8]] = []
    private var group: String?

    private init(hint: String?) {
        self.hint = hint
    }

    /// The addresses of an unfolded field value.
    static func parse(_ value: ArraySlice<UInt8>, hint: String? = nil) -> AddressList {
        var parser = AddressParser(hint: hint)
        var lexer = AddressLexer(value)
        while let token = lexer.next(), parser.list.addresses.count < limit { parser.take(token) }
        if parser.isInsideAngle || parser.list.addresses.count >= limit { parser.list.isClean = false }
        parser.finishEntry()
        if !lexer.isClean { parser.list.isClean = false }
        return parser.list
    }

    private mutating func take(_ token: AddressToken) {
        switch token.kind {
        case .comment: comments.append(token.text)
        case .open: openAngle()
        case .close:
            if !isInsideAngle { list.isClean = false }
            isInsideAngle = false
        case .comma: takeComma()
        case .semicolon:
            // Some senders separate addresses by semicolons.
            if group == nil { list.isClean = false }
            finishEntry()
            group = nil
        case .colon: takeColon()
        case .atom, .quoted, .literal, .at:
            if isInsideAngle { angle?.append(token) } else { phrase.append(token) }
        }
    }

    private mutating func openAngle() {
        if isInsideAngle {
            list.isClean = false
        } else if angle != nil {
            list.isClean = false
            finishEntry()
        }
        angle = angle ?? []
        isInsideAngle = true
    }

    private mutating func takeComma() {
        if isInsideAngle {
            // The commas of an obsolete source route: `<@relay.example,@other.example:ada@example.org>`.
            if angle?.first?.kind == .at { return }
            list.isClean = false
        }
        finishEntry()
    }

    private mutating func takeColon() {
        if isInsideAngle {
            angle = []
        } else if phrase.contains(where: { $0.kind == .at }) {
            list.isClean = false
        } else {
            let name = text(of: phrase)
            phrase = []
            comments = []
            guard name.lowercased() != "mailto" else { return }
            group = name
            if !name.isEmpty { list.groups.append(name) }
        }
    }

    private mutating func finishEntry() {
        defer {
            phrase = []
            angle = nil
            isInsideAngle = false
            comments = []
        }
        let hasAddress = phrase.contains { $0.kind == .at }
        if let angle, !angle.isEmpty, !hasAddress || angle.contains(where: { $0.kind == .at }) {
            append(name: text(of: phrase), angle[...])
        } else if hasAddress {
            if angle != nil { list.isClean = false }
            appendBare()
        } else if phrase.count == 1, let only = phrase.first, only.kind == .quoted,
            only.text.contains(UInt8(ascii: "@"))
        {
            // The whole address stands in quotes.
            list.isClean = false
            let inner = AddressParser.parse(only.text[...]).addresses
            if inner.count == 1 { list.addresses += inner }
        } else if !phrase.isEmpty {
            list.isClean = false
            appendIncomplete()
        } else if angle != nil {
            list.isClean = false
        }
    }

    /// A phrase without an address: a lone word is a local part, as in `From: MAILER-DAEMON`.
    private mutating func appendIncomplete() {
        let name = text(of: phrase)
        if phrase.count == 1, phrase[0].kind == .atom {
            list.addresses.append(Address(name: commentName, local: name, domain: "", group: group))
        } else {
            list.addresses.append(Address(name: name.isEmpty ? nil : name, local: "", domain: "", group: group))
        }
    }

    /// Addresses without angle brackets: one, or several that are separated by blanks only.
    private mutating func appendBare() {
        var rest = phrase[...]
        while let at = rest.firstIndex(where: { $0.kind == .at }) {
            var start = at
            while start > rest.startIndex, start == at || isJoined(rest[start - 1], rest[start]) { start -= 1 }
            var end = at + 1
            while end < rest.endIndex, end == at + 1 || isJoined(rest[end - 1], rest[end]) { end += 1 }
            let name = text(of: Array(rest[..<start]))
            append(name: name, rest[start..<end])
            rest = rest[end...]
            if !rest.isEmpty { list.isClean = false }
        }
    }

    /// Whether two tokens belong to one address: no blank between them, or a dot or "@" beside it.
    private func isJoined(_ left: AddressToken, _ right: AddressToken) -> Bool {
        !right.hasGap || left.kind == .at || right.kind == .at || left.text.last == .dot || right.text.first == .dot
    }

    private mutating func append(name: String, _ tokens: ArraySlice<AddressToken>) {
        var address = Address(name: name.isEmpty ? commentName : name, local: "", domain: "", group: group)
        if let at = tokens.lastIndex(where: { $0.kind == .at }) {
            if tokens[..<at].contains(where: { $0.kind == .at }) { list.isClean = false }
            address.local = joined(tokens[..<at])
            var end = at + 1
            while end < tokens.endIndex, end == at + 1 || isJoined(tokens[end - 1], tokens[end]) { end += 1 }
            address.domain = joined(tokens[(at + 1)..<end])
            if end < tokens.endIndex { list.isClean = false }
            while address.domain.hasSuffix(".") { address.domain.removeLast() }
        } else {
            address.local = joined(tokens)
        }
        if !address.isComplete { list.isClean = false }
        list.addresses.append(address)
    }

    private func joined(_ tokens: ArraySlice<AddressToken>) -> String {
        var bytes: [UInt8] = []
        var previous: AddressToken?
        for token in tokens {
            if let previous, !isJoined(previous, token) { bytes.append(.space) }
            bytes += token.kind == .at ? [UInt8(ascii: "@")] : token.text
            previous = token
        }
        return String(decoding: bytes, as: UTF8.self).singleLine
    }

    /// The first comment that says something: the name of the oldest form, `ada@example.org (Ada Lovelace)`.
    private var commentName: String? {
        comments.lazy.map { EncodedWords.decode($0[...], hint: hint) }.first { !$0.isEmpty }
    }

    private func text(of tokens: [AddressToken]) -> String {
        var bytes: [UInt8] = []
        for token in tokens {
            if token.hasGap, !bytes.isEmpty { bytes.append(.space) }
            bytes += token.kind == .at ? [UInt8(ascii: "@")] : token.text
        }
        let name = EncodedWords.decode(bytes[...], hint: hint)
        guard name.utf8.count > 2, name.hasPrefix("'"), name.hasSuffix("'") else { return name }
        return String(name.dropFirst().dropLast())
    }
}
