public import Foundation
import JSON
import Secrets

/// A file that a supplier's people attached to their ticket, as far as it is known before it is fetched.
public struct AttachedFile: Hashable, Sendable {
    /// The same whenever the same file is found again.
    public let messageID: String
    public let exchange: ExchangeKey
    /// What their system knows the ticket by.
    public let ticket: String
    /// What their system knows the file by.
    public let id: String
    public let name: String
    /// Its media type, in their words.
    public let type: String
    /// In bytes; nil where their system does not tell it.
    public let size: Int?
    /// The URL of its content, where the identity of the file does not say where that is.
    public let place: String?
    /// What it holds, by its SHA-256, where that was told.
    public private(set) var sha256: [UInt8]?
    /// The key of the entry to whose words it belongs, where it was named with them.
    public private(set) var entry: Int64?

    /// - Parameter system: what sort of system it is, for its identities are none of other sorts.
    init(
        _ id: String, at ticket: String, in system: String, _ exchange: ExchangeKey, name: String, type: String?,
        size: Int?, place: String? = nil
    ) {
        messageID = String("\(system):\(ticket):file:\(id)".prefix(200))
        (self.exchange, self.ticket, self.id, self.size, self.place) = (exchange, ticket, id, size, place)
        let line = name.map { $0.isNewline || $0 == "\0" ? " " : $0 }
        self.name = line.isEmpty ? id : String(line.suffix(200))
        self.type = type.map { String($0.prefix(200)) } ?? "application/octet-stream"
    }
}

extension AttachedFile {
    /// A file that another desk named.
    ///
    /// - Parameter entry: the key of that which holds the words that it was named with.
    public init(_ file: SharedFile, in exchange: UUID, to entry: Int64) {
        self.init(
            file.id.json.string ?? "", at: exchange.json.string ?? "", in: "desk", .id(exchange), name: file.name,
            type: file.type, size: Int(clamping: file.size))
        (sha256, self.entry) = (file.sha256, entry)
    }

    /// What is known of it, as it is kept until it is fetched.
    public var text: String {
        var members = JSONObject([
            ("id", messageID.json), ("ticket", ticket.json), ("file", id.json), ("name", name.json),
            ("type", type.json),
        ])
        members.name(exchange)
        members["size"] = size?.json
        members["place"] = place?.json
        members["sha256"] = sha256.map { Hex.encode($0).json }
        members["entry"] = entry?.json
        return JSON.object(members).text
    }

    /// - Throws: ``UnreadableEvent`` for what is no such text.
    public init(reading text: String) throws(UnreadableEvent) {
        let json = (try? JSON.parse(text.utf8)) ?? .null
        guard let messageID = json["id"]?.string, let key = json.exchangeKey,
            let ticket = json["ticket"]?.string, let id = json["file"]?.string, let name = json["name"]?.string,
            let type = json["type"]?.string
        else { throw UnreadableEvent("it is no file at a supplier's ticket") }
        (self.messageID, self.exchange, self.ticket, self.id) = (messageID, key, ticket, id)
        (self.name, self.type) = (name, type)
        (size, place) = (json["size"]?.integer.map(Int.init), json["place"]?.string)
        (sha256, entry) = (json["sha256"]?.string.flatMap { Hex.decode($0) }, json["entry"]?.integer)
    }
}
