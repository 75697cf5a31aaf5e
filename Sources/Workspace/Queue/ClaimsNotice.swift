import Catalogue
import DeskStore
import DeskWeb
import HTML
import TimeZones

/// Tells an agent that mail claims to go on with somebody else's ticket, about which he may decide.
struct ClaimsNotice {
    let claims: WaitingClaims
    let wording: Wording
    /// In which the reader is told since when.
    let zone: Zone

    var html: HTML {
        let since = wording.dateAndTime(claims.since, in: zone)
        let phrase: Catalogue.Phrase = claims.count < WaitingClaims.most ? .claimsWait : .claimsWaitMany
        let place = Link("/desk/mail").adding(query: ["kind": MailKind.claim.rawValue])
        return """
            <section class="notice" aria-labelledby="claims-wait">\
            <h2 id="claims-wait">\(wording(.claimsWaitTitle))</h2>
            <p>\(wording(phrase, ["count": claims.count, "time": since]))</p>
            <p><a href="\(place)">\(wording(.claimsShow))</a></p></section>
            """
    }
}
