/// Writes octets one after another into room that was made for them at once.
struct OctetWriter {
    private let room: UnsafeMutableRawBufferPointer
    private var count = 0

    /// What `body` writes: never more than so many octets.
    static func octets(atMost room: Int, _ body: (inout OctetWriter) -> Void) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: room) { room, count in
            var writer = OctetWriter(room: UnsafeMutableRawBufferPointer(room))
            body(&writer)
            count = writer.count
        }
    }

    private init(room: UnsafeMutableRawBufferPointer) { self.room = room }

    @inline(__always)
    mutating func write(_ octets: UnsafeRawBufferPointer) {
        require(octets.count)
        UnsafeMutableRawBufferPointer(rebasing: room[count..<count + octets.count]).copyMemory(from: octets)
        count += octets.count
    }

    /// Ends the program rather than write behind the room, which a release build would not notice.
    @inline(__always)
    private func require(_ octets: Int) {
        precondition(octets <= room.count - count, "the room was made too small for what is written into it")
    }

    mutating func write(_ octets: [UInt8]) { octets.withUnsafeBytes { write($0) } }

    /// Writes a text of the program.
    mutating func write(_ text: StaticString) {
        write(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Writes a text as UTF-8.
    mutating func write(utf8 text: String) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
    }

    /// Writes the digits of a number that is not negative.
    mutating func write(decimal number: Int) {
        var (rest, length) = (number, 1)
        while rest >= 10 { (rest, length) = (rest / 10, length + 1) }
        rest = number
        require(length)
        for place in (count..<count + length).reversed() {
            room[place] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
            rest /= 10
        }
        count += length
    }
}
