import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP
import Moments
import TimeZones

/// A ticket as its requester sees it: who has it, when to expect what, what has happened, and room to write.
struct MyTicketPage {
    let requester: Requester
    let teller: TicketTeller
    let draft: Draft
    let hasAdded: Bool
    /// What is announced and may be the same, or surely is.
    let trouble: KnownTrouble

    private var wording: Wording { requester.wording }
    private var ticket: Ticket { teller.ticket }
    private var place: Link { "/tickets/\(teller.number)" }

    var response: Response {
        let isFaulty = !draft.faults.isEmpty
        let title = wording(.ticketHeading, ["number": teller.number])
        let added: HTML? =
            hasAdded ? "<p class=\"notice notice-good\" role=\"status\">\(wording(.messageAdded))</p>" : nil
        let page = Page(
            isFaulty ? wording(.errorTitle, ["title": title]) : title, visit: requester.visit, area: .portal
        ) {
            """
            \(teller.paperHead(place, on: requester.visit.website))\(fields.summary)\(added)
            <div class="stack">
            <div class="ticket-head"><p class="overline">\(title)</p>
            <h1 dir="auto">\(teller.view.record.subject)</h1><p class="row">\(teller.state)</p></div>
            \(disturbances)\(facts)
            <section class="stack"><h2>\(wording(.journeyTitle))</h2>\(JourneyBar(teller).html)</section>
            <section class="stack"><h2>\(wording(.timelineTitle))</h2>
            \(Timeline(teller, isForDesk: false, file: link(to:), mail: mail(of:)).html)
            <p class="muted">\(wording(.timesIn, ["zone": teller.zone.name]))</p></section>
            \(writing)
            </div>
            """
        }
        return page.response(isFaulty ? .unprocessableContent : .ok)
    }

    private var disturbances: HTML? {
        let known = KnownDisturbances(
            trouble.joined.map { [$0] } ?? trouble.mentioned, in: teller.view.directory, on: requester.visit.website,
            wording: wording)
        return known.html { announcement in
            if trouble.joined != nil { return "<p>\(wording(.disturbancePart))</p>" }
            let id = announcement.identity.uuidString.lowercased()
            return """
                <form class="form" method="post" action="\(requester.link("\(place)/disturbances/\(id)"))">\
                \(requester.visit.formToken)<p>\(wording(.disturbancePerhaps))</p>
                <div class="buttons"><button class="button button-secondary" type="submit">\
                \(wording(.disturbanceJoin))</button></div></form>
                """
        }
    }

    private var fields: FormFields { FormFields(draft, wording, form: "message") }

    @Sendable private func mail(of entry: EntryView) -> Timeline.MailPlaces {
        let entry = entry.uuid.uuidString.lowercased()
        return Timeline.MailPlaces(frame: requester.link("/tickets/\(teller.number)/entries/\(entry)/html"))
    }

    @Sendable private func link(to attachment: AttachmentView) -> Link {
        requester.link("/tickets/\(teller.number)/attachments/\(attachment.id.uuidString.lowercased())")
    }

    private var facts: HTML {
        let expected: HTML? = expectation.map {
            "<div><dt>\(wording(.whenToExpect))</dt><dd>\($0)</dd></div>"
        }
        return """
            <dl class="facts"><div><dt>\(wording(.whoHasIt))</dt><dd>\(holder)</dd></div>\(expected)
            <div><dt>\(wording(.fieldOpened))</dt><dd>\(teller.time(ticket.times.opened))</dd></div></dl>
            """
    }

    private var holder: String {
        if ticket.state == .closed { return wording(.whoNobody) }
        switch ticket.holder {
        case .requester where ticket.state == .resolved: return wording(.state, ticket.state.rawValue)
        case .requester: return wording(.whoYou)
        case .supplier(let supplier): return wording(.whoSupplier, ["supplier": teller.name(of: supplier)])
        case .team: return teller.name(of: ticket.holder)
        }
    }

    /// When an answer or a solution was promised.
    private var expectation: String? {
        switch ticket.state {
        case .resolved, .closed: return wording(.expectNothing)
        case .waitingRequester: return wording(.expectAfterYou)
        case .new, .assigned, .inProgress, .waitingSupplier, .waitingOther: break
        }
        let running = teller.view.clocks.map(\.clock).filter { !$0.isStopped && $0.episode == ticket.episode }
        let isAnswered = ticket.times.firstResponse != nil
        guard let clock = running.first(where: { $0.measure == (isAnswered ? .resolution : .firstResponse) }),
            let due = clock.dueAt
        else { return nil }
        let time = wording.dateAndTime(due, in: teller.zone)
        if due < teller.view.asOf { return wording(.expectLate, ["time": time]) }
        let promise = wording(isAnswered ? .expectSolution : .expectAnswer, ["time": time])
        guard let opens = teller.view.directory.opening(of: ticket, after: teller.view.asOf) else { return promise }
        let closed = wording(.expectOpens, ["time": wording.dateAndTime(opens, in: teller.zone)])
        return "\(promise). \(closed)"
    }

    /// What becomes of words that are written now.
    private var hint: Catalogue.Phrase? {
        if ticket.ties.mergedInto != nil { return .mergedHint }
        guard ticket.state == .resolved || ticket.state == .closed else { return nil }
        let days = teller.view.directory.organisation.process.reopensWithinDays
        guard let days, let closed = ticket.times.closed else { return .reopenHint }
        return teller.view.asOf > closed + .seconds(days * 86_400) ? .closedHint : .reopenHint
    }

    private var writing: HTML {
        let hint = hint.map { "<p class=\"notice\">\(wording($0))</p>" as HTML }
        let action = requester.link("\(place)/messages")
        return """
            <section class="stack"><h2>\(wording(.addMessageTitle))</h2>\(hint)
            <form class="form" method="post" action="\(action)" enctype="multipart/form-data" novalidate>
            \(requester.visit.formToken)
            \(fields.text("message", wording(.fieldMessage)))
            \(fields.files(
                "files", wording(.optionalField, ["field": wording(.fieldFiles)]), hint: Draft.filesHint(wording)))
            <div class="buttons"><button class="button" type="submit">\(wording(.addMessageSubmit))</button></div>
            </form></section>
            """
    }
}
