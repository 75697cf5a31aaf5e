/// A part of a message that is a file to its reader.
public struct Attachment: Sendable {
    /// A name that is safe to show and to save under, at most 255 bytes; one is made up if the sender gave none.
    public let name: String
    /// The media type in lower case, without parameters: `application/pdf`.
    public let type: String
    /// The bytes of the file. For `message/rfc822` they are a message that can be parsed in turn.
    public let content: [UInt8]
    /// The identifier under which HTML may show it (`cid:`), without angle brackets.
    public let contentID: String?
    /// The address under which HTML may show it.
    public let contentLocation: String?
    /// The character set that a text states.
    public let charset: String?
    /// Whether the HTML of the message shows it in its place.
    public internal(set) var isShownInline: Bool

    /// Whether it is a whole message.
    public var isMessage: Bool { FileName.messages.contains(type) }

    init(_ part: Part, content: [UInt8]) {
        let kind = part.contentType.name
        type = kind
        let stated = part.statedFileName ?? part.contentLocation.map { String($0.prefix { $0 != "?" && $0 != "#" }) }
        name =
            stated.flatMap(FileName.sanitised) ?? FileName.ofMessage(content, type: kind) ?? FileName.standIn(for: kind)
        self.content = content
        contentID = part.contentID
        contentLocation = part.contentLocation
        charset = part.contentType.parameters["charset"]
        isShownInline = false
    }

    /// A file that stood within another one.
    init(named stated: String?, type: String, content: [UInt8], contentID: String? = nil) {
        self.type = type
        name = stated.flatMap(FileName.sanitised) ?? FileName.standIn(for: type)
        self.content = content
        self.contentID = contentID
        (contentLocation, charset, isShownInline) = (nil, nil, false)
    }
}
