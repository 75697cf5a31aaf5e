import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP

/// The macros of the organisation, any of which is done to the ticket with one click.
struct MacrosPanel {
    let page: TicketPage

    private var wording: Wording { page.agent.wording }

    /// Nil where the organisation has none, for a ticket that is closed, and for whoever works on none.
    var html: HTML? {
        let macros = page.teller.view.directory.organisation.automation.macros
        guard page.agent.worksOnTickets, !macros.isEmpty, page.teller.ticket.state != .closed else { return nil }
        let place: Link = "/desk/tickets/\(page.teller.number)/macros"
        let buttons = macros.map { macro -> HTML in
            """
            <form method="post" action="\(place)">\(page.agent.visit.formToken)\
            <input type="hidden" name="revision" value="\(page.teller.ticket.revision)">\
            <input type="hidden" name="macro" value="\(macro.code)">\
            <button class="button button-secondary" type="submit">\(macro.label(in: wording.language.tag))</button></form>
            """
        }
        return """
            <section class="panel" aria-labelledby="macros"><h2 id="macros">\(wording(.macrosTitle))</h2>
            <div class="buttons">\(buttons)</div></section>
            """
    }
}
