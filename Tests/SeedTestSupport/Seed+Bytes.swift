extension Seed {
    /// The bytes with a few of them changed, doubled, left out or replaced by what parsers stumble over.
    public mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        let awkward: [[UInt8]] = [
            [0x0D, 0x0A], [0x0D], [0x0A], [0x00], [0x20], [0x09], [0x3A], [0x2C], [0x3B], [0x25], [0xFF],
            Array("0\r\n\r\n".utf8), Array("Content-Length: 7\r\n".utf8), Array("Transfer-Encoding: chunked\r\n".utf8),
            Array("ffffffffffffffff".utf8), Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8),
        ]
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &self) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &self)
            let end = min(bytes.count, place + Int.random(in: 1...12, using: &self))
            switch Int.random(in: 0..<5, using: &self) {
            case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &self)
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: bytes.insert(contentsOf: awkward.randomElement(using: &self) ?? [], at: place)
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }

    /// The bytes cut into pieces of random sizes.
    public mutating func pieces(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let length = Int.random(in: 1...max(1, min(rest.count, 40)), using: &self)
            pieces.append(rest.prefix(length))
            rest.removeFirst(length)
        }
        return pieces
    }
}
