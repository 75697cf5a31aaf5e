import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP
import TimeZones

/// One exchange: what it is about, what was said, and room to say what becomes of it.
struct ExchangePage {
    let account: SupplierAccount
    let teller: ExchangeTeller
    let file: ExchangeFile
    var draft = Draft()
    /// The form that the draft is of.
    var isAcknowledgement = false
    /// What is told at the top, such as that something was done.
    var notice: HTML?

    private var wording: Wording { account.wording }
    private var exchange: Exchange { teller.exchange }

    func response(_ status: Status = .ok) -> Response {
        let isFaulty = !draft.faults.isEmpty
        let title = isFaulty ? wording(.errorTitle, ["title": teller.heading]) : teller.heading
        return Page(title, visit: account.visit, area: .suppliers) {
            """
            \(fields.summary)\(notice)
            <div class="stack">
            <div class="ticket-head"><p class="overline">\(teller.hasSubject ? teller.heading : theirs)</p>
            <h1 dir="auto">\(teller.title)</h1><p class="row">\(teller.state)\(teller.priority)</p></div>
            \(teller.facts)\(about)
            <section class="stack"><h2>\(wording(.timelineTitle))</h2><ol class="timeline">\(file.lines.map(line))</ol>
            <p class="muted">\(wording(.timesIn, ["zone": teller.zone.name]))</p></section>
            \(teller.isOver ? over : acting)
            </div>
            """
        }.response(isFaulty ? .unprocessableContent : status)
    }

    private var theirs: String {
        wording(.exchangeOwnReference) + ": " + (exchange.theirReference ?? wording(.supplierTheirsNone))
    }

    private var about: HTML? {
        teller.description.map { text in
            """
            <section class="panel"><h2>\(wording(.exchangeAbout))</h2>\
            <div class="prose" dir="auto">\(HTML(prose: text))</div>\(list(file.filesOfDescription))</section>
            """
        }
    }

    private var over: HTML { "<p class=\"notice\">\(wording(.exchangeOver))</p>" }

    private func line(_ line: ExchangeLine) -> HTML {
        switch line.content {
        case .told(let kind, let text, let files):
            let head = wording(.exchangeTold, kind.rawValue)
            guard let text else {
                return "<li class=\"event\"><span>\(head)</span>\(teller.time(line.at))</li>"
            }
            return entry("entry entry-desk", head, line, HTML(prose: text), list(files))
        case .said(let text, let files):
            return entry("entry entry-supplier", wording(.exchangeSaid), line, HTML(prose: text), list(files))
        }
    }

    private func entry(_ classes: String, _ head: String, _ line: ExchangeLine, _ words: HTML, _ files: HTML?) -> HTML {
        """
        <li class="\(classes)"><div class="entry-head"><strong>\(head)</strong>\(teller.time(line.at))</div>
        <div class="entry-body"><div class="prose" dir="auto">\(words)</div>\(files)</div></li>
        """
    }

    private func list(_ files: [AttachmentView]) -> HTML? {
        if files.isEmpty { return nil }
        let items = files.map { file -> HTML in
            let size = wording.size(bytes: Int(file.size))
            let place: Link = "\(teller.place)/files/\(file.id.uuidString.lowercased())"
            return """
                <li><a href="\(place)" download>\
                \(wording(.fileSize, ["name": file.name, "size": size]))</a></li>
                """
        }
        return "<ul class=\"files\" aria-label=\"\(wording(.attachmentsTitle))\">\(items)</ul>"
    }

    private var fields: FormFields { FormFields(draft, wording, form: isAcknowledgement ? "acknowledge" : "write") }

    private var acting: HTML {
        let asked: HTML? =
            exchange.isQuestion ? "<p class=\"notice\">\(wording(.exchangeOnlyAsked))</p>" : nil
        return "\(exchange.acknowledgedAt == nil ? acknowledging : nil)\(asked)\(writing)"
    }

    private var acknowledging: HTML {
        let fields = isAcknowledgement ? fields : FormFields(Draft(), wording, form: "acknowledge")
        return """
            <section class="panel"><h2>\(wording(.exchangeAcknowledge))</h2>
            <form class="form" method="post" action="\(teller.place)/acknowledgement" novalidate>\
            \(account.visit.formToken)
            \(fields.line(
                "reference", wording(.exchangeOwnReference), hint: wording(.exchangeAcknowledgeText)))
            <div class="buttons"><button class="button" type="submit">\(wording(.exchangeAcknowledgeSubmit))</button>\
            </div></form></section>
            """
    }

    private var writing: HTML {
        let fields = isAcknowledgement ? FormFields(Draft(), wording, form: "write") : fields
        return """
            <section class="stack"><h2>\(wording(.exchangeWriteTitle))</h2>
            <form class="form" method="post" action="\(teller.place)/statements" enctype="multipart/form-data" \
            novalidate>
            \(account.visit.formToken)<input type="hidden" name="seen" value="\(file.mark)">
            \(fields.options("act", wording(.exchangeWhat), StatementKind.all(of: exchange).map {
                ($0.rawValue, wording($0.label(of: exchange)))
            }))
            \(fields.text("message", wording(.fieldMessage)))
            \(fields.files(
                "files", wording(.optionalField, ["field": wording(.fieldFiles)]), hint: Draft.filesHint(wording)))
            <div class="buttons"><button class="button" type="submit">\(wording(.exchangeSend))</button></div>
            </form></section>
            """
    }
}
