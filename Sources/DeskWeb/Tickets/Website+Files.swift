public import DeskStore
public import HTTP

extension Website {
    /// A file for the reader to keep, sent piece by piece, or the part of it that is asked for. A browser neither shows
    /// nor runs it on our pages.
    public func file(_ attachment: AttachmentView, for request: Request, seeing sight: Sight) -> Response {
        let name = attachment.name.isEmpty ? "file" : attachment.name
        return attachment.content(
            type: MediaType(attachment.type)?.essence ?? "application/octet-stream",
            fields: [
                .contentDisposition:
                    "attachment; filename=\"\(Self.plain(name))\"; filename*=UTF-8''\(PercentCoding.encode(name))",
                "Content-Security-Policy": "sandbox; default-src 'none'",
                .cacheControl: "private, no-store",
            ], from: store, seeing: sight
        ).response(to: request)
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
