/// What may follow the size of a chunk: `*( BWS ";" BWS name [ BWS "=" BWS value ] )` (RFC 9112 section 7.1.1).
///
/// None has a meaning here. They are read all the same, since whoever takes the end of one for another place than the
/// proxy in front takes other bytes for the body.
enum ChunkExtensions {
    /// Whether the rest of a chunk's first line is made of extensions and nothing else.
    static func areWellFormed(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var rest = text
        while !rest.isEmpty {
            rest = rest.drop(while: ByteClass.isBlank)
            guard rest.popFirst() == UInt8(ascii: ";") else { return false }
            rest = rest.drop(while: ByteClass.isBlank)
            guard dropToken(&rest) else { return false }
            let value = rest.drop(while: ByteClass.isBlank)
            guard value.first == UInt8(ascii: "=") else { continue }
            rest = value.dropFirst().drop(while: ByteClass.isBlank)
            guard rest.first == UInt8(ascii: "\"") ? dropQuoted(&rest) : dropToken(&rest) else { return false }
        }
        return true
    }

    private static func dropToken(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let length = rest.count
        rest = rest.drop(while: ByteClass.token.contains)
        return rest.count < length
    }

    /// A quoted string, in which a backslash takes the meaning from the next octet (RFC 9110 section 5.6.4).
    private static func dropQuoted(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        rest.removeFirst()
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"):
                guard let next = rest.popFirst(), ByteClass.isFieldContent(next) else { return false }
            default: guard ByteClass.isFieldContent(byte) else { return false }
            }
        }
        return false
    }
}
