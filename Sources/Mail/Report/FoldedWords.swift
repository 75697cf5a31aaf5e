/// Text made ready to be searched for phrases: lower case, one blank where any white space was and at either end, plain
/// apostrophes.
struct FoldedWords: Sendable {
    let bytes: [UInt8]

    /// How far apart the pieces of a phrase may stand.
    private static let reach = 60

    init(_ text: some StringProtocol) {
        var bytes: [UInt8] = [.space]
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{2018}", "\u{2019}", "\u{00B4}", "`": bytes.append(UInt8(ascii: "'"))
            case _ where scalar.properties.isWhitespace || scalar.value < 32:
                if bytes.last != .space { bytes.append(.space) }
            case _ where scalar.isASCII: bytes.append(UInt8(scalar.value).lowercased)
            default: bytes += Array(scalar.properties.lowercaseMapping.utf8)
            }
        }
        if bytes.last != .space { bytes.append(.space) }
        self.bytes = bytes
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    var isEmpty: Bool { bytes.allSatisfy { $0 == .space } }

    /// Whether a phrase stands in it. `*` in the phrase stands for some words between its pieces; a blank at the end
    /// or at the beginning asks for the end or beginning of a word.
    func contains(_ phrase: String) -> Bool {
        let pieces = phrase.utf8.split(separator: UInt8(ascii: "*")).map(Array.init)
        guard let first = pieces.first else { return false }
        var start = 0
        while let found = position(of: first, from: start, to: bytes.count) {
            var end = found + first.count
            let isWhole = pieces.dropFirst().allSatisfy { piece in
                guard let next = position(of: piece, from: end, to: min(end + Self.reach, bytes.count)) else {
                    return false
                }
                end = next + piece.count
                return true
            }
            if isWhole { return true }
            start = found + 1
        }
        return false
    }

    /// The words without what only looks like some: of an address no more than its sign is left, of a link its host.
    var withoutNames: FoldedWords {
        var result: [UInt8] = []
        for word in bytes.split(separator: .space) {
            result.append(.space)
            if let link = word.firstRange(of: "://".utf8) {
                result += word[..<link.upperBound] + word[link.upperBound...].prefix { !"/?#".utf8.contains($0) }
            } else if let sign = word.lastIndex(of: UInt8(ascii: "@")) {
                let isName = { (byte: UInt8) in !"<>()[]\"',:;=".utf8.contains(byte) }
                let start = word[..<sign].lastIndex { !isName($0) }.map { $0 + 1 } ?? word.startIndex
                result += word[..<start] + [word[sign]] + word[sign...].drop(while: isName)
            } else {
                result += word
            }
        }
        return FoldedWords(bytes: result + [.space])
    }

    func containsAny(of phrases: [String]) -> Bool { phrases.contains { contains($0) } }

    /// Where a piece begins at or behind `start` and ends at or before `limit`.
    private func position(of piece: [UInt8], from start: Int, to limit: Int) -> Int? {
        guard let head = piece.first, limit - start >= piece.count else { return nil }
        for index in start...(limit - piece.count) where bytes[index] == head {
            if (1..<piece.count).allSatisfy({ bytes[index + $0] == piece[$0] }) { return index }
        }
        return nil
    }
}
