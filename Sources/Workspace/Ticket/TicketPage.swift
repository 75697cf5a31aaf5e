import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP
import TimeZones

/// A ticket as the desk sees it: its journey, its clocks, all that was written and happened, and what can be done.
struct TicketPage {
    let website: Website
    let agent: Agent
    let teller: TicketTeller
    let file: TicketFile
    /// Whether somebody can say that something has happened since.
    var hasWatch = false
    var tieNotice: TieNotice?
    /// The code of the macro that was run a moment ago.
    var macro: String?
    var notice: DoneNotice?
    /// Nil where the organisation does without knowledge.
    var knowledge: TicketKnowledge?
    /// Why what was asked for cannot be done, in words.
    var refusal: String?
    /// A form that could not be taken, with its faults.
    var draft: (action: TicketAction, draft: Draft)?

    private var wording: Wording { teller.wording }

    func response(_ status: Status = .ok) -> Response {
        let title = wording(.ticketHeading, ["number": teller.number])
        let isFaulty = draft?.draft.faults.isEmpty == false
        let page = Page(
            isFaulty ? wording(.errorTitle, ["title": title]) : title, visit: agent.visit, area: .queue, width: .wide
        ) {
            """
            \(teller.paperHead("/desk/tickets/\(teller.number)", on: website))
            <div class="stack">
            \(messages)
            <div class="ticket-head"><p class="overline">\(title)</p>
            <h1 dir="auto">\(teller.view.record.subject)</h1>
            <p class="row">\(teller.state)\(teller.priority)\(teller.mark)\(majorMark)</p></div>
            \(ClaimNotice(page: self).html)
            <div class="ticket"><div class="ticket-main stack">
            <section class="stack"><h2>\(wording(.journeyTitle))</h2>\(JourneyBar(teller).html)\(legs.html)</section>
            \(QuestionsPanel(teller: teller).html)
            <section class="stack"><h2>\(wording(.conversationTitle))</h2>
            \(returnedLetters)
            \(Timeline(teller, isForDesk: true, file: link(to:), mail: mail(of:)).html)
            <p class="muted">\(wording(.timesIn, ["zone": teller.zone.name]))</p></section>
            </div><aside class="ticket-side">
            \(PromisesPanel(teller: teller).html)
            \(TimeBoxPanel(page: self).html)
            \(ActionsPanel(page: self).html)
            \(MacrosPanel(page: self).html)
            \(KnowledgePanel(teller: teller, knowledge: knowledge).html)
            \(SummaryPanel(teller: teller, file: file, agent: agent).html)
            \(ClocksPanel(teller: teller).html)
            \(WhyPanel(teller: teller).html)
            \(SuppliersPanel(teller: teller).html)
            \(RelatedPanel(agent: agent, teller: teller, relatives: file.relatives).html)
            </aside></div></div>
            \(hasWatch ? changes : nil)
            """
        }
        return page.response(status)
    }

    private var changes: HTML {
        let place: Link = "/desk/tickets/\(teller.number)"
        let asked = Link("/desk/tickets/\(teller.number)/changes")
            .adding(query: ["after": "\(teller.ticket.revision)"])
        return ChangeHint(wording, says: .hintTicket, asks: asked, shows: place, by: .stream).html
    }

    private var majorMark: HTML? {
        teller.ticket.ties.isMajor ? "<span class=\"badge mark-major\">\(wording(.majorMark))</span>" : nil
    }

    private var legs: LegsTable { LegsTable(teller: teller, website: website) }

    /// That somebody was not reached: whoever writes next should know before he does.
    private var returnedLetters: HTML? {
        let letters = teller.view.returnedLetters.map { letter -> HTML in
            let time = wording.dateAndTime(letter.at, in: teller.zone)
            return """
                <div><p><strong>\(wording(.letterReturned, ["address": letter.address, "time": time]))</strong></p>
                <p class="muted" lang="en" dir="auto">\(letter.reason)</p></div>
                """
        }
        return letters.isEmpty ? nil : "<div class=\"notice notice-warn\">\(letters)</div>"
    }

    private var messages: HTML {
        let refused: HTML? = refusal.map {
            """
            <div class="notice notice-bad" role="alert"><p><strong>\(wording(.errorSummary)).</strong> \($0)</p></div>
            """
        }
        let summary = draft.flatMap { FormFields($0.draft, wording, form: $0.action.rawValue).summary }
        let ran = macro.flatMap(teller.name(ofMacro:)).map { name -> HTML in
            "<p class=\"notice notice-good\" role=\"status\">\(wording(.macroDone, ["name": name]))</p>"
        }
        return "\(summary)\(refused)\(ran)\(notice?.html(wording, teller.view.directory))\(tieNotice?.html(wording))"
    }

    @Sendable private func mail(of entry: EntryView) -> Timeline.MailPlaces {
        let place: Link = "/desk/tickets/\(teller.number)/entries/\(entry.uuid.uuidString.lowercased())"
        return Timeline.MailPlaces(frame: "\(place)/html", original: "\(place)/original")
    }

    @Sendable private func link(to attachment: AttachmentView) -> Link {
        "/desk/tickets/\(teller.number)/attachments/\(attachment.id.uuidString.lowercased())"
    }
}
