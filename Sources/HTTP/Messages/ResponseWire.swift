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

    /// A response that is no stream: its head, and its content where that is too long to follow in the same block.
    func whole(_ response: Response, date: [UInt8], id: String? = nil) -> (head: [UInt8], content: [UInt8]) {
        let content = isHead || !response.status.allowsBody ? [] : response.body.bytes
        guard content.count > 8_192 else {
            return (head(of: response, date: date, id: id, content: content), [])
        }
        return (head(of: response, date: date, id: id), content)
    }

    /// The status line and the fields, and a content that follows in the same block. Fields that say how the message is
    /// framed are ours alone, and so is the name of the request if `id` gives it; `date` is used if the response has
    /// none of its own.
    func head(of response: Response, date: [UInt8], id: String? = nil, content: [UInt8] = []) -> [UInt8] {
        let room = Self.frame + response.fields.room + date.count + (id?.utf8.count ?? 0) + content.count
        return OctetWriter.octets(atMost: room) { writer in
            writer.write("HTTP/1.1 ")
            writer.write(decimal: response.status.code)
            writer.write(" ")
            writer.write(response.status.words)
            if !response.fields.contains(.date) {
                writer.write("\r\nDate: ")
                writer.write(date)
            }
            writer.write("\r\n")
            response.fields.write(to: &writer) { Self.isOwn($0) || id != nil && $0.resembles("x-request-id") }
            if let id {
                writer.write("X-Request-Id: ")
                writer.write(utf8: id)
                writer.write("\r\n")
            }
            writeFraming(of: response, to: &writer)
            writer.write("\r\n")
            writer.write(content)
        }
    }

    private func writeFraming(of response: Response, to writer: inout OctetWriter) {
        switch framing(of: response) {
        case .length(let count):
            writer.write("Content-Length: ")
            writer.write(decimal: count)
            writer.write("\r\n")
        case .chunked: writer.write("Transfer-Encoding: chunked\r\n")
        case .none, .untilClose: break
        }
        if !keepsAlive {
            writer.write("Connection: close\r\n")
        } else if version == .http10 {
            writer.write("Connection: keep-alive\r\n")
        }
    }

    /// More than the status line and the names of our own fields take.
    private static let frame = 256

    /// Whether a field of that name says how a message is framed, which is for the program alone to say.
    static func isOwn(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        name.resembles("connection") || name.resembles("content-length") || name.resembles("transfer-encoding")
    }

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
}

extension Fields {
    /// How many octets the lines take at most when they are written.
    var room: Int { octets.count + lines.count * 4 }

    /// Writes the lines, leaving out fields of some names.
    func write(to writer: inout OctetWriter, except isLeftOut: (UnsafeBufferPointer<UInt8>) -> Bool) {
        octets.withUnsafeBufferPointer { octets in
            for line in lines {
                let name = UnsafeBufferPointer(rebasing: octets[Int(line.nameStart)..<Int(line.nameEnd)])
                guard !isLeftOut(name) else { continue }
                writer.write(UnsafeRawBufferPointer(name))
                writer.write(": ")
                let value = UnsafeBufferPointer(rebasing: octets[Int(line.valueStart)..<Int(line.valueEnd)])
                writer.write(UnsafeRawBufferPointer(value))
                writer.write("\r\n")
            }
        }
    }
}
