/// The place of a value inside a document (RFC 6901).
public struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
    /// Names and indexes from the outside in, unescaped.
    public var tokens: [String]

    /// The whole document where there are no tokens.
    public init(_ tokens: [String] = []) { self.tokens = tokens }

    /// Reads the form with slashes: empty, or beginning with one.
    public init?(parsing text: String) {
        guard !text.isEmpty else {
            tokens = []
            return
        }
        guard text.hasPrefix("/") else { return nil }
        tokens = []
        for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            var token = ""
            var letters = part.makeIterator()
            while let letter = letters.next() {
                guard letter == "~" else {
                    token.append(letter)
                    continue
                }
                switch letters.next() {
                case "0": token.append("~")
                case "1": token.append("/")
                default: return nil
                }
            }
            tokens.append(token)
        }
    }

    public func appending(_ token: String) -> JSONPointer { JSONPointer(tokens + [token]) }
    public func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

    /// The form with slashes: `/requester/email`.
    public var description: String {
        tokens.map { token in
            "/" + token.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
        }.joined()
    }

    /// The form of a URI fragment (RFC 6901 section 6), as problem details carry it: `#/requester/email`.
    public var fragment: String {
        var text = "#"
        for byte in description.utf8 {
            let character = Character(Unicode.Scalar(byte))
            if character.isASCII, character.isLetter || character.isNumber || "-._~!$&'()*+,;=:@/?".contains(character)
            {
                text.append(character)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return text
    }
}

extension JSON {
    /// The value at that place, if there is one. An index has no sign and no leading zeros.
    public subscript(pointer: JSONPointer) -> JSON? {
        var value = self
        for token in pointer.tokens {
            let inner: JSON? =
                switch value {
                case .object(let object): object[token]
                case .array: Int(token).flatMap { String($0) == token ? value[$0] : nil }
                default: nil
                }
            guard let inner else { return nil }
            value = inner
        }
        return value
    }
}
