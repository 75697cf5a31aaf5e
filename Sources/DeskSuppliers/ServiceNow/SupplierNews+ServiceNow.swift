public import Desk
import Moments

extension SupplierNews {
    /// What can be learned of a ticket, the entries of its journal first.
    public static func all(
        of ticket: ServiceNowTicket, _ journal: [ServiceNowEntry], under terms: Supplier.ServiceNow
    ) -> [SupplierNews] {
        guard let exchange = ticket.exchange else { return [] }
        let key = ExchangeKey.id(exchange)
        let notes = journal.filter { entry in
            entry.ticket == ticket.id && entry.author != terms.user
                && terms.reads.contains { $0.rawValue == entry.journal }
        }
        return notes.map { note in
            SupplierNews(
                "sn:\(note.id)", SupplierStatement(key, .noted(String(note.text.prefix(20_000))), item: note.id))
        } + states(of: ticket, key)
    }

    /// A solution is known by its time, because every later change would tell it again.
    private static func states(of ticket: ServiceNowTicket, _ key: ExchangeKey) -> [SupplierNews] {
        guard let word = ticket.word else { return [] }
        var news: [SupplierNews] = []
        var text = ticket.isFinished ? ticket.closeNotes : nil
        if ticket.isFinished, let resolved = ticket.resolved {
            let solved = stated(ServiceNowTicket.resolvedState, text: text, by: ticket, key)
            news.append(SupplierNews("sn:\(ticket.id):solved:\(resolved.rfc3339)", solved))
            if word == ServiceNowTicket.resolvedState { return news }
            text = nil
        }
        return news + [
            SupplierNews("sn:\(ticket.id):\(ticket.changes ?? word)", stated(word, text: text, by: ticket, key))
        ]
    }

    private static func stated(
        _ word: String, text: String?, by ticket: ServiceNowTicket, _ key: ExchangeKey
    ) -> SupplierStatement {
        let text = text.map { String($0.prefix(20_000)) }
        var statement = SupplierStatement(key, .stated(String(word.prefix(100)), text: text))
        (statement.priority, statement.severity) = (ticket.priority, ticket.severity)
        return statement
    }
}
