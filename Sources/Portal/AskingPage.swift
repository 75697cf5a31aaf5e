import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP

/// The first page: the form with which anybody asks for help.
struct AskingPage {
    let visit: Visit
    var draft: Draft
    let directory: Directory
    let news: KnownDisturbances
    /// What may already answer what is asked; it is shown before the request is taken.
    var similar: [ArticleVersion] = []
    /// The request as it is kept, where it has files.
    var kept: KeptRequest?
    /// What was written before and not sent, with the way to it.
    var waiting: [WaitingRequest] = []
    /// What has become of a request that was kept.
    var notice: Catalogue.Phrase?
    /// The ticket that there is, where the same was sent before.
    var sent: SentEnquiry?

    var response: Response { response(draft.faults.isEmpty ? .ok : .unprocessableContent) }

    func response(_ status: Status) -> Response {
        let wording = visit.wording
        let isWaiting = kept != nil && sent == nil
        let title = wording(isWaiting ? .draftTitle : .portalTitle)
        let isFaulty = !draft.faults.isEmpty
        let page = Page(
            isFaulty ? wording(.errorTitle, ["title": title]) : title, visit: visit, area: .portal, width: .narrow
        ) {
            """
            <div class="stack">
            \(fields.summary)\(told)\(before)\(isWaiting ? nil : answers)
            <h1>\(title)</h1>
            \(isWaiting ? answers : welcome)
            \(form)\(kept?.givingUp(visit))
            <p class="muted">\(wording(.portalHaveTicket)) <a href="/tickets">\(wording(.myTicketsTitle))</a></p>
            </div>
            """
        }
        return page.response(status)
    }

    private var welcome: HTML? {
        let wording = visit.wording
        return """
            \(news.html { Portal.joining($0, visit) })\(WaitingRequest.list(waiting, wording))
            <p class="lede">\(wording(.portalIntro))\(help)</p>
            """
    }

    private var help: HTML? {
        visit.modules.contains(.knowledge) ? " <a href=\"/articles\">\(visit.wording(.helpTitle))</a>" : nil
    }

    private var answers: HTML? {
        LikelyAnswers(articles: similar, visit: visit, intro: kept == nil ? .similarIntro : nil).html { version in
            "<div class=\"buttons\">\(HelpArticlePage.solved(version, visit, instead: kept))</div>"
        }
    }

    private var told: HTML? { notice.map { "<p class=\"notice\" role=\"status\">\(visit.wording($0))</p>" } }

    /// Words and an address prove nothing, so only who has signed in is led to his ticket; a stranger has its link by
    /// mail.
    private var before: HTML? {
        sent.map { sent in
            let wording = visit.wording
            let isKnown = visit.person?.id == sent.requester
            let way: HTML =
                isKnown
                ? """
                <div class="buttons"><a class="button" href="\("/tickets/\(sent.number.description)" as Link)">\
                \(wording(.portalFollow))</a></div>
                """ : "<p>\(wording(.sentBeforeMail, ["email": draft["email"]]))</p>"
            return """
                <section class="panel answers" role="status">
                <h2>\(wording(.sentBeforeTitle, ["number": sent.number.description]))</h2>
                <p>\(wording(.sentBeforeText))</p>\(way)</section>
                """
        }
    }

    private var submit: Catalogue.Phrase {
        sent != nil ? .sentBeforeAnyway : similar.isEmpty ? .portalSubmit : .similarSend
    }

    /// What was shown already and is not to be shown again when the form is sent on.
    private var marks: [HTML] {
        ["shown", "again"].filter { !draft[$0].isEmpty }.map { name in
            "<input type=\"hidden\" name=\"\(name)\" value=\"yes\">"
        }
    }

    private var fields: FormFields { FormFields(draft, visit.wording, form: "ask") }

    private var form: HTML {
        let wording = visit.wording
        func optional(_ phrase: Catalogue.Phrase) -> String { wording(.optionalField, ["field": wording(phrase)]) }
        let files: Catalogue.Phrase = kept?.draft.files.isEmpty == false ? .fieldFilesMore : .fieldFiles
        let sites = directory.organisation.sites.map { (value: $0.code, label: $0.name) }
        return """
            <form class="form" method="post" action="/tickets" enctype="multipart/form-data" novalidate>
            \(visit.formToken)\(marks)
            <div class="field-row">
            \(fields.line(
                "email", wording(.fieldEmail), hint: wording(.fieldEmailHint), type: "email", autocomplete: "email"))
            \(fields.line("name", optional(.fieldName), autocomplete: "name"))
            </div>
            \(fields.line("subject", wording(.fieldSubject), hint: wording(.fieldSubjectHint)))
            \(fields.text("text", wording(.fieldText), hint: wording(.fieldTextHint), rows: 8))
            \(fields.choice("site", wording(.fieldSite), sites, none: wording(.fieldSiteUnsure)))
            \(kept?.html(wording))\(fields.files("files", optional(files), hint: Draft.filesHint(wording)))
            <div class="buttons"><button class="button" type="submit">\
            \(wording(submit))</button>\(kept?.giveUpButton(wording))</div>
            </form>
            """
    }
}
