import Moments

/// The properties of a message or a file as Exchange keeps them (MS-OXTNEF 2.1.3.4), as far as they are wanted.
struct MAPIProperties {
    /// Text or bytes by their number; of several values the first.
    private(set) var values: [Int: (type: Int, bytes: ArraySlice<UInt8>)] = [:]

    private static let mostProperties = 2_000
    private static let (string8, unicode, object, binary) = (0x1E, 0x1F, 0x0D, 0x102)
    private static let time = 0x40

    init(_ bytes: ArraySlice<UInt8>) {
        var reader = ByteReader(bytes)
        guard let count = reader.number(4) else { return }
        for _ in 0..<min(count, Self.mostProperties) {
            guard let type = reader.number(2), let id = reader.number(2) else { return }
            if id >= 0x8000, !Self.skipName(&reader) { return }
            guard let value = Self.value(of: type, &reader) else { return }
            if !value.isEmpty, values[id] == nil { values[id] = (type & 0xFFF, value) }
        }
    }

    /// A text in its own characters; nil if there is none of this number.
    func text(_ id: Int, codePage: Int) -> String? {
        guard let (type, bytes) = values[id], !bytes.isEmpty else { return nil }
        let label = type == Self.unicode ? "utf-16le" : "windows-\(codePage)"
        let text = Charset.text(of: bytes, label: label).text
        return text.prefix { $0 != "\0" }.isEmpty ? nil : String(text.prefix { $0 != "\0" })
    }

    /// The bytes of a property; an object begins with the number of its kind.
    func bytes(_ id: Int) -> ArraySlice<UInt8>? {
        guard let (type, bytes) = values[id] else { return nil }
        return type == Self.object ? bytes.dropFirst(16) : bytes
    }

    /// A number, or the first of several.
    func number(_ id: Int) -> Int? {
        guard let (_, bytes) = values[id], bytes.count <= 4 else { return nil }
        return bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// A moment, told as tenths of microseconds since 1601; nil for one that no mail has.
    func time(_ id: Int) -> Moment? {
        guard let (type, bytes) = values[id], type == Self.time, bytes.count == 8 else { return nil }
        let ticks = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let seconds = Int64(ticks / 10_000_000) - 11_644_473_600
        return (0..<253_402_300_800).contains(seconds) ? Moment(seconds: seconds) : nil
    }

    private static func skipName(_ reader: inout ByteReader) -> Bool {
        guard reader.take(16) != nil, let kind = reader.number(4), let length = reader.number(4) else { return false }
        return kind == 0 || reader.takePadded(length) != nil
    }

    /// The first value of a property; nil where the rest cannot be read.
    private static func value(of type: Int, _ reader: inout ByteReader) -> ArraySlice<UInt8>? {
        let kind = type & 0xFFF
        let isVariable = [string8, unicode, object, binary].contains(kind)
        let count = isVariable || type & 0x1000 != 0 ? reader.number(4) : 1
        guard let count, count <= mostProperties else { return nil }
        var first: ArraySlice<UInt8> = []
        for place in 0..<count {
            guard let length = isVariable ? reader.number(4) : width(of: kind), let value = reader.takePadded(length)
            else { return nil }
            if place == 0 { first = value }
        }
        return first
    }

    private static func width(of kind: Int) -> Int? {
        switch kind {
        case 0x02, 0x0B: 2
        case 0x03, 0x04, 0x0A, 0x01: 4
        case 0x05, 0x06, 0x07, 0x14, 0x40: 8
        case 0x48: 16
        default: nil
        }
    }
}
