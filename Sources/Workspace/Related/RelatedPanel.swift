import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML

/// The tickets that one belongs together with, and the way to tie another one to it.
struct RelatedPanel {
    let agent: Agent
    let teller: TicketTeller
    let relatives: Relatives

    private var wording: Wording { teller.wording }
    private var removal: Link { "/desk/tickets/\(teller.number)/related/removal" }
    private var splitting: Link { "/desk/tickets/\(teller.number)/split" }

    var html: HTML {
        let rows: [HTML?] = [
            relatives.mergedInto.map { list(.relatedMergedInto, [line($0)]) },
            relatives.parent.map { list(.relatedParent, [line($0, undo: undo("part", $0))]) },
            group(.relatedParts, relatives.parts), group(.relatedMerged, relatives.merged),
            relatives.links.isEmpty ? nil : list(.relatedLinks, relatives.links.map(link)),
            group(.relatedTwins, relatives.twins),
        ]
        let shown = rows.compactMap(\.self)
        let empty: HTML? = shown.isEmpty ? "<p class=\"muted\">\(wording(.relatedNone))</p>" : nil
        return """
            <section class="panel" aria-labelledby="related"><h2 id="related">\(wording(.relatedTitle))</h2>
            \(empty)\(shown)\(waiting)\(partsStay)\(agent.worksOnTickets ? ways : nil)</section>
            """
    }

    /// The ways to tie another ticket to it, to split it, and to announce it.
    private var ways: HTML {
        """
        <details class="action"><summary>\(wording(.relatedTie))</summary>
        \(TyingForm(number: teller.number, draft: Draft(), wording: wording).html)</details>
        <p><a href="\(splitting)">\(wording(.splitTitle))</a></p>
        \(major)
        """
    }

    /// Whether it is a major incident, how many have joined it, and what can be done about that.
    private var major: HTML? {
        let ticket = teller.ticket
        let isEnded = ticket.state == .resolved || ticket.state == .closed
        let place: Link = "/desk/tickets/\(teller.number)/major"
        let end: Link = "\(place)/end"
        let joined: HTML? =
            ticket.ties.hasFollowers
            ? "<p>\(wording(.majorJoined, ["count": relatives.followers]))</p>" : nil
        if isEnded || ticket.responsibility.isConfidential || ticket.ties.parent != nil { return joined }
        let words = wording(ticket.ties.isMajor ? .majorElsewhere : .majorDeclare)
        let declare: HTML = "<p><a href=\"\(place)\">\(words)</a></p>"
        guard ticket.ties.isMajor else { return "\(joined)\(declare)" }
        return """
            \(joined)\(parts)\(announced)\(declare)<form method="post" action="\(end)">\(agent.visit.formToken)\
            <button class="button button-secondary" type="submit">\(wording(.majorEnd))</button></form>
            """
    }

    /// The ways to have all parts wait with it, and go on.
    private var parts: HTML {
        let (at, place) = (relatives.partsAtHand, "/desk/tickets/\(teller.number)/parts" as Link)
        let wait = parts(at.canWait, "\(place)/wait", .partsWait, .partsWaitWill, id: "parts-wait")
        return "\(wait)\(parts(at.wait, "\(place)/go-on", .partsGoOn, .partsGoOnWill, id: "parts-go-on"))"
    }

    private func parts(
        _ count: Int, _ place: Link, _ name: Catalogue.Phrase, _ what: Catalogue.Phrase, id: String
    ) -> HTML? {
        if count == 0 { return nil }
        return """
            <form method="post" action="\(place)">\(agent.visit.formToken)\
            <button class="button button-secondary button-small" type="submit" aria-describedby="\(id)">\
            \(wording(name))</button></form><p class="muted" id="\(id)">\(wording(what, ["count": count]))</p>
            """
    }

    /// The way to have a part wait with the major incident; it is taken up again as whatever is on hold is. Whether a
    /// whole that the agent does not see goes on is told by trying.
    private var waiting: HTML? {
        let ticket = teller.ticket
        let canWait =
            switch ticket.state {
            case .new, .assigned, .inProgress, .waitingRequester, .waitingOther: !ticket.ties.waitsForParent
            case .waitingSupplier, .resolved, .closed: false
            }
        guard ticket.ties.parent != nil, relatives.parent?.isDisturbance ?? true, canWait, agent.worksOnTickets else {
            return nil
        }
        let place: Link = "/desk/tickets/\(teller.number)/related/wait"
        return """
            <form method="post" action="\(place)">\(agent.visit.formToken)\
            <button class="button button-secondary button-small" type="submit" aria-describedby="part-wait">\
            \(wording(.partWait))</button></form><p class="muted" id="part-wait">\(wording(.partWaitWill))</p>
            """
    }

    /// What is told of it at the doors, where and in which words, and the ways to change that.
    private var announced: HTML? {
        if relatives.announcements.isEmpty { return nil }
        let rows = relatives.announcements.map { announcement -> HTML in
            let place: Link =
                "/desk/tickets/\(teller.number)/announcements/\(announcement.identity.uuidString.lowercased())"
            let end: Link = "\(place)/end"
            let words = announcement.words.language(for: wording.language.tag).flatMap { announcement.words[$0] }
            let site = announcement.site.flatMap { teller.view.directory.site($0)?.name } ?? wording(.majorEverywhere)
            let title = words?.title ?? ""
            return """
                <li><span class="muted">\(site)</span><br><span dir="auto">\(title)</span><br>\
                <a href="\(place)">\(wording(.majorChange))<span class="visually-hidden"> \(site)</span></a>\
                <form method="post" action="\(end)">\(agent.visit.formToken)\
                <button class="button button-quiet button-small" type="submit">\(wording(.majorEndAnnouncement))\
                <span class="visually-hidden"> \(site)</span></button></form></li>
                """
        }
        return "<div><h3>\(wording(.majorAnnouncedNow))</h3><ul class=\"relatives\">\(rows)</ul></div>"
    }

    /// Said where a ticket may be reopened that parts were solved with.
    private var partsStay: HTML? {
        let isEnded = teller.ticket.state == .resolved || teller.ticket.state == .closed
        return isEnded && !relatives.parts.isEmpty ? "<p class=\"muted\">\(wording(.partsStaySolved))</p>" : nil
    }

    private func group(_ name: Catalogue.Phrase, _ tickets: [Relative]) -> HTML? {
        tickets.isEmpty ? nil : list(name, tickets.map { line($0) })
    }

    private func list(_ name: Catalogue.Phrase, _ items: [HTML]) -> HTML {
        "<div><h3>\(wording(name))</h3><ul class=\"relatives\">\(items)</ul></div>"
    }

    private func link(_ pair: (link: TicketLink, other: Relative)) -> HTML {
        let isOutgoing = pair.link.direction == .outgoing
        let words =
            switch pair.link.kind {
            case .related: wording(.linkRelated)
            case .causedBy: wording(isOutgoing ? .linkCausedBy : .linkCauseOf)
            case .followUp: wording(isOutgoing ? .linkFollowUp : .linkFollowedBy)
            case .splitFrom: wording(isOutgoing ? .linkSplitFrom : .linkSplitInto)
            }
        return line(pair.other, words: words, undo: undo(pair.link.kind.rawValue, pair.other))
    }

    private func line(_ other: Relative, words: String? = nil, undo: HTML? = nil) -> HTML {
        let kind: HTML? = words.map { "<span class=\"muted\">\($0)</span> " }
        let there: Link = "/desk/tickets/\(other.number.description)"
        return """
            <li>\(kind)<a href="\(there)">\(other.number.description)</a> \
            \(TicketTeller.badge(of: other.state, wording))<br><span dir="auto">\(other.subject)</span>\(undo)</li>
            """
    }

    /// The button that takes a tie away.
    private func undo(_ kind: String, _ other: Relative) -> HTML? {
        guard agent.worksOnTickets else { return nil }
        return """
            <form method="post" action="\(removal)">\(agent.visit.formToken)\
            <input type="hidden" name="what" value="\(kind)">\
            <input type="hidden" name="number" value="\(other.number.description)">\
            <button class="button button-quiet button-small" type="submit">\(wording(.relatedRemove))\
            <span class="visually-hidden"> \(other.number.description)</span></button></form>
            """
    }
}

/// The form that asks to which ticket another is to be tied, and how.
struct TyingForm {
    let number: String
    let draft: Draft
    let wording: Wording

    private var place: Link { "/desk/tickets/\(number)/related" }
    private var fields: FormFields { FormFields(draft, wording, form: "related") }

    var summary: HTML? { fields.summary }

    var html: HTML {
        """
        <form class="form" method="get" action="\(place)" novalidate>
        \(fields.choice("what", wording(.tieWhat), TieIntent.allCases.map { ($0.rawValue, wording($0.phrase)) }))
        \(fields.line("number", wording(.tieNumber), hint: wording(.tieNumberHint)))
        <div class="buttons"><button class="button button-secondary" type="submit">\(wording(.continueForward))</button>\
        </div></form>
        """
    }
}
