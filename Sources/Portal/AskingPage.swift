import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP

/// The first page: the form with which anybody asks for help.
struct AskingPage {
    let visit: Visit
    let draft: Draft
    let directory: Directory
    let news: KnownDisturbances
    /// What may already answer what is asked; it is shown before the request is taken.
    var similar: [ArticleVersion] = []
    /// The ticket that there is, where the same was sent before.
    var sent: SentEnquiry?

    var response: Response {
        let wording = visit.wording
        let title = wording(.portalTitle)
        let isFaulty = !draft.faults.isEmpty
        let page = Page(
            isFaulty ? wording(.errorTitle, ["title": title]) : title, visit: visit, area: .portal, width: .narrow
        ) {
            """
            <div class="stack">
            \(fields.summary)\(before)\(answers)
            <h1>\(title)</h1>
            \(news.html { Portal.joining($0, visit) })
            <p class="lede">\(wording(.portalIntro))\(help)</p>
            \(form)
            <p class="muted">\(wording(.portalHaveTicket)) <a href="/tickets">\(wording(.myTicketsTitle))</a></p>
            </div>
            """
        }
        return page.response(isFaulty ? .unprocessableContent : .ok)
    }

    private var help: HTML? {
        visit.modules.contains(.knowledge) ? " <a href=\"/articles\">\(visit.wording(.helpTitle))</a>" : nil
    }

    private var answers: HTML? {
        LikelyAnswers(articles: similar, visit: visit).html(.similarIntro) { version in
            "<div class=\"buttons\">\(HelpArticlePage.solved(version, visit))</div>"
        }
    }

    /// The address of a ticket says nothing to whoever may not see it; a stranger has its link by mail.
    private var before: HTML? {
        sent.map { sent in
            let wording = visit.wording
            let isKnown = visit.person?.id == sent.requester
            let mail: HTML? = isKnown ? nil : "<p>\(wording(.sentBeforeMail, ["email": draft["email"]]))</p>"
            return """
                <section class="panel answers" role="status">
                <h2>\(wording(.sentBeforeTitle, ["number": sent.number.description]))</h2>
                <p>\(wording(.sentBeforeText))</p>\(mail)
                <div class="buttons"><a class="button" href="\("/tickets/\(sent.number.description)" as Link)">\
                \(wording(.portalFollow))</a></div></section>
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
            \(fields.files("files", optional(.fieldFiles), hint: Draft.filesHint(wording)))
            <div class="buttons"><button class="button" type="submit">\
            \(wording(submit))</button></div>
            </form>
            """
    }
}
