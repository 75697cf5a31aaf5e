import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML

/// The forms of what can be done to a ticket now, each folded until it is wanted.
struct ActionsPanel {
    let page: TicketPage

    private var teller: TicketTeller { page.teller }
    private var wording: Wording { teller.wording }
    private var directory: Directory { teller.view.directory }

    var html: HTML {
        let offered = TicketAction.allCases.filter { $0.isOffered(on: teller.ticket, to: page.agent.person.id) }
        let simple = offered.filter(\.needsNoWords).map(button)
        let others = offered.filter { !$0.needsNoWords }.flatMap(forms)
        return """
            <section class="panel" aria-labelledby="actions"><h2 id="actions">\(wording(.actionsTitle))</h2>
            \(simple.isEmpty ? nil : "<div class=\"buttons\">\(simple)</div>" as HTML)\(others)</section>
            """
    }

    private func button(_ action: TicketAction) -> HTML {
        let kind = action == .work ? "button" : "button button-secondary"
        return """
            <form method="post" action="\(place(action))">\(hidden)\
            <button class="\(kind)" type="submit">\(wording(action.phrase))</button></form>
            """
    }

    private func place(_ action: TicketAction) -> Link { "/desk/tickets/\(teller.number)/\(action.rawValue)" }

    private var hidden: HTML {
        "\(page.agent.visit.formToken)<input type=\"hidden\" name=\"revision\" value=\"\(teller.ticket.revision)\">"
    }

    /// The forms of an action: one, or one for each supplier that has a part in the ticket.
    private func forms(_ action: TicketAction) -> [HTML] {
        guard action == .recalls || action == .answers else { return [form(action, supplier: nil)] }
        return teller.ticket.suppliers.map { form(action, supplier: $0) }
    }

    private func form(_ action: TicketAction, supplier: SupplierID?) -> HTML {
        let draft = page.draft.flatMap { $0.action == action ? $0.draft : nil }
        let fields = FormFields(draft ?? Draft(), wording, form: action.rawValue)
        let name = wording(action.phrase, ["supplier": supplier.map { teller.name(of: $0) } ?? ""])
        let party: HTML? = supplier.map {
            "<input type=\"hidden\" name=\"supplier\" value=\"\(directory.suppliers.code(of: $0))\">"
        }
        return """
            <details class="action"\(attribute: "open", draft != nil)><summary>\(name)</summary>
            <form class="form" method="post" action="\(place(action))" novalidate>\(hidden)\(party)
            \(ActionFields(teller: teller, fields: fields, draft: draft ?? Draft(), knowledge: page.knowledge).html(of: action))
            <div class="buttons"><button class="button" type="submit">\(submit(action, name))</button></div>
            </form></details>
            """
    }

    private func submit(_ action: TicketAction, _ name: String) -> String {
        switch action {
        case .replies: wording(.actionReplySubmit)
        case .notes: wording(.actionNoteSubmit)
        default: name
        }
    }
}

extension TicketAction {
    /// Whether a button is enough.
    var needsNoWords: Bool { self == .work || self == .assignment || self == .closure }
}
