import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import Jobs
import TimeZones

/// Tells those who can see to it that letters do not go out.
struct LettersNotice {
    let waiting: JobBacklog
    let wording: Wording
    /// In which the reader is told since when.
    let zone: Zone

    /// Whether somebody leads a team or looks after the desk, and so is told.
    static func concerns(_ agent: Agent) -> Bool { agent.rights.has(.lead) || agent.rights.has(.administrator) }

    var html: HTML {
        let since = wording.dateAndTime(waiting.since, in: zone)
        let phrase: Catalogue.Phrase = waiting.isBounded ? .lettersWaitMany : .lettersWait
        return """
            <section class="notice notice-warn" aria-labelledby="letters-wait">\
            <h2 id="letters-wait">\(wording(.lettersWaitTitle))</h2>
            <p>\(wording(phrase, ["count": waiting.count, "time": since]))</p>
            <p>\(wording(.lettersWaitAdvice))</p></section>
            """
    }
}
