import Glibc

/// The lines of a stretch of bytes, one after the other and without copying.
///
/// A line ends with a line feed; carriage returns before it belong to the end. A carriage return alone does not end
/// a line: what could be read two ways is read as one line.
struct ByteLines: Sequence, IteratorProtocol {
    struct Line {
        /// The line without its end.
        let content: ArraySlice<UInt8>
        /// Where the next line begins.
        let next: Int
    }

    private let bytes: ArraySlice<UInt8>
    private(set) var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    mutating func next() -> Line? {
        guard let line = peek() else { return nil }
        position = line.next
        return line
    }

    /// Goes on reading at a position that is known to begin a line.
    mutating func move(to start: Int) {
        position = start
    }

    func peek() -> Line? {
        guard position < bytes.endIndex else { return nil }
        guard let feed = bytes.firstLineFeed(from: position) else {
            return Line(content: bytes[position...], next: bytes.endIndex)
        }
        var end = feed
        while end > position, bytes[end - 1] == .carriageReturn { end -= 1 }
        return Line(content: bytes[position..<end], next: feed + 1)
    }
}

extension ArraySlice<UInt8> {
    /// Where the first line feed at or after `start` stands.
    func firstLineFeed(from start: Int) -> Int? {
        guard start < endIndex else { return nil }
        return withUnsafeBytes { raw -> Int? in
            guard let base = raw.baseAddress else { return nil }
            let offset = start - startIndex
            guard let found = memchr(base + offset, Int32(UInt8.lineFeed), raw.count - offset) else { return nil }
            return startIndex + (UnsafeRawPointer(found) - base)
        }
    }
}
