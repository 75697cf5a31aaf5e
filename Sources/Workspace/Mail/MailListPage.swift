import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP
import TimeZones

/// The mail that came in as a table that becomes cards on a phone, by what became of it.
struct MailListPage {
    let reader: Overseer
    let teller: MailTeller
    let filter: MailFilter
    let mails: [InboundMail]
    let hasMore: Bool
    let done: MailDone?

    private var wording: Wording { teller.wording }

    var response: Response {
        let title = wording(.inboundTitle)
        let said: HTML? = done.map { "<p class=\"notice\" role=\"status\">\(wording($0.phrase))</p>" }
        let intro = wording(reader.seesAllMail ? .inboundIntro : .inboundIntroOwn)
        return Page(title, visit: reader.visit, area: .mail, width: .wide) {
            """
            <div class="stack">\(said)<div><h1>\(title)</h1><p class="lede">\(intro)</p></div>
            <nav class="tabs" aria-label="\(wording(.inboundBecame))">\(kinds)</nav>
            \(mails.isEmpty ? "<div class=\"empty\"><p>\(wording(.inboundEmpty))</p></div>" as HTML : table)
            \(pages)
            <p class="muted">\(wording(.timesIn, ["zone": teller.zone.name]))</p></div>
            """
        }.response()
    }

    /// The kinds of which he may see any: what cannot be taken belongs to no ticket.
    private var kinds: [HTML] {
        let shown = MailKind.allCases.filter { reader.seesAllMail || ![.unreadable, .parked].contains($0) }
        return [kind(nil, wording(.all))] + shown.map { kind($0, wording(.mailKind, $0.rawValue)) }
    }

    private func kind(_ kind: MailKind?, _ name: String) -> HTML {
        let current = filter.kind == kind ? "page" : nil
        return "<a href=\"\(link(to: kind))\"\(attribute: "aria-current", current)>\(name)</a>"
    }

    private func link(to kind: MailKind?, behind place: MailPlace? = nil) -> Link {
        Link("/desk/mail").adding(query: ["kind": kind?.rawValue, "before": place?.text])
    }

    private var table: HTML {
        let headings: [Catalogue.Phrase] = [
            .columnSubject, .inboundBecame, .inboundReceived, .inboundSender, .columnSite, .inboundWhy,
        ]
        return """
            <div class="table-scroll" role="region" tabindex="0" aria-label="\(wording(.inboundTitle))">
            <table class="table table-cards"><caption class="visually-hidden">\(wording(.inboundTitle))</caption>
            <thead><tr>\(headings.map { "<th scope=\"col\">\(wording($0))</th>" as HTML })</tr></thead>
            <tbody>
            \(mails.map(row))
            </tbody></table></div>
            """
    }

    private func row(_ mail: InboundMail) -> HTML {
        let became: HTML = "<span class=\"row\">\(teller.kind(of: mail))\(teller.ticket(mail.ticket))</span>"
        return """
            <tr><th scope="row" class="card-title"><a href="\(MailTeller.place(of: mail))">\
            \(teller.subject(of: mail))</a></th>\
            \(cell(.inboundBecame, became, "card-start"))\(cell(.inboundReceived, teller.received(mail), "card-end"))\
            \(cell(.inboundSender, teller.sender(of: mail)))\(cell(.columnSite, HTML(text: teller.site(of: mail))))\
            \(cell(.inboundWhy, "<span>\(teller.why(mail))</span>", "wide"))</tr>
            """
    }

    private func cell(_ heading: Catalogue.Phrase, _ content: HTML, _ style: String? = nil) -> HTML {
        "<td\(attribute: "class", style) data-label=\"\(wording(heading))\">\(content)</td>"
    }

    private var pages: HTML? {
        guard hasMore || filter.behind != nil else { return nil }
        let first: HTML? =
            filter.behind == nil ? nil : "<a href=\"\(link(to: filter.kind))\">\(wording(.previousPage))</a>"
        let next: HTML? = mails.last.flatMap { last in
            let place = link(to: filter.kind, behind: last.place)
            return hasMore ? "<a rel=\"next\" href=\"\(place)\">\(wording(.nextPage))</a>" : nil
        }
        return "<nav class=\"pagination\" aria-label=\"\(wording(.pagesLabel))\">\(first)\(next)</nav>"
    }
}
