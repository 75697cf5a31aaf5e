import Desk
import DeskStore
import DeskSuppliers

/// What a desk that gave us a ticket hears of it, as a connector gets it.
struct OutgoingReport: Sendable {
    /// The message's identity for the other desk, the same at every attempt.
    let id: String
    /// The event as a text, in the same bytes at every attempt.
    let text: String
}

extension CloudEvent<SupplierStatement> {
    /// - Parameters:
    ///   - words: those that the requester may read.
    ///   - files: those that came with them and may leave.
    init(
        _ message: PendingMessage, _ kind: ServiceReport.Kind, of bond: BondView, about ticket: Ticket, words: String?,
        files: [SharedFile], from source: String
    ) {
        let text = words.flatMap { $0.isEmpty ? nil : String($0.prefix(SupplierStatement.longestText)) }
        var statement = SupplierStatement(exchange: bond.uuid, .init(kind, number: ticket.number.description, text))
        if statement.text != nil { statement.named = files }
        if kind == .acknowledged { statement.priority = String(ticket.classification.priority.rawValue) }
        self.init(
            id: message.uuid, source: source, subject: ticket.number.description, time: message.createdAt,
            sequence: message.sequence, payload: statement)
    }
}

extension SupplierStatement.Content {
    /// Words that may not be told leave what they belong to: that it goes on.
    fileprivate init(_ kind: ServiceReport.Kind, number: String, _ text: String?) {
        self =
            switch (kind, text) {
            case (.acknowledged, _): .acknowledged(reference: number)
            case (.noted, let text?): .noted(text)
            case (.asked, let text?): .asked(text)
            case (.resolved, _): .resolved(text)
            case (.returned, _): .returned(text)
            case (.hold, _): .stated("held", text: nil)
            case (.asked, nil): .stated("pending", text: nil)
            case (.progress, _), (.noted, nil): .stated("inProgress", text: nil)
            }
    }
}
