import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP

/// Lets an agent choose the entries that become a ticket of their own.
struct SplitPage {
    let agent: Agent
    let teller: TicketTeller
    var draft = Draft()
    var chosen: Set<UUID> = []

    private var wording: Wording { agent.wording }

    func response(_ status: Status = .ok) -> Response {
        let fields = FormFields(draft, wording, form: "split")
        let ticket: Link = "/desk/tickets/\(teller.number)"
        let place: Link = "\(ticket)/split"
        let title = wording(.splitTitle)
        return Page(title, visit: agent.visit, area: .queue, width: .narrow) {
            """
            <div class="stack">\(fields.summary)
            <div><p class="overline">\(wording(.ticketHeading, ["number": teller.number]))</p><h1>\(title)</h1>
            <p class="lede">\(wording(.splitWill))</p></div>
            <form class="form" method="post" action="\(place)" novalidate>\(agent.visit.formToken)
            <input type="hidden" name="revision" value="\(teller.ticket.revision)">
            <fieldset class="field" id="split-entry"><legend>\(wording(.splitEntries))</legend>
            \(teller.view.entries.map(entry))</fieldset>
            \(fields.line("subject", wording(.fieldSubject)))
            <div class="buttons"><button class="button" type="submit">\(wording(.splitTitle))</button>
            <a class="button button-secondary" href="\(ticket)">\(wording(.cancel))</a></div></form></div>
            """
        }.response(status)
    }

    private func entry(_ entry: EntryView) -> HTML {
        let id = entry.uuid.uuidString.lowercased()
        let author = entry.authorName ?? teller.view.directory.organisation.name
        let isInternal = entry.visibility == .internal
        let mark: HTML? =
            isInternal ? "<span class=\"badge mark-internal\">\(wording(.visibility, "internal"))</span>" : nil
        return """
            <div class="choice"><input type="checkbox" id="entry-\(id)" name="entry" value="\(id)"\
            \(attribute: "checked", chosen.contains(entry.uuid))>
            <label for="entry-\(id)"><strong><bdi>\(author)</bdi></strong> \(teller.time(entry.at)) \(mark)<br>\
            <span dir="auto">\(Self.beginning(of: entry.text))</span></label></div>
            """
    }

    private static func beginning(of text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count > 140 ? line.prefix(139) + "…" : line
    }
}
