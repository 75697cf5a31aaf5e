import Catalogue
import Desk
import DeskStore
import DeskSuppliers
import DeskWeb
import HTML
import HTTP
import JSON

/// What an agent sees before anything leaves to a supplier: what goes, what stays, and how it looks there.
struct SendingPage {
    let agent: Agent
    let teller: TicketTeller
    let action: TicketAction
    let supplier: SupplierID
    let leaving: Leaving
    let draft: Draft

    private var wording: Wording { agent.wording }

    var response: Response {
        let ticket: Link = "/desk/tickets/\(teller.number)"
        let place: Link = "/desk/tickets/\(teller.number)/\(action.rawValue)"
        let title = wording(.sendingTitle, ["supplier": teller.name(of: supplier)])
        let kept = CarriedFields(teller.view.directory.organisation).html(of: draft)
        return Page(title, visit: agent.visit, area: .queue) {
            """
            <div class="stack"><p class="overline">\(wording(.ticketHeading, ["number": teller.number]))</p>
            <h1>\(title)</h1><p class="lede">\(wording(.sendingNothingYet))</p>
            \(DisclosedFields(leaving.disclosure, wording).html)
            \(withheld)
            \(exact)
            <form method="post" action="\(place)">\(agent.visit.formToken)
            <input type="hidden" name="revision" value="\(teller.ticket.revision)">\(kept)
            <input type="hidden" name="shown" value="\(SupplierSending.mark(in: teller.view.directory))">
            <div class="buttons"><button class="button" type="submit">\(wording(.sendingSend))</button>
            <button class="button button-secondary" type="submit" name="edit" value="yes">\
            \(wording(.sendingEdit))</button>
            <a class="button button-secondary" href="\(ticket)">\(wording(.cancel))</a></div></form></div>
            """
        }.response()
    }

    /// What there is and does not leave.
    private var withheld: HTML {
        let items = leaving.withheld.map { "<li>\(wording(.supplierField, $0.rawValue))</li>" as HTML }
        return """
            <section class="panel"><h2>\(wording(.sendingStays))</h2>
            \(items.isEmpty ? nil : "<div class=\"prose\"><ul>\(items)</ul></div>" as HTML)\
            <p class="muted">\(wording(.sendingStaysRest))</p></section>
            """
    }

    private var exact: HTML? {
        leaving.text.map { WireText(wording(.sendingExact), $0).html }
    }
}

/// What is disclosed to a supplier, by the names that people have for it.
struct DisclosedFields {
    private let disclosure: Disclosure
    private let wording: Wording

    init(_ disclosure: Disclosure, _ wording: Wording) { (self.disclosure, self.wording) = (disclosure, wording) }

    var html: HTML {
        let rows = Supplier.Field.allCases.compactMap { field -> HTML? in
            guard let words = disclosure.words(field, in: wording) else { return nil }
            return """
                <div><dt>\(wording(.supplierField, field.rawValue))</dt>\
                <dd dir="auto" class="prose">\(HTML(prose: words))</dd></div>
                """
        }
        if rows.isEmpty { return "<p class=\"notice\">\(wording(.sendingNothing))</p>" }
        return "<dl class=\"facts\">\(rows)</dl>"
    }
}

/// A text of the wire, folded until somebody wants it.
struct WireText {
    private let title: String
    private let text: String

    init(_ title: String, _ text: String) { (self.title, self.text) = (title, text) }

    var html: HTML {
        """
        <details class="action"><summary>\(title)</summary><pre class="wire" tabindex="0" dir="ltr">\(text)</pre></details>
        """
    }
}
