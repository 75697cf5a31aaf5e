/// Takes down a value in PostgreSQL's binary format.
public struct ParameterWriter: ~Copyable {
    var bytes: [UInt8]
    var isNull = false

    /// Says that the value is NULL. Nothing else may then be written for it.
    public mutating func writeNull() {
        isNull = true
    }

    /// An integer in network byte order.
    public mutating func write(_ integer: some FixedWidthInteger) {
        withUnsafeBytes(of: integer.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Writes bytes as they are.
    public mutating func write(bytes more: some Sequence<UInt8>) {
        bytes.append(contentsOf: more)
    }

    /// Writes text in UTF-8.
    public mutating func write(_ text: some StringProtocol) {
        bytes.append(contentsOf: text.utf8)
    }

    /// An element of an array: its length, then what `body` writes, or the length that stands for NULL.
    mutating func element(_ body: (inout ParameterWriter) -> Void) -> Bool {
        let place = bytes.count
        write(Int32(0))
        body(&self)
        let length = isNull ? -1 : Int32(clamping: bytes.count - place - 4)
        put(length, at: place)
        defer { isNull = false }
        return isNull
    }

    mutating func put(_ integer: Int32, at place: Int) {
        withUnsafeBytes(of: integer.bigEndian) { integer in
            for (offset, byte) in integer.enumerated() { bytes[place + offset] = byte }
        }
    }
}
