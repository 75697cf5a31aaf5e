/// Reads little-endian numbers and stretches of bytes one after the other, and never beyond the end.
struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) { (self.bytes, position) = (bytes, bytes.startIndex) }

    var isAtEnd: Bool { position == bytes.endIndex }

    /// Some bytes; nil if there are not that many.
    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= bytes.endIndex - position else { return nil }
        defer { position += count }
        return bytes[position..<(position + count)]
    }

    /// Some bytes, and those that fill them up to a multiple of four; these may be missing at the end.
    mutating func takePadded(_ count: Int) -> ArraySlice<UInt8>? {
        guard let found = take(count) else { return nil }
        position = min(position + (4 - count % 4) % 4, bytes.endIndex)
        return found
    }

    /// A number of some bytes.
    mutating func number(_ count: Int) -> Int? {
        take(count).map { $0.reversed().reduce(0) { $0 << 8 | Int($1) } }
    }
}
