import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP
import TimeZones

/// The tickets of a person who has signed in, the newest first.
struct MyTicketsPage {
    let requester: Requester
    let tickets: [TicketSummary]
    let zone: Zone

    var response: Response {
        let wording = requester.wording
        let title = wording(.myTicketsTitle)
        return Page(title, visit: requester.visit, area: .portal) {
            """
            <div class="stack"><div class="page-head"><h1>\(title)</h1>
            <a class="button" href="/">\(wording(.portalFormTitle))</a></div>
            \(tickets.isEmpty ? empty : table)</div>
            """
        }.response()
    }

    private var empty: HTML { "<div class=\"empty\"><h2>\(requester.wording(.myTicketsEmpty))</h2></div>" }

    private var table: HTML {
        let wording = requester.wording
        let rows = tickets.map { summary -> HTML in
            let number = summary.ticket.number.description
            return """
                <tr><td data-label="\(wording(.columnNumber))" class="ticket-number">\(number)</td>\
                <td class="wide" data-label="\(wording(.columnSubject))">\
                <a href="\("/tickets/\(number)" as Link)" dir="auto">\(summary.record.subject)</a></td>\
                <td data-label="\(wording(.columnState))">\(TicketTeller.badge(of: summary.ticket.state, wording))</td>\
                <td data-label="\(wording(.fieldOpened))">\(wording.dateAndTime(summary.ticket.times.opened, in: zone))\
                </td></tr>
                """
        }
        let headings = [wording(.columnNumber), wording(.columnSubject), wording(.columnState), wording(.fieldOpened)]
        return """
            <div class="table-scroll" role="region" tabindex="0" aria-label="\(wording(.myTicketsTitle))">
            <table class="table table-cards"><thead><tr>\
            \(headings.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead><tbody>
            \(rows)</tbody></table></div>
            """
    }
}
