/// How a response is put on the wire (RFC 9112 sections 4 to 6).
struct ResponseWire {
    let isHead: Bool
    let version: Version
    /// Whether the connection lives on after this answer.
    var keepsAlive: Bool

    /// How the body of this response will end.
    func framing(of response: Response) -> BodyFraming {
        guard response.status.allowsBody else { return .none }
        switch response.body {
        case .bytes(let bytes): return .length(bytes.count)
        case .stream(let length?, _): return .length(length)
        case .stream(nil, _): return version == .http11 ? .chunked : .untilClose
        }
    }

    /// The status line and the fields. Fields that say how the message is framed are ours alone; `date` is used if the
    /// response has none of its own.
    func head(of response: Response, date: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        // A short content follows in the same block.
        let content = response.body.bytes.count
        bytes.reserveCapacity(256 + response.fields.octets.count + (content <= 8_192 ? content : 0))
        bytes.append("HTTP/1.1 ")
        bytes.append(decimal: response.status.code)
        bytes.append(" ")
        bytes.append(response.status.words)
        if !response.fields.contains(.date) {
            bytes.append("\r\nDate: ")
            bytes.append(contentsOf: date)
        }
        bytes.append("\r\n")
        response.fields.write(to: &bytes, except: Self.framingFields)
        switch framing(of: response) {
        case .length(let count):
            bytes.append("Content-Length: ")
            bytes.append(decimal: count)
            bytes.append("\r\n")
        case .chunked: bytes.append("Transfer-Encoding: chunked\r\n")
        case .none, .untilClose: break
        }
        if !keepsAlive {
            bytes.append("Connection: close\r\n")
        } else if version == .http10 {
            bytes.append("Connection: keep-alive\r\n")
        }
        bytes.append("\r\n")
        return bytes
    }

    private static let framingFields: [FieldName] = [.contentLength, .transferEncoding, .connection]

    /// One chunk with its frame; never the empty one that would end the body.
    static func chunk(_ data: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(data.count + 20)
        bytes.append(contentsOf: String(data.count, radix: 16).utf8)
        bytes.append(contentsOf: "\r\n".utf8)
        bytes.append(contentsOf: data)
        bytes.append(contentsOf: "\r\n".utf8)
        return bytes
    }

    /// What ends a chunked body.
    static let lastChunk = Array("0\r\n\r\n".utf8)
}

extension [UInt8] {
    /// Appends the text as UTF-8, at once where it lies in one piece, which is nearly always.
    mutating func append(utf8 text: String) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { append(contentsOf: $0) }
        if isDone == nil { append(contentsOf: text.utf8) }
    }

    /// Appends a text of the program.
    mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends the digits of a number that is not negative.
    mutating func append(decimal number: Int) {
        var divisor = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(0x30 + number / divisor % 10))
            divisor /= 10
        }
    }
}

extension Fields {
    /// Writes the lines, leaving out fields of those names.
    func write(to bytes: inout [UInt8], except names: [FieldName]) {
        octets.withUnsafeBufferPointer { octets in
            for line in lines where !names.contains(where: { matches(line, $0) }) {
                bytes.append(contentsOf: octets[Int(line.nameStart)..<Int(line.nameEnd)])
                bytes.append(": ")
                bytes.append(contentsOf: octets[Int(line.valueStart)..<Int(line.valueEnd)])
                bytes.append("\r\n")
            }
        }
    }
}
