/// Writes header fields, folded at 76 characters. Whatever the values are, they cannot end their field.
struct HeaderWriter {
    private static let lineLength = 76
    /// The longest line that RFC 5322 (section 2.1.1) allows.
    private static let hardLimit = 998

    private(set) var bytes: [UInt8] = []

    /// A field of free text.
    mutating func write(_ name: String, text: String) {
        let line = text.singleLine
        write(
            name,
            pieces: EncodedWordWriter.isPlain(line)
                ? line.split(separator: " ").map(String.init)
                : EncodedWordWriter.words(line))
    }

    /// A field of addresses; none is written if there are none.
    mutating func write(_ name: String, addresses: [Address]) throws(UnwritableDraft) {
        guard !addresses.isEmpty else { return }
        var pieces: [String] = []
        for (index, address) in addresses.enumerated() {
            let separator = index + 1 < addresses.count ? "," : ""
            var parts = try Self.pieces(of: address)
            parts[parts.count - 1] += separator
            pieces += parts
        }
        write(name, pieces: pieces)
    }

    /// A field of message identifiers; none is written if there are none.
    mutating func write(_ name: String, identifiers: [String]) throws(UnwritableDraft) {
        guard !identifiers.isEmpty else { return }
        for identifier in identifiers {
            let isSound = identifier.utf8.allSatisfy {
                $0 > 32 && $0 != 127 && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">")
            }
            guard isSound, !identifier.isEmpty, identifier.utf8.count <= 900 else { throw .badIdentifier(identifier) }
        }
        write(name, pieces: identifiers.map { "<\($0)>" })
    }

    /// A field of pieces between which the line may be broken. They hold no line ends.
    mutating func write(_ name: String, pieces: [String]) {
        var line = name + ":"
        for piece in pieces {
            let isFirst = line.utf8.count == name.utf8.count + 1
            if line.utf8.count + 1 + piece.utf8.count > Self.lineLength,
                !isFirst || line.utf8.count + 1 + piece.utf8.count > Self.hardLimit
            {
                bytes += Array(line.utf8) + [.carriageReturn, .lineFeed]
                line = ""
            }
            line += " " + piece
        }
        bytes += Array(line.utf8) + [.carriageReturn, .lineFeed]
    }

    private static func pieces(of address: Address) throws(UnwritableDraft) -> [String] {
        let specification = address.specification
        // Reading it back is the surest test that it is one address and nothing else.
        guard address.isComplete, let read = Address("<\(specification)>"), read.local == address.local,
            read.domain == address.domain, specification.utf8.count <= 320
        else { throw .badAddress(specification) }
        guard let name = address.name?.singleLine, !name.isEmpty else { return [specification] }
        return phrase(name) + ["<\(specification)>"]
    }

    /// The name as atoms, as a quoted string or as encoded words, whichever suffices.
    private static func phrase(_ name: String) -> [String] {
        guard EncodedWordWriter.isPlain(name), name.utf8.count <= 60 else { return EncodedWordWriter.words(name) }
        let isAtoms = name.utf8.allSatisfy { $0 == .space || AddressLexer.isAtomText($0) }
        return [isAtoms ? name : Address.quoted(name)]
    }
}
