/// Swift text with what is not code blanked out, or with what is not literal text blanked out. Both keep every
/// line and column, so that a place found in one is a place in the file.
struct Mask {
    private(set) var code: [UInt8]
    private(set) var literals: [UInt8]

    /// Where the reader stands: in code (inside so many parentheses of an interpolation) or in a literal.
    private enum Place {
        case code(parentheses: Int)
        case literal(hashes: Int, isLong: Bool)
    }

    private let text: [UInt8]
    private var position = 0
    private var places: [Place] = [.code(parentheses: 0)]

    init(_ source: String) {
        text = Array(source.utf8)
        code = text
        literals = text.map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
        while position < text.count {
            switch places[places.count - 1] {
            case .code(let parentheses): readCode(parentheses)
            case .literal(let hashes, let isLong): readLiteral(hashes, isLong)
            }
        }
    }

    private func starts(_ word: StaticString, at place: Int) -> Bool {
        guard place + word.utf8CodeUnitCount <= text.count else { return false }
        for offset in 0..<word.utf8CodeUnitCount where text[place + offset] != word.utf8Start[offset] { return false }
        return true
    }

    /// Blanks the next bytes of the code.
    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where position < text.count {
            if text[position] != UInt8(ascii: "\n") { code[position] = UInt8(ascii: " ") }
            position += 1
        }
    }

    private mutating func readCode(_ parentheses: Int) {
        if starts("//", at: position) {
            while position < text.count, text[position] != UInt8(ascii: "\n") { blank() }
        } else if starts("/*", at: position) {
            while position < text.count, !starts("*/", at: position) { blank() }
            blank(2)
        } else if let (hashes, isLong) = opening() {
            blank(hashes + (isLong ? 3 : 1))
            places.append(.literal(hashes: hashes, isLong: isLong))
        } else {
            let byte = text[position]
            if places.count > 1, byte == UInt8(ascii: "(") {
                places[places.count - 1] = .code(parentheses: parentheses + 1)
            } else if places.count > 1, byte == UInt8(ascii: ")") {
                if parentheses == 0 {
                    places.removeLast()
                    return blank()
                }
                places[places.count - 1] = .code(parentheses: parentheses - 1)
            }
            position += 1
        }
    }

    /// The literal that opens here, if one does.
    private func opening() -> (hashes: Int, isLong: Bool)? {
        var quote = position
        while quote < text.count, text[quote] == UInt8(ascii: "#") { quote += 1 }
        guard quote < text.count, text[quote] == UInt8(ascii: "\"") else { return nil }
        return (quote - position, starts("\"\"\"", at: quote))
    }

    private mutating func readLiteral(_ hashes: Int, _ isLong: Bool) {
        let quotes = isLong ? 3 : 1
        if hasHashes(hashes, at: position + quotes),
            isLong ? starts("\"\"\"", at: position) : starts("\"", at: position)
        {
            blank(quotes + hashes)
            places.removeLast()
        } else if starts("\\", at: position), hasHashes(hashes, at: position + 1) {
            let next = position + 1 + hashes
            let opens = next < text.count && text[next] == UInt8(ascii: "(")
            blank(hashes + 2)
            if opens { places.append(.code(parentheses: 0)) }
        } else {
            if !isLong, starts("\n", at: position) { places.removeLast() }
            literals[position] = text[position]
            blank()
        }
    }

    private func hasHashes(_ count: Int, at place: Int) -> Bool {
        for offset in 0..<count where place + offset >= text.count || text[place + offset] != UInt8(ascii: "#") {
            return false
        }
        return true
    }
}
