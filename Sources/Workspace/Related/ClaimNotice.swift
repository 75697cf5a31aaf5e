import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP

/// Asks whether a mail belongs to the ticket of somebody else that it claims to go on with.
struct ClaimNotice {
    let page: TicketPage

    /// Nil where there is nothing to decide, and for whoever works on no tickets.
    var html: HTML? {
        guard page.agent.worksOnTickets, let mail = page.file.claim, let claimed = mail.claims else { return nil }
        let (wording, number) = (page.agent.wording, claimed.description)
        let there: Link = "/desk/tickets/\(number)"
        let place: Link = "/desk/tickets/\(page.teller.number)/claim"
        return """
            <section class="notice notice-warn stack" aria-labelledby="claim">
            <h2 id="claim"><a href="\(there)">\(wording(.claimTitle, ["number": number]))</a></h2>
            <p>\(wording(.claimText, ["number": number]))</p>
            <form class="stack" method="post" action="\(place)">\(page.agent.visit.formToken)\
            <input type="hidden" name="mail" value="\(mail.uuid.uuidString.lowercased())">
            <div class="choice"><input id="claim-follows" name="follows" type="checkbox" value="yes">\
            <label for="claim-follows">\(wording(.claimFollows, ["number": number]))</label></div>
            <div class="buttons"><button class="button" name="decision" value="accept" type="submit">\
            \(wording(.claimAccept, ["number": number]))</button>
            <button class="button button-secondary" name="decision" value="refuse" type="submit">\
            \(wording(.claimRefuse))</button></div></form></section>
            """
    }
}
