import Foundation
import JSON

/// One thing that is new about a ticket in a supplier's system: a note, or the state that it is in. Read out of the
/// whole ticket, so that an event which tells a part of it, comes twice or out of its order does no harm.
public struct SupplierNews: Hashable, Sendable {
    /// The same whenever the same thing is found again.
    public let messageID: String
    public let statement: SupplierStatement

    init(_ messageID: String, _ statement: SupplierStatement) {
        (self.messageID, self.statement) = (String(messageID.prefix(200)), statement)
    }

    /// Whether it is the state of a ticket, and not what somebody wrote on it.
    public var tellsState: Bool { if case .stated = statement.content { true } else { false } }
}

extension SupplierNews {
    /// The news as they are kept until they are read.
    public var text: String {
        var members = JSONObject([("id", messageID.json)])
        members.name(statement.exchange)
        members["item"] = statement.item?.json
        if case .stated(let word, _) = statement.content { members["status"] = word.json }
        if !statement.broader.isEmpty { members["broader"] = statement.broader.json }
        members["priority"] = statement.priority?.json
        members["severity"] = statement.severity?.json
        members["text"] = statement.text?.json
        return JSON.object(members).text
    }

    /// - Throws: ``UnreadableEvent`` for what is no such text.
    public init(reading text: String) throws(UnreadableEvent) {
        let json = (try? JSON.parse(text.utf8)) ?? .null
        guard let id = json["id"]?.string else { throw UnreadableEvent("it is no news of a supplier's ticket") }
        let key = json.exchangeKey
        let words = json["text"]?.string
        let content: SupplierStatement.Content? =
            json["status"]?.string.map { .stated($0, text: words) } ?? words.map { .noted($0) }
        guard let key, let content else { throw UnreadableEvent("it says nothing of a supplier's ticket") }
        var statement = SupplierStatement(key, content, item: json["item"]?.string)
        statement.broader = json["broader"]?.array?.compactMap(\.string) ?? []
        statement.priority = json["priority"]?.string
        statement.severity = json["severity"]?.string
        self.init(id, statement)
    }
}
