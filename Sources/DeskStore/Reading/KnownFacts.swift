/// What is known of the matter of a ticket, as the note of a hand-over begins: what was asked for and what has been
/// said since.
public struct KnownFacts: Sendable {
    public let text: String

    /// - Parameter desk: the name of those who wrote what names no author.
    public init(_ record: TicketRecord, _ entries: [EntryView], desk: String) {
        let lines = entries.map { entry -> String in
            let text = entry.text.split(whereSeparator: \.isNewline).joined(separator: " ")
            let limit = entry.id == entries.first?.id ? 600 : 240
            return "- \(entry.authorName ?? desk): \(text.count > limit ? text.prefix(limit) + "…" : text[...])"
        }
        text = "\(record.subject)\n\(lines.joined(separator: "\n"))"
    }
}
