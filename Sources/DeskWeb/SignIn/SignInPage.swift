import Catalogue
import HTML
import HTTP

/// The form to sign in with, and what went wrong the last time.
struct SignInPage {
    let visit: Visit
    let draft: Draft
    var hasEnded = false

    var response: Response {
        let wording = visit.wording
        let title = wording(.signInTitle)
        let fields = FormFields(draft, wording, form: "sign-in")
        let notice = hasEnded ? SessionEndedNotice(wording).html : nil
        let isFaulty = !draft.faults.isEmpty
        let page = Page(isFaulty ? wording(.errorTitle, ["title": title]) : title, visit: visit, width: .narrow) {
            """
            <div class="stack">
            \(fields.summary)\(notice)
            <h1>\(title)</h1>
            <p class="lede">\(wording(.signInIntro))</p>
            <form class="form" method="post" action="/sign-in" novalidate>
            \(visit.formToken)<input type="hidden" name="to" value="\(draft["to"])">
            \(fields.line("email", wording(.fieldEmail), type: "email", autocomplete: "username"))
            \(fields.line(
                "password", wording(.fieldPassword), type: "password", autocomplete: "current-password", keeps: false))
            <div class="buttons"><button class="button" type="submit">\(title)</button></div>
            </form>
            <p class="muted">\(wording(.signInForgotten))</p>
            </div>
            """
        }
        return page.response(isFaulty ? .unprocessableContent : .ok)
    }
}

/// What is seen after signing out.
struct SignedOutPage {
    let visit: Visit

    var response: Response {
        let wording = visit.wording
        return Page(wording(.signedOutTitle), visit: visit, width: .narrow) {
            """
            <div class="stack"><h1>\(wording(.signedOutTitle))</h1><p class="lede">\(wording(.signedOutText))</p>
            <p><a class="button" href="/sign-in">\(wording(.signInTitle))</a></p></div>
            """
        }.response()
    }
}
