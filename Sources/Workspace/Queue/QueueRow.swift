import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import Moments

/// A line of the queue.
struct QueueRow {
    let summary: TicketSummary
    let directory: Directory
    let wording: Wording
    let now: Moment

    private var ticket: Ticket { summary.ticket }
    private var isLate: Bool { summary.due.map { $0 < now } ?? false }

    var html: HTML {
        let number = ticket.number.description
        let place = ticket.responsibility.place
        let link: Link = "/desk/tickets/\(number)"
        return """
            <tr\(attribute: "class", isLate ? "is-late" : nil)>\
            \(cell(.columnNumber, "<a class=\"ticket-number\" href=\"\(link)\">\(number)</a>", on: .start))\
            \(cell(.columnPriority, TicketTeller.badge(of: ticket.classification.priority, wording), on: .end))\
            <td class="wide card-title" data-label="\(wording(.columnSubject))">\
            <bdi>\(summary.record.subject)</bdi></td>\
            \(cell(.columnRequester, "<bdi>\(summary.requesterName)</bdi> \(TicketTeller.mark(of: summary.requesterClass))"))\
            \(cell(.columnState, TicketTeller.badge(of: ticket.state, wording), on: .start))\
            \(cell(.columnTeam, HTML(text: directory.team(place.team)?.name ?? "")))\
            \(cell(.columnSite, HTML(text: directory.site(place.site)?.name ?? "")))\
            \(cell(.columnDue, due, on: .end))\
            \(cell(.columnAge, HTML(text: wording.duration(now.duration(since: ticket.times.opened)))))\
            </tr>
            """
    }

    /// Where a cell stands that on a phone shares a line of the card with another, without its heading.
    private enum Side: String {
        case start, end
    }

    private func cell(_ heading: Catalogue.Phrase, _ content: HTML, on side: Side? = nil) -> HTML {
        let place = side.map { "card-\($0.rawValue)" }
        return "<td\(attribute: "class", place) data-label=\"\(wording(heading))\">\(content)</td>"
    }

    private var due: HTML {
        guard let due = summary.due else {
            let waits = [.waitingRequester, .waitingSupplier, .waitingOther].contains(ticket.state)
            return waits
                ? "<span class=\"due due-paused\">\(wording(.duePaused))</span>"
                : "<span class=\"muted\">\(wording(.dueNone))</span>"
        }
        let duration = wording.duration(due.duration(since: now))
        if isLate { return "<span class=\"due due-late\">\(wording(.dueLate, ["duration": duration]))</span>" }
        let isSoon = due.duration(since: now) < .seconds(3600)
        let text = wording(.dueLeft, ["duration": duration])
        return "<span class=\"\(isSoon ? "due due-soon" : "due")\">\(text)</span>"
    }
}
