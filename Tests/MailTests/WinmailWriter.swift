import Mail

/// A `winmail.dat` as Outlook writes them.
struct WinmailWriter {
    var bytes: [UInt8] = number(0x223E_9F78, 4) + [1, 0]

    static func number(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 255) } }

    mutating func attribute(_ id: Int, level: UInt8 = 1, _ data: [UInt8]) {
        let sum = data.reduce(0) { ($0 + Int($1)) % 65_536 }
        bytes += [level] + Self.number(id, 4) + Self.number(data.count, 4) + data + Self.number(sum, 2)
    }

    static func property(_ id: Int, _ type: Int, _ value: [UInt8]) -> [UInt8] {
        let padding = [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
        return number(type, 2) + number(id, 2) + number(1, 4) + number(value.count, 4) + value + padding
    }

    static func wide(_ text: String) -> [UInt8] { (Array(text.utf16) + [0]).flatMap { number(Int($0), 2) } }

    /// The properties of a message or a file, each as ``property(_:_:_:)`` gives it.
    static func properties(_ all: [[UInt8]]) -> [UInt8] { number(all.count, 4) + all.joined() }

    /// A message with these properties and files.
    static func message(_ all: [[UInt8]], files: [[[UInt8]]] = []) -> [UInt8] {
        var writer = WinmailWriter()
        writer.attribute(0x0006_9003, properties(all))
        for file in files {
            writer.attribute(0x0006_9002, level: 2, [UInt8](repeating: 0, count: 14))
            writer.attribute(0x0006_9005, level: 2, properties(file))
        }
        return writer.bytes
    }
}
