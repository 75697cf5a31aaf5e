import Foundation
import JSON
import Moments

/// One thing that is new about a ticket in a supplier's system: a note, or the state that it is in. Read out of the
/// whole ticket, so that an event which tells a part of it, comes twice or out of its order does no harm.
public struct TroubleTicketNews: Hashable, Sendable {
    /// The same whenever the same thing is found again.
    public let messageID: String
    public let statement: SupplierStatement

    /// What can be learned of a ticket, the notes first, each in the order in which it was written.
    ///
    /// - Parameter own: whether a note is one that we wrote there.
    public static func all(
        of ticket: TroubleTicket, except own: (TroubleTicket.Note) -> Bool = { $0.source == .buyer }
    ) -> [TroubleTicketNews] {
        guard let id = ticket.id else { return [] }
        let key = ticket.exchange.map { ExchangeKey.id($0) } ?? .remote(id)
        let notes = ticket.notes.enumerated().compactMap { place, note -> TroubleTicketNews? in
            guard !own(note), !note.isInternal else { return nil }
            let name = note.id ?? "\(place)"
            return TroubleTicketNews(
                messageID: "tmf:\(id):note:\(name)".shortened,
                statement: SupplierStatement(key, .noted(String(note.text.prefix(20_000))), item: note.id))
        }
        guard let word = ticket.status else { return notes }
        let since = ticket.statusChangeDate ?? ticket.statusChanges.last?.date
        let state = TroubleTicketNews(
            messageID: "tmf:\(id):status:\(word):\(since?.rfc3339 ?? "")".shortened,
            statement: SupplierStatement(
                key,
                .stated(String(word.prefix(100)), text: ticket.statusChangeReason.map { String($0.prefix(20_000)) })))
        return notes + [state]
    }
}

extension TroubleTicketNews {
    /// The news as they are kept until they are read.
    public var text: String {
        var members = JSONObject([("id", messageID.json)])
        members["exchange"] = statement.exchange.description.json
        if case .remote = statement.exchange { members["by"] = "remote" }
        members["item"] = statement.item?.json
        if case .stated(let word, _) = statement.content { members["status"] = word.json }
        members["text"] = statement.text?.json
        return JSON.object(members).text
    }

    /// - Throws: ``UnreadableEvent`` for what is no such text.
    public init(reading text: String) throws(UnreadableEvent) {
        let json = (try? JSON.parse(text.utf8)) ?? .null
        guard let id = json["id"]?.string, let exchange = json["exchange"]?.string else {
            throw UnreadableEvent("it is no news of a trouble ticket")
        }
        let key: ExchangeKey? = json["by"] == "remote" ? .remote(exchange) : UUID(uuidString: exchange).map { .id($0) }
        let words = json["text"]?.string
        let content: SupplierStatement.Content? =
            json["status"]?.string.map { .stated($0, text: words) } ?? words.map { .noted($0) }
        guard let key, let content else { throw UnreadableEvent("it says nothing of a trouble ticket") }
        self.init(messageID: id, statement: SupplierStatement(key, content, item: json["item"]?.string))
    }
}

extension String {
    fileprivate var shortened: String { String(prefix(200)) }
}
