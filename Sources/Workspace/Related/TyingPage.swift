import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP

/// Shows two tickets side by side and what tying them will do, before it is done.
struct TyingPage {
    let agent: Agent
    let teller: TicketTeller
    let draft: Draft
    /// What is to be done with which other ticket; nil while that is not said.
    var plan: (intent: TieIntent, other: TicketView)?

    private var wording: Wording { agent.wording }
    private var ticket: Link { "/desk/tickets/\(teller.number)" }
    private var related: Link { "\(ticket)/related" }

    func response(_ status: Status = .ok) -> Response {
        let form = TyingForm(number: teller.number, draft: draft, wording: wording)
        let title = wording(.tieTitle, ["number": teller.number])
        return Page(title, visit: agent.visit, area: .queue) {
            """
            <div class="stack">\(form.summary)<h1>\(title)</h1>
            \(plan.map { confirmation($0.intent, $0.other) } ?? form.html)
            <p><a href="\(ticket)">\(wording(.back))</a></p></div>
            """
        }.response(status)
    }

    private func confirmation(_ intent: TieIntent, _ other: TicketView) -> HTML {
        let numbers = ["number": teller.number, "other": other.ticket.number.description]
        let differs: HTML? =
            intent == .merge && other.ticket.requester != teller.ticket.requester
            ? "<p class=\"notice notice-warn\">\(wording(.tieOtherRequester))</p>" : nil
        return """
            <p class="lede">\(wording(intent.phrase)): \(other.ticket.number.description)</p>
            <div class="conflict">\(card(teller.view))\(card(other))</div>
            <p>\(wording(intent.consequences, ["number": numbers["number"] ?? "", "other": numbers["other"] ?? ""]))</p>
            \(differs)
            <form method="post" action="\(related)">\(agent.visit.formToken)
            <input type="hidden" name="what" value="\(intent.rawValue)">
            <input type="hidden" name="number" value="\(other.ticket.number.description)">
            <input type="hidden" name="revision" value="\(teller.ticket.revision)">
            <div class="buttons"><button class="button" type="submit">\(wording(intent.phrase))</button>
            <a class="button button-secondary" href="\(ticket)">\(wording(.cancel))</a></div></form>
            """
    }

    private func card(_ view: TicketView) -> HTML {
        """
        <section class="panel"><p class="overline">\(view.ticket.number.description)</p>
        <h2 dir="auto">\(view.record.subject)</h2>
        <p class="row">\(TicketTeller.badge(of: view.ticket.state, wording))\
        \(TicketTeller.badge(of: view.ticket.classification.priority, wording))</p>
        <p><bdi>\(view.requester.name)</bdi><br>\(teller.time(view.ticket.times.opened))</p></section>
        """
    }
}
