/// A word or sign in a list of addresses.
struct AddressToken {
    enum Kind: Equatable {
        case atom
        case quoted
        /// `[192.0.2.1]` after an "@".
        case literal
        case comment
        case at
        case open
        case close
        case comma
        case colon
        case semicolon
    }

    let kind: Kind
    /// The text that is meant, without quotes and parentheses.
    let text: [UInt8]
    /// Whether a blank or a comment stands before it.
    let hasGap: Bool
}

/// Cuts a list of addresses into words and signs; what is unbalanced counts as a blank.
struct AddressLexer {
    private let bytes: ArraySlice<UInt8>
    private var index: Int
    private var hasGap = false
    private var isAfterAt = false
    /// Once a quote or parenthesis was found to be open, looking for the end of later ones would be quadratic.
    private var quotesAreBroken = false
    private var commentsAreBroken = false
    private var wordsAreBroken = false

    var isClean: Bool { !quotesAreBroken && !commentsAreBroken }

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    /// The characters of an atom (RFC 5322, section 3.2.3, and UTF-8 of RFC 6532).
    static func isAtomText(_ byte: UInt8) -> Bool {
        byte > 127 || byte.isLetter || byte.isDigit || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    mutating func next() -> AddressToken? {
        while index < bytes.endIndex {
            let byte = bytes[index]
            switch byte {
            case .quote:
                if let text = quotedString() { return token(.quoted, text) }
                skip()
            case UInt8(ascii: "("):
                if let text = comment() {
                    let found = token(.comment, text)
                    hasGap = true
                    return found
                }
                skip()
            case UInt8(ascii: ")"):
                commentsAreBroken = true
                skip()
            case UInt8(ascii: "["):
                if isAfterAt, let text = literal() { return token(.literal, text) }
                return token(.atom, atom())
            case UInt8(ascii: "<"): return sign(.open)
            case UInt8(ascii: ">"): return sign(.close)
            case UInt8(ascii: ","): return sign(.comma)
            case .colon: return sign(.colon)
            case .semicolon: return sign(.semicolon)
            case UInt8(ascii: "@"):
                let found = sign(.at)
                isAfterAt = true
                return found
            case 0...32, 127: skip()
            default: return token(.atom, atom())
            }
        }
        return nil
    }

    private mutating func skip() {
        index += 1
        hasGap = true
    }

    private mutating func token(_ kind: AddressToken.Kind, _ text: [UInt8]) -> AddressToken {
        let found = AddressToken(kind: kind, text: text, hasGap: hasGap)
        hasGap = false
        isAfterAt = false
        return found
    }

    private mutating func sign(_ kind: AddressToken.Kind) -> AddressToken {
        index += 1
        return token(kind, [])
    }

    private mutating func atom() -> [UInt8] {
        let start = index
        if bytes[index] == .equals, !wordsAreBroken, index + 1 < bytes.endIndex, bytes[index + 1] == .question {
            // An encoded word is one atom, although some senders leave commas and parentheses bare in it.
            switch EncodedWords.word(in: bytes, at: index) {
            case .found(_, _, let end) where !bytes[start..<end].contains(where: \.isBlank):
                index = end
                return Array(bytes[start..<end])
            case .withoutEnd: wordsAreBroken = true
            case .found, .none: break
            }
        }
        index += 1
        while index < bytes.endIndex, bytes[index] > 32, bytes[index] != 127,
            !"\"(),:;<>@".utf8.contains(bytes[index])
        {
            index += 1
        }
        return Array(bytes[start..<index])
    }

    private mutating func quotedString() -> [UInt8]? {
        guard !quotesAreBroken else { return nil }
        var text: [UInt8] = []
        var position = index + 1
        while position < bytes.endIndex {
            switch bytes[position] {
            case .quote:
                index = position + 1
                return text
            case .backslash where position + 1 < bytes.endIndex:
                text.append(bytes[position + 1])
                position += 2
            default:
                text.append(bytes[position])
                position += 1
            }
        }
        quotesAreBroken = true
        return nil
    }

    private mutating func comment() -> [UInt8]? {
        guard !commentsAreBroken else { return nil }
        var text: [UInt8] = []
        var depth = 1
        var position = index + 1
        while position < bytes.endIndex {
            var byte = bytes[position]
            if byte == .backslash, position + 1 < bytes.endIndex {
                position += 1
                byte = bytes[position]
            } else if byte == UInt8(ascii: "(") {
                depth += 1
            } else if byte == UInt8(ascii: ")") {
                depth -= 1
                if depth == 0 {
                    index = position + 1
                    return text
                }
            }
            text.append(byte)
            position += 1
        }
        commentsAreBroken = true
        return nil
    }

    /// The bracketed address of a host, which may hold colons.
    private mutating func literal() -> [UInt8]? {
        let end = bytes[index...].prefix(256).firstIndex { $0 <= 32 || "]<>@,;".utf8.contains($0) }
        guard let end, bytes[end] == UInt8(ascii: "]") else { return nil }
        let text = Array(bytes[index...end])
        index = end + 1
        return text
    }
}
