/// Takes the chunked transfer coding apart (RFC 9112 section 7.1), as far as bytes have arrived.
struct ChunkedDecoder: Sendable {
    enum Step {
        case data([UInt8])
        case finished
        case incomplete
    }

    private enum State: Sendable {
        case size
        case data(Int)
        case dataEnd
        case trailers(used: Int)
    }

    private let limits: MessageLimits
    private let lenient: Bool
    private var state = State.size
    private var overhead = 0

    /// `lenient` accepts LF alone as a line end and blanks behind a size, as a client may.
    init(limits: MessageLimits, lenient: Bool = false) {
        self.limits = limits
        self.lenient = lenient
    }

    /// The next piece of the body. `room` is how much of it may still come; it shrinks with every piece.
    mutating func step(_ buffer: inout ReceiveBuffer, room: inout Int) throws(RequestFault) -> Step {
        while true {
            switch state {
            case .size:
                guard let size = try size(&buffer) else { return .incomplete }
                guard size <= room else { throw .bodyTooLarge }
                state = size == 0 ? .trailers(used: 0) : .data(size)
            case .data(let left):
                guard !buffer.isEmpty else { return .incomplete }
                let taken = buffer.take(min(left, buffer.count))
                room -= taken.count
                state = taken.count == left ? .dataEnd : .data(left - taken.count)
                return .data(taken)
            case .dataEnd:
                guard try endOfData(&buffer) else { return .incomplete }
                state = .size
            case .trailers(let used):
                guard let length = try trailer(&buffer, used: used) else { return .incomplete }
                if length == 0 { return .finished }
                state = .trailers(used: used + length)
            }
        }
    }

    private mutating func size(_ buffer: inout ReceiveBuffer) throws(RequestFault) -> Int? {
        switch buffer.line(from: 0, limit: 18 + limits.chunkExtension, lenient: lenient) {
        case .incomplete: return nil
        case .bareLineFeed: throw .bareLineFeed
        case .tooLong: throw .chunkExtensionTooLong
        case .found(let range):
            let (size, digits) = try buffer.read(range) { line throws(RequestFault) in try readSize(line) }
            buffer.discard(range.upperBound + (buffer[range.upperBound] == 0x0D ? 2 : 1))
            // Many tiny chunks with long extensions cost more to read than they carry: each chunk may have some
            // bytes of its own, and the sum of what goes beyond is bounded.
            overhead = max(0, overhead + range.count - digits - 16 - 2 * min(size, 8_192))
            guard overhead <= 16_384 else { throw .chunkOverhead }
            return size
        }
    }

    private func readSize(_ line: UnsafeBufferPointer<UInt8>) throws(RequestFault) -> (size: Int, digits: Int) {
        var size: UInt64 = 0
        var digits = 0
        while digits < line.count, let digit = ByteClass.hexadecimal(line[digits]) {
            guard digits < 16 else { throw .malformedChunkSize }
            size = size << 4 | UInt64(digit)
            digits += 1
        }
        guard digits > 0 else { throw .malformedChunkSize }
        let rest = line[digits...]
        if lenient ? rest.contains(where: { !ByteClass.isBlank($0) }) : !rest.isEmpty {
            guard rest.first(where: { !ByteClass.isBlank($0) }) == UInt8(ascii: ";") else { throw .malformedChunkSize }
            guard rest.count <= limits.chunkExtension else { throw .chunkExtensionTooLong }
            guard lenient || ChunkExtensions.areWellFormed(rest) else { throw .malformedChunkExtension }
        }
        guard let size = Int(exactly: size) else { throw .malformedChunkSize }
        return (size, digits)
    }

    private func endOfData(_ buffer: inout ReceiveBuffer) throws(RequestFault) -> Bool {
        guard !buffer.isEmpty else { return false }
        if lenient, buffer[0] == 0x0A {
            buffer.discard(1)
            return true
        }
        guard buffer[0] == 0x0D else { throw .malformedChunkEnd }
        guard buffer.count > 1 else { return false }
        guard buffer[1] == 0x0A else { throw .malformedChunkEnd }
        buffer.discard(2)
        return true
    }

    /// Reads and drops a trailer line and returns its length, 0 for the empty line that ends the body.
    private func trailer(_ buffer: inout ReceiveBuffer, used: Int) throws(RequestFault) -> Int? {
        switch buffer.line(from: 0, limit: limits.trailers - used, lenient: lenient) {
        case .incomplete: return nil
        case .bareLineFeed: throw .bareLineFeed
        case .tooLong: throw .trailersTooLarge
        case .found(let range):
            if !range.isEmpty {
                do {
                    _ = try buffer.read(range) { line throws(FieldLine.Fault) in try FieldLine(line, limits: limits) }
                } catch {
                    throw .malformedTrailer
                }
            }
            buffer.discard(range.upperBound + (buffer[range.upperBound] == 0x0D ? 2 : 1))
            return range.isEmpty ? 0 : min(range.count + 2, limits.trailers - used)
        }
    }
}
