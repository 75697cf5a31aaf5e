public import JSON
import Secrets

extension TroubleTicket {
    /// A file at a ticket: with its content, or with where that is found.
    public struct Attachment: Hashable, Sendable {
        public var id: String?
        public var href: String?
        public var name: String?
        /// Where its content is found.
        public var url: String?
        public var mimeType: String?
        /// What it is for people, such as a picture.
        public var attachmentType: String?
        public var content: [UInt8]?
        /// In bytes.
        public var size: Int?
        /// Which of the two parties attached it, where it says so (MEF 124).
        public var source: Source?

        /// A file to be attached.
        ///
        /// - Parameter type: the media type without parameters.
        public init(_ name: String, type: String, _ content: [UInt8], source: Source) {
            (self.name, mimeType, self.content, self.source) = (name, type, content, source)
            (size, attachmentType) = (content.count, Self.sort(of: type))
        }

        /// A file that is there, with where its content is found.
        ///
        /// - Parameters:
        ///   - type: the media type without parameters.
        ///   - size: in bytes.
        public init(id: String, _ name: String, type: String, size: Int, at url: String, source: Source) {
            (self.id, href, self.name, self.url) = (id, url, name, url)
            (mimeType, self.size, self.source, attachmentType) = (type, size, source, Self.sort(of: type))
        }

        private static func sort(of type: String) -> String {
            switch type.prefix(while: { $0 != "/" }) {
            case "image": "picture"
            case "audio": "audio"
            case "video": "video"
            default: "document"
            }
        }
    }
}

extension TroubleTicket.Attachment {
    /// The words for the unit in which a size is exact.
    private static let bytes: Set = ["b", "byte", "bytes"]

    public var json: JSON {
        var members = JSONObject()
        let texts = [
            ("id", id), ("href", href), ("name", name), ("url", url), ("mimeType", mimeType),
            ("attachmentType", attachmentType), ("content", content.map(Base64.encode)),
        ]
        for (name, text) in texts { members[name] = text?.json }
        members["size"] = size.map { JSON.object(["amount": $0, "units": "bytes"]) }
        members["source"] = source?.rawValue.json
        members["@type"] = "Attachment"
        return .object(members)
    }

    /// - Returns: nil for what has neither an identity nor a name nor a place.
    public init?(reading json: JSON) {
        (id, href, name) = (json["id"]?.word, json["href"]?.word, json["name"]?.word)
        (url, mimeType) = (json["url"]?.word, json["mimeType"]?.word)
        attachmentType = json["attachmentType"]?.word
        content = json["content"]?.string.flatMap { Base64.decode($0) }
        let unit = json["size"]?["units"]?.word?.lowercased() ?? ""
        size = Self.bytes.contains(unit) ? json["size"]?["amount"]?.integer.map(Int.init) : content?.count
        source = json["source"]?.word.flatMap { TroubleTicket.Source(rawValue: $0.lowercased()) }
        if id == nil, href == nil, name == nil, url == nil { return nil }
    }

    /// One that is there already, as it goes along with new ones. What is found elsewhere is not sent again; what is
    /// kept in the ticket alone would be gone without its content.
    public static func kept(_ json: JSON) -> JSON {
        guard var members = json.object, members["href"] != nil || members["url"] != nil else { return json }
        members["content"] = nil
        return .object(members)
    }
}
