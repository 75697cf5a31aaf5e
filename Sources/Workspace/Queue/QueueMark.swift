import Desk
import DeskStore
import Moments
import Secrets

/// By which a page of the queue is told from another one: which tickets stand there, and what its rows say of them.
struct QueueMark {
    let text: String

    /// - Parameter tickets: those of the page, and the one behind them that tells whether there is another page.
    init(_ tickets: [TicketSummary]) {
        let lines = tickets.map { summary in
            let (ticket, place) = (summary.ticket, summary.ticket.responsibility.place)
            return [
                ticket.number.description, ticket.state.rawValue, "\(ticket.classification.priority)", "\(place.team)",
                "\(place.site)",
                summary.record.subject, summary.due?.rfc3339 ?? "",
            ].joined(separator: "\u{1F}")
        }
        text = String(Digest(sha256: lines.joined(separator: "\n")).hex.prefix(16))
    }
}
