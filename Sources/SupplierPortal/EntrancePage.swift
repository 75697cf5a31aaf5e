import Catalogue
import DeskWeb
import HTML
import HTTP

/// The form with which somebody has a link mailed to him.
struct EntrancePage {
    let visit: Visit
    let draft: Draft
    var hasEnded = false

    var response: Response {
        let wording = visit.wording
        let title = wording(.supplierPortalTitle)
        let fields = FormFields(draft, wording, form: "enter")
        let isFaulty = !draft.faults.isEmpty
        let notice = hasEnded ? SessionEndedNotice(wording).html : nil
        let page = Page(
            isFaulty ? wording(.errorTitle, ["title": title]) : title, visit: visit, area: .suppliers, width: .narrow
        ) {
            """
            <div class="stack">
            \(fields.summary)\(notice)
            <h1>\(title)</h1>
            <p class="lede">\(wording(.supplierPortalIntro))</p>
            <form class="form" method="post" action="/supplier/portal/sign-in" novalidate>
            \(visit.formToken)<input type="hidden" name="to" value="\(draft["to"])">
            \(fields.line("email", wording(.fieldEmail), type: "email", autocomplete: "email"))
            <div class="buttons"><button class="button" type="submit">\(wording(.supplierPortalSend))</button></div>
            </form>
            </div>
            """
        }
        return page.response(isFaulty ? .unprocessableContent : .ok)
    }
}

/// What is seen when a link has been mailed, or would have been.
struct SentPage {
    let visit: Visit
    let address: String

    var response: Response {
        let wording = visit.wording
        let title = wording(.supplierPortalSentTitle)
        return Page(title, visit: visit, area: .suppliers, width: .narrow) {
            """
            <div class="stack"><h1>\(title)</h1>
            <p class="lede" role="status">\(wording(.supplierPortalSentText, ["email": address]))</p></div>
            """
        }.response()
    }
}

/// Where a mailed link leads: one step before the door.
struct PassPage {
    let visit: Visit
    let pass: String
    /// Where to go from there.
    let place: String
    /// Whether the link is of no use any more.
    let isOver: Bool

    var response: Response {
        let wording = visit.wording
        let title = wording(isOver ? .supplierPortalUsedTitle : .supplierPortalOpenTitle)
        let text = wording(isOver ? .supplierPortalUsedText : .supplierPortalOpenText)
        let action: Link = isOver ? "/supplier/portal/renewal" : "/supplier/portal/pass"
        return Page(title, visit: visit, area: .suppliers, width: .narrow) {
            """
            <div class="stack"><h1>\(title)</h1><p class="lede">\(text)</p>
            <form class="form" method="post" action="\(action)">\(visit.formToken)
            <input type="hidden" name="pass" value="\(pass)"><input type="hidden" name="to" value="\(place)">
            <div class="buttons"><button class="button" type="submit">\
            \(wording(isOver ? .supplierPortalAgain : .supplierPortalOpen))</button></div></form></div>
            """
        }.response(isOver ? .gone : .ok)
    }
}

/// What is seen after going out.
struct LeftPage {
    let visit: Visit

    var response: Response {
        let title = visit.wording(.signedOutTitle)
        return Page(title, visit: visit, area: .suppliers, width: .narrow) {
            """
            <div class="stack"><h1>\(title)</h1>
            <p><a class="button" href="/supplier/portal/sign-in">\(visit.wording(.supplierPortalSend))</a></p></div>
            """
        }.response()
    }
}
