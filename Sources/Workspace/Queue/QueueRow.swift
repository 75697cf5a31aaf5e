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
            \(cell(.columnNumber, "<a class=\"ticket-number\" href=\"\(link)\">\(number)</a>"))\
            \(cell(.columnPriority, TicketTeller.badge(of: ticket.classification.priority, wording)))\
            <td class="wide" data-label="\(wording(.columnSubject))"><bdi>\(summary.record.subject)</bdi></td>\
            \(cell(.columnRequester, "<bdi>\(summary.requesterName)</bdi>"))\
            \(cell(.columnState, TicketTeller.badge(of: ticket.state, wording)))\
            \(cell(.columnTeam, HTML(text: directory.team(place.team)?.name ?? "")))\
            \(cell(.columnSite, HTML(text: directory.site(place.site)?.name ?? "")))\
            \(cell(.columnDue, due))\
            \(cell(.columnAge, HTML(text: wording.duration(now.duration(since: ticket.times.opened)))))\
            </tr>
            """
    }

    private func cell(_ heading: Catalogue.Phrase, _ content: HTML) -> HTML {
        "<td data-label=\"\(wording(heading))\">\(content)</td>"
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
