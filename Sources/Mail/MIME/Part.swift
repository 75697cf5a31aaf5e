/// A node of a message's tree of parts (RFC 2045 and 2046).
public struct Part: Sendable {
    public let header: Header
    public let contentType: ContentType
    public let disposition: Disposition?
    public let transferEncoding: TransferEncoding
    /// The body as it was sent, still in its transfer encoding.
    public let encoded: ArraySlice<UInt8>
    /// The parts of a multipart, or the one that a signature encloses. Empty for all else, embedded messages included:
    /// parse their ``content`` for those.
    public let parts: [Part]

    /// The body without its transfer encoding.
    public var content: [UInt8] { transferEncoding.decode(encoded).bytes }

    /// The identifier by which other parts refer to it, without its angle brackets.
    public var contentID: String? { header.first("content-id").flatMap { MessageIDs.one(in: $0.unfolded[...]) } }

    /// The address under which other parts may refer to it (RFC 2557).
    public var contentLocation: String? { header["content-location"].flatMap { $0.isEmpty ? nil : $0 } }

    /// The name of the file as the sender wrote it, decoded; it is not safe as a name.
    public var statedFileName: String? {
        let name = disposition?.parameters["filename"] ?? contentType.parameters["name"]
        return name.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The character set of the first text in it, for what states none.
    var textCharset: String? {
        if contentType.type == "text" { return contentType.parameters["charset"] }
        return parts.lazy.compactMap(\.textCharset).first
    }

    /// Whether it holds parts rather than content.
    var isMultipart: Bool { !parts.isEmpty }
}
