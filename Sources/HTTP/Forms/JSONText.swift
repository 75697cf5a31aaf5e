/// Writes the few JSON documents that this module sends of its own accord (RFC 8259).
struct JSONText {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    mutating func object(_ members: (inout JSONText) -> Void) {
        separate()
        bytes.append(0x7B)
        needsComma = false
        members(&self)
        bytes.append(0x7D)
        needsComma = true
    }

    mutating func member(_ name: String, _ value: String) {
        key(name)
        string(value)
        needsComma = true
    }

    mutating func member(_ name: String, _ value: Int) {
        key(name)
        bytes.append(contentsOf: String(value).utf8)
        needsComma = true
    }

    mutating func member(_ name: String, _ value: Bool) {
        key(name)
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
        needsComma = true
    }

    mutating func member(_ name: String, _ members: (inout JSONText) -> Void) {
        key(name)
        object(members)
    }

    mutating func array<Element>(
        _ name: String, of elements: [Element], _ write: (Element, inout JSONText) -> Void
    ) {
        key(name)
        bytes.append(0x5B)
        for element in elements { write(element, &self) }
        bytes.append(0x5D)
        needsComma = true
    }

    /// An element of an array.
    mutating func element(_ value: String) {
        separate()
        string(value)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(0x2C) }
        needsComma = false
    }

    private mutating func key(_ name: String) {
        separate()
        string(name)
        bytes.append(0x3A)
    }

    private mutating func string(_ text: String) {
        bytes.append(0x22)
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5C:
                bytes.append(0x5C)
                bytes.append(byte)
            case ..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(UInt8(ascii: byte < 16 ? "0" : "1"))
                let low = byte & 15
                bytes.append(low < 10 ? low + 0x30 : low + 0x57)
            default: bytes.append(byte)
            }
        }
        bytes.append(0x22)
    }
}
