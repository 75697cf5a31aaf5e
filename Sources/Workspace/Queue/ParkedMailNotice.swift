import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import TimeZones

/// Tells those who look after the desk that mail waits for somebody to look at it.
struct ParkedMailNotice {
    let parked: ParkedMailCount
    let wording: Wording
    /// In which the reader is told since when.
    let zone: Zone

    /// Whether somebody looks after the whole desk, and so is told.
    static func concerns(_ agent: Agent) -> Bool { agent.seesAllMail }

    var html: HTML {
        let since = wording.dateAndTime(parked.since, in: zone)
        let phrase: Catalogue.Phrase = parked.count < ParkedMailCount.most ? .mailParked : .mailParkedMany
        let place = Link("/desk/mail").adding(query: ["kind": MailKind.parked.rawValue])
        return """
            <section class="notice notice-warn" aria-labelledby="mail-parked">\
            <h2 id="mail-parked">\(wording(.mailParkedTitle))</h2>
            <p>\(wording(phrase, ["count": parked.count, "time": since]))</p>
            <p>\(wording(.mailParkedAdvice)) <a href="\(place)">\(wording(.mailParkedShow))</a></p></section>
            """
    }
}
