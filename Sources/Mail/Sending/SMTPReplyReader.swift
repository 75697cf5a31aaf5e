/// Turns what a server sends into replies (RFC 5321, section 4.2.1). It reads no socket.
struct SMTPReplyReader {
    private static let limit = 65_536

    /// What arrived is not a reply: the other side does not speak SMTP.
    struct Unreadable: Error, Hashable, CustomStringConvertible {
        let description: String
    }

    private var input: [UInt8] = []
    private var lines: [String] = []

    /// Whether anything has arrived that is not part of a reply already taken.
    var hasInput: Bool { !input.isEmpty || !lines.isEmpty }

    mutating func feed(_ bytes: [UInt8]) {
        input += bytes
    }

    /// The next whole reply; nil if more has to arrive first.
    mutating func next() throws(Unreadable) -> SMTPReply? {
        while let feed = input[...].firstLineFeed(from: 0) {
            var line = input[..<feed]
            while line.last == .carriageReturn { line.removeLast() }
            let text = String(decoding: line, as: UTF8.self)
            input.removeSubrange(...feed)
            guard text.utf8.count >= 3, let code = Int(text.prefix(3)), (200..<600).contains(code) else {
                throw Unreadable(
                    description: "\"\(text.prefix(80).description.singleLine)\" is not a reply of a mail server")
            }
            lines.append(text)
            guard lines.count < 1_000 else { throw Unreadable(description: "a reply is too long") }
            if text.utf8.dropFirst(3).first != .dash { return finish(code) }
        }
        guard input.count <= Self.limit else { throw Unreadable(description: "a reply is too long") }
        return nil
    }

    private mutating func finish(_ code: Int) -> SMTPReply {
        let texts = lines.map { $0.dropFirst(4) }
        lines = []
        let status = texts.first.flatMap { DeliveryStatus.status(String($0)) }
        guard let status, status.hasPrefix("\(code / 100).") else {
            return SMTPReply(code, nil, texts.joined(separator: "\n"))
        }
        let bare = texts.map { $0.hasPrefix(status) ? $0.dropFirst(status.count).drop { $0 == " " } : $0 }
        return SMTPReply(code, status, bare.joined(separator: "\n"))
    }
}
