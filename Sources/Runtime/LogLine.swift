import Moments

/// One line of a log, before it is written in one form or the other.
struct LogLine {
    let moment: Moment
    let level: Log.Level
    let service: String
    let message: String
    let fields: [(String, Log.Value)]

    /// The line with its line break; no other line break or control character is in it.
    func bytes(as format: Log.Format) -> [UInt8] {
        switch format {
        case .json: json
        case .text: text
        }
    }

    private var json: [UInt8] {
        var line = JSONLine()
        line.add("ts", .string(moment.rfc3339(fractionDigits: 3)))
        line.add("level", .string(level.rawValue))
        line.add("msg", .string(message))
        if !service.isEmpty { line.add("service", .string(service)) }
        for (name, value) in fields { line.add(name, value) }
        return line.finished()
    }

    private var text: [UInt8] {
        var line = moment.rfc3339(fractionDigits: 3)
        line += " " + level.rawValue.uppercased()
        line += String(repeating: " ", count: 8 - level.rawValue.utf8.count)
        line += service.isEmpty ? "" : service + ": "
        line += message
        for (name, value) in fields { line += " \(name)=\(Self.text(value))" }
        var bytes = line.utf8.map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: " ") : $0 }
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private static func text(_ value: Log.Value) -> String {
        switch value {
        case .string(let string): string.utf8.contains(UInt8(ascii: " ")) || string.isEmpty ? "\"\(string)\"" : string
        case .int(let number): String(number)
        case .double(let number): String(number)
        case .bool(let truth): truth ? "yes" : "no"
        }
    }
}

/// A JSON object (RFC 8259) as it grows, for log lines only.
private struct JSONLine {
    private var bytes: [UInt8] = []

    init() {
        bytes.reserveCapacity(256)
    }

    mutating func add(_ name: String, _ value: Log.Value) {
        bytes.append(bytes.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        switch value {
        case .string(let string): quote(string)
        case .int(let number): bytes.append(contentsOf: String(number).utf8)
        case .double(let number) where number.isFinite: bytes.append(contentsOf: String(number).utf8)
        case .double(let number): quote(String(number))
        case .bool(let truth): bytes.append(contentsOf: (truth ? "true" : "false").utf8)
        }
    }

    mutating func finished() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private mutating func quote(_ string: String) {
        bytes.append(UInt8(ascii: "\""))
        var string = string
        string.withUTF8 { text in
            // Nearly every text can stand as it is: up to the first byte that cannot, in one piece.
            var rest = text[...]
            while let place = rest.firstIndex(where: Self.isSpecial) {
                bytes.append(contentsOf: rest[..<place])
                escape(rest[place])
                rest = rest[(place + 1)...]
            }
            bytes.append(contentsOf: rest)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        default:
            bytes.append(contentsOf: "\\u00".utf8)
            bytes.append(Self.digit(byte >> 4))
            bytes.append(Self.digit(byte & 15))
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
