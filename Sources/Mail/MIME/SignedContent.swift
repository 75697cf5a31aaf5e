/// Takes out what a signature encloses, where both are one file (`smime.p7m`, RFC 8551 section 3.5.2; RFC 5652).
///
/// The signature is not verified: the words are shown as those of any other mail are.
struct SignedContent {
    private static let signedData: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]
    private static let data: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01]
    private enum Kind: UInt8 {
        case integer = 0x02
        case octets = 0x04
        case name = 0x06
        case pieces = 0x24
        case sequence = 0x30
        case set = 0x31
        case tagged = 0xA0
    }
    private static let deepest = 16

    private let bytes: ArraySlice<UInt8>
    private var position: Int

    /// The enclosed bytes; nil if the file is no signature that encloses something, or is damaged before its content.
    static func read(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var reader = SignedContent(bytes)
        guard reader.enter(.sequence) != nil, reader.skipName(signedData), reader.enter(.tagged) != nil,
            reader.enter(.sequence) != nil, reader.skip(.integer), reader.skip(.set),
            reader.enter(.sequence) != nil, reader.skipName(data), reader.enter(.tagged) != nil
        else { return nil }
        var content: [UInt8] = []
        return reader.append(to: &content, depth: 0) ? content : nil
    }

    private init(_ bytes: ArraySlice<UInt8>) { (self.bytes, position) = (bytes, bytes.startIndex) }

    /// Where an element ends that has no stated length: it does so with two zeros.
    private static let untilZeros = Int.max

    /// Reads the head of an element; nil if it is of another kind or reaches beyond the end. Gives where it ends.
    private mutating func enter(_ kind: Kind) -> Int? {
        guard position + 1 < bytes.endIndex, bytes[position] == kind.rawValue else { return nil }
        let first = bytes[position + 1]
        position += 2
        if first == 0x80 { return Self.untilZeros }
        guard first > 0x80 else { return end(behind: Int(first)) }
        let count = Int(first & 0x7F)
        guard count <= 7, count <= bytes.endIndex - position else { return nil }
        let length = bytes[position..<(position + count)].reduce(0) { $0 << 8 | Int($1) }
        position += count
        return end(behind: length)
    }

    private func end(behind length: Int) -> Int? {
        // What is cut off within its content is read as far as it goes.
        length <= bytes.endIndex - position ? position + length : bytes.endIndex
    }

    private mutating func skipName(_ name: [UInt8]) -> Bool {
        guard let end = enter(.name), end <= bytes.endIndex, bytes[position..<end].elementsEqual(name) else {
            return false
        }
        position = end
        return true
    }

    /// Passes over an element of stated length, which these are in all but the oddest files.
    private mutating func skip(_ kind: Kind) -> Bool {
        guard let end = enter(kind) else { return false }
        guard end == Self.untilZeros else {
            position = end
            return true
        }
        while position + 1 < bytes.endIndex, bytes[position] != 0 || bytes[position + 1] != 0 {
            guard let kind = Kind(rawValue: bytes[position]), kind == .sequence, let end = enter(kind),
                end != Self.untilZeros
            else { return false }
            position = end
        }
        position += 2
        return position <= bytes.endIndex
    }

    /// Appends the bytes of a string, which may come in pieces.
    private mutating func append(to content: inout [UInt8], depth: Int) -> Bool {
        if let end = enter(.octets) {
            guard end != Self.untilZeros else { return false }
            content += bytes[position..<end]
            position = end
            return true
        }
        guard depth < Self.deepest, let end = enter(.pieces) else { return false }
        while position < min(end, bytes.endIndex) {
            if end == Self.untilZeros, bytes[position] == 0 {
                position = min(position + 2, bytes.endIndex)
                return true
            }
            guard append(to: &content, depth: depth + 1) else { return !content.isEmpty }
        }
        return true
    }
}
