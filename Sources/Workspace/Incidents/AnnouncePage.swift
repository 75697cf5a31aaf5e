import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP

/// The form that announces a major incident, to whom and in which words of each language; or tells of it in others.
struct AnnouncePage {
    let agent: Agent
    let teller: TicketTeller
    let draft: Draft
    /// What holds already and is to be told in other words.
    var announcement: AnnouncementView?

    private var wording: Wording { agent.wording }

    func response(_ status: Status = .ok) -> Response {
        let fields = FormFields(draft, wording, form: "major")
        let ticket: Link = "/desk/tickets/\(teller.number)"
        let title = wording(announcement == nil ? .majorDeclare : .majorChange)
        return Page(title, visit: agent.visit, area: .queue, width: .narrow) {
            """
            <div class="stack">\(fields.summary)
            <div><p class="overline">\(wording(.ticketHeading, ["number": teller.number]))</p><h1>\(title)</h1>
            <p class="lede">\(wording(announcement == nil ? .majorWill : .majorChangeWill))</p></div>
            <form class="form" method="post" action="\(place)" novalidate>\(agent.visit.formToken)
            \(announcement.map { known($0) } ?? site(fields))
            \(languages.map { language($0, fields) })
            <div class="buttons"><button class="button" type="submit">\(title)</button>
            <a class="button button-secondary" href="\(ticket)">\(wording(.cancel))</a></div></form></div>
            """
        }.response(status)
    }

    private var place: Link {
        guard let announcement else { return "/desk/tickets/\(teller.number)/major" }
        return "/desk/tickets/\(teller.number)/announcements/\(announcement.identity.uuidString.lowercased())"
    }

    private func site(_ fields: FormFields) -> HTML {
        let sites = teller.view.directory.organisation.sites.map { (value: $0.code, label: $0.name) }
        return fields.choice("site", wording(.majorWhere), sites, none: wording(.majorEverywhere))
    }

    /// Where it is told, and the words that were read.
    private func known(_ announcement: AnnouncementView) -> HTML {
        let site = announcement.site.flatMap { teller.view.directory.site($0)?.name } ?? wording(.majorEverywhere)
        return """
            <p class="muted">\(site)</p><input type="hidden" name="revision" value="\(draft["revision"])">
            """
    }

    /// The reader's own language first.
    private var languages: [Language] {
        [wording.language] + Language.allCases.filter { $0 != wording.language }
    }

    private func language(_ language: Language, _ fields: FormFields) -> HTML {
        let isTold = announcement?.words[language.tag] != nil
        let isOpen = isTold || language == wording.language || !draft["title_\(language.tag)"].isEmpty
        return """
            <details class="action"\(attribute: "open", isOpen)><summary lang="\(language.tag)">\(language.ownName)</summary>
            \(fields.line("title_\(language.tag)", wording(.majorTitle), hint: wording(.majorTitleHint)))
            \(fields.text("text_\(language.tag)", wording(.majorText), hint: wording(.majorTextHint), rows: 3))</details>
            """
    }
}
