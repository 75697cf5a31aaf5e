/// Writes the parts of a message, each in the transfer encoding that suits its content.
struct PartWriter {
    /// A part as it is sent: its fields, an empty line and its body.
    private(set) var bytes: [UInt8] = []

    /// A part of text in UTF-8.
    static func text(_ text: String, subtype: String) -> PartWriter {
        let lines = text.replacingLineEnds.replacing("\n", with: "\r\n")
        let content = Array((lines.hasSuffix("\r\n") || lines.isEmpty ? lines : lines + "\r\n").utf8)
        let (encoding, body) = encoded(content)
        return part(["Content-Type: text/\(subtype); charset=utf-8", "Content-Transfer-Encoding: \(encoding)"], body)
    }

    /// A part that is a file.
    static func file(_ file: Draft.File) throws(UnwritableDraft) -> PartWriter {
        var type = file.type.lowercased()
        guard isType(type) else { throw .badType(file.type) }
        var encoding = "base64"
        var body = Base64.encode(file.content, lineLength: 76)
        if type.hasPrefix("message/") {
            // Messages must not be encoded (RFC 2046, section 5.2.1); one that cannot go as it is goes as a file.
            if let plain = unencodedMessage(file.content) {
                (encoding, body) = plain
            } else {
                type = "application/octet-stream"
            }
        }
        var fields = HeaderWriter()
        fields.write("Content-Type", pieces: [type])
        fields.write("Content-Transfer-Encoding", pieces: [encoding])
        if let contentID = file.contentID { try fields.write("Content-ID", identifiers: [contentID]) }
        let name = FileName.sanitised(file.name) ?? FileName.standIn(for: type)
        fields.write(
            "Content-Disposition", pieces: [file.contentID == nil ? "attachment;" : "inline;"] + fileName(name))
        return PartWriter(bytes: fields.bytes + [.carriageReturn, .lineFeed] + body)
    }

    /// A multipart of parts. The boundary does not occur in them.
    static func multipart(_ subtype: String, _ parts: [PartWriter], stem: String) -> PartWriter {
        var boundary = "=_" + stem
        var attempt = 0
        while parts.contains(where: { $0.contains(boundary) }) {
            attempt += 1
            boundary = "=_\(stem)\(attempt)"
        }
        var body: [UInt8] = []
        for part in parts { body += Array("--\(boundary)\r\n".utf8) + part.bytes + [.carriageReturn, .lineFeed] }
        body += Array("--\(boundary)--\r\n".utf8)
        return part(["Content-Type: multipart/\(subtype);", " boundary=\"\(boundary)\""], body)
    }

    private static func part(_ lines: [String], _ body: [UInt8]) -> PartWriter {
        PartWriter(bytes: Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
    }

    /// Whether a line begins with two dashes and the boundary.
    private func contains(_ boundary: String) -> Bool {
        let mark = Array("--\(boundary)".utf8)
        return ByteLines(bytes[...]).contains { $0.content.starts(with: mark) }
    }

    static func isType(_ type: String) -> Bool {
        let halves = type.split(separator: "/", omittingEmptySubsequences: false)
        return halves.count == 2 && type.utf8.count <= 127
            && halves.allSatisfy { half in
                !half.isEmpty && half.utf8.allSatisfy { $0.isLetter || $0.isDigit || "!#$&-^_.+".utf8.contains($0) }
            }
    }

    /// Text as it is if every transport will carry it, else in the encoding that is shorter.
    private static func encoded(_ content: [UInt8]) -> (encoding: String, body: [UInt8]) {
        let isSafe = ByteLines(content[...]).allSatisfy { line in
            line.content.count <= 76 && line.content.last?.isBlank != true && line.content.first != UInt8(ascii: "-")
                && !line.content.starts(with: Array("From ".utf8))
                && line.content.allSatisfy { $0 >= 32 && $0 < 127 || $0 == .tab }
        }
        if isSafe { return ("7bit", content) }
        let escaped = content.count { $0 > 126 || $0 == .equals || $0 < 32 && $0 != .lineFeed && $0 != .carriageReturn }
        return escaped * 6 < content.count
            ? ("quoted-printable", QuotedPrintable.encode(content))
            : ("base64", Base64.encode(content, lineLength: 76))
    }

    /// A message with its lines ending in CRLF, if none is too long for transport.
    private static func unencodedMessage(_ content: [UInt8]) -> (encoding: String, body: [UInt8])? {
        guard !content.contains(0) else { return nil }
        var body: [UInt8] = []
        body.reserveCapacity(content.count + content.count / 40)
        for line in ByteLines(content[...]) {
            guard line.content.count <= 998, !line.content.contains(.carriageReturn) else { return nil }
            body += line.content + [.carriageReturn, .lineFeed]
        }
        return (body.contains { $0 > 127 } ? "8bit" : "7bit", body)
    }

    /// The parameter for the name: a quoted string, or the segments of RFC 2231 if it is not ASCII or long.
    private static func fileName(_ name: String) -> [String] {
        if name.utf8.count <= 60, name.utf8.allSatisfy({ $0 >= 32 && $0 < 127 }), !name.contains("=?") {
            return ["filename=" + Address.quoted(name)]
        }
        var segments: [String] = []
        var segment = "utf-8''"
        for byte in name.utf8 {
            let isPlain = byte.isLetter || byte.isDigit || "-._".utf8.contains(byte)
            let token =
                isPlain ? [byte] : [UInt8(ascii: "%"), QuotedPrintable.hex(byte >> 4), QuotedPrintable.hex(byte & 15)]
            if segment.utf8.count + token.count > 60 {
                segments.append(segment)
                segment = ""
            }
            segment += String(decoding: token, as: UTF8.self)
        }
        segments.append(segment)
        if segments.count == 1 { return ["filename*=\(segment)"] }
        return segments.enumerated().map { index, segment in
            "filename*\(index)*=\(segment)" + (index + 1 < segments.count ? ";" : "")
        }
    }
}
