import Glibc

/// Bytes that have arrived and are not yet used, and the search for line ends in them. No byte is searched twice.
struct ReceiveBuffer: Sendable {
    enum Line {
        /// A complete line; the range counts from the first unread byte and leaves out CR LF.
        case found(Range<Int>)
        case incomplete
        case tooLong
        case bareLineFeed
    }

    private var octets: [UInt8] = []
    private var start = 0
    private var searched = 0

    var count: Int { octets.count - start }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ more: some Collection<UInt8>) {
        makeRoom()
        octets.append(contentsOf: more)
    }

    /// Takes the array itself when there is nothing unread, so that a body passes through without a copy.
    mutating func append(owned more: consuming [UInt8]) {
        if isEmpty {
            octets = more
            start = 0
            searched = 0
        } else {
            append(more)
        }
    }

    /// Forgets the first unread bytes. Memory is kept for the next message unless it is large.
    mutating func discard(_ length: Int) {
        start += length
        searched = max(0, searched - length)
        if start == octets.count { rewind() }
    }

    /// Gives the memory back; for a connection that waits for its next request.
    mutating func release() {
        guard isEmpty else { return }
        octets = []
        start = 0
        searched = 0
    }

    /// The first unread bytes, removed from the buffer. Takes the memory itself when everything is asked for.
    mutating func take(_ length: Int) -> [UInt8] {
        if start == 0 && length == octets.count {
            var taken: [UInt8] = []
            swap(&taken, &octets)
            searched = 0
            return taken
        }
        let taken = Array(octets[start..<start + length])
        discard(length)
        return taken
    }

    /// A copy of the first unread bytes, which stay.
    func prefix(_ length: Int) -> [UInt8] { Array(octets[start..<start + length]) }

    /// The line that begins at `begin`, counted from the first unread byte, of at most `limit` bytes.
    /// Lines must be asked for in their order, since what was searched once is not searched again.
    /// With `lenient`, LF alone ends a line too (RFC 9112 section 2.2), which only the client's side allows.
    mutating func line(from begin: Int, limit: Int, lenient: Bool = false) -> Line {
        let from = max(begin, searched)
        let end: Int? = octets.withUnsafeBytes { all in
            guard let base = all.baseAddress, start + from < all.count else { return nil }
            guard let found = memchr(base + start + from, 0x0A, all.count - start - from) else { return nil }
            return UnsafeRawPointer(found) - base - start
        }
        guard let end else {
            searched = count
            return count - begin > limit + 1 ? .tooLong : .incomplete
        }
        searched = end + 1
        let returned = end > begin && octets[start + end - 1] == 0x0D
        let range = begin..<(returned ? end - 1 : end)
        // Too long comes first, as it does when the end of the line has not arrived.
        guard range.count <= limit else { return .tooLong }
        return returned || lenient ? .found(range) : .bareLineFeed
    }

    /// Lends a part of the unread bytes.
    @inline(__always)
    func read<Failure: Error, Result>(
        _ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try octets.withUnsafeBufferPointer { all throws(Failure) in
            try body(UnsafeBufferPointer(rebasing: all[start + range.lowerBound..<start + range.upperBound]))
        }
    }

    /// Where the pattern first begins, counted from the first unread byte.
    func first(_ pattern: [UInt8]) -> Int? {
        read(0..<count) { unread in
            guard let base = unread.baseAddress, pattern.count <= unread.count else { return nil }
            var index = 0
            let last = unread.count - pattern.count
            while index <= last, let found = memchr(base + index, Int32(pattern[0]), last - index + 1) {
                index = UnsafeRawPointer(found) - UnsafeRawPointer(base)
                if memcmp(base + index, pattern, pattern.count) == 0 { return index }
                index += 1
            }
            return nil
        }
    }

    subscript(index: Int) -> UInt8 { octets[start + index] }

    private mutating func makeRoom() {
        if start > 0, start >= count {
            octets.removeFirst(start)
            start = 0
        }
    }

    private mutating func rewind() {
        octets.removeAll(keepingCapacity: octets.capacity <= 16_384)
        start = 0
        searched = 0
    }
}
