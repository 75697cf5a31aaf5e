import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP

/// The form that announces a major incident: to whom, and in which words of each language.
struct AnnouncePage {
    let agent: Agent
    let teller: TicketTeller
    let draft: Draft

    private var wording: Wording { agent.wording }

    func response(_ status: Status = .ok) -> Response {
        let fields = FormFields(draft, wording, form: "major")
        let ticket: Link = "/desk/tickets/\(teller.number)"
        let place: Link = "\(ticket)/major"
        let title = wording(.majorDeclare)
        let sites = teller.view.directory.organisation.sites.map { (value: $0.code, label: $0.name) }
        return Page(title, visit: agent.visit, area: .queue, width: .narrow) {
            """
            <div class="stack">\(fields.summary)
            <div><p class="overline">\(wording(.ticketHeading, ["number": teller.number]))</p><h1>\(title)</h1>
            <p class="lede">\(wording(.majorWill))</p></div>
            <form class="form" method="post" action="\(place)" novalidate>\(agent.visit.formToken)
            \(fields.choice("site", wording(.majorWhere), sites, none: wording(.majorEverywhere)))
            \(languages.map { language($0, fields) })
            <div class="buttons"><button class="button" type="submit">\(title)</button>
            <a class="button button-secondary" href="\(ticket)">\(wording(.cancel))</a></div></form></div>
            """
        }.response(status)
    }

    /// The reader's own language first.
    private var languages: [Language] {
        [wording.language] + Language.allCases.filter { $0 != wording.language }
    }

    private func language(_ language: Language, _ fields: FormFields) -> HTML {
        let isOpen = language == wording.language || !draft["title_\(language.tag)"].isEmpty
        return """
            <details class="action"\(attribute: "open", isOpen)><summary lang="\(language.tag)">\(language.ownName)</summary>
            \(fields.line("title_\(language.tag)", wording(.majorTitle), hint: wording(.majorTitleHint)))
            \(fields.text("text_\(language.tag)", wording(.majorText), hint: wording(.majorTextHint), rows: 3))</details>
            """
    }
}
