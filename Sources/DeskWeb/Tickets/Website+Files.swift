public import DeskStore
public import HTTP

extension Website {
    /// A file for the reader to keep, sent piece by piece. A browser neither shows nor runs it on our pages.
    public func file(_ attachment: AttachmentView, seeing sight: Sight) -> Response {
        let store = store
        let name = attachment.name.isEmpty ? "file" : attachment.name
        return Response(
            .ok,
            fields: [
                .contentType: MediaType(attachment.type)?.essence ?? "application/octet-stream",
                .contentDisposition:
                    "attachment; filename=\"\(Self.plain(name))\"; filename*=UTF-8''\(PercentCoding.encode(name))",
                "Content-Security-Policy": "sandbox; default-src 'none'",
                .cacheControl: "private, no-store",
            ],
            body: .stream(length: Int(attachment.size)) { writer in
                var part: Int32 = 0
                while let piece = try await store.piece(part, of: attachment, seeing: sight) {
                    try await writer.write(piece)
                    part += 1
                }
            })
    }

    /// The name for programs that know no other characters than ASCII (RFC 6266, appendix D).
    private static func plain(_ name: String) -> String {
        String(
            name.unicodeScalars.map { scalar -> Character in
                let isPlain = (0x20..<0x7F).contains(scalar.value) && !"\"\\/%".unicodeScalars.contains(scalar)
                return isPlain ? Character(scalar) : "_"
            })
    }
}
