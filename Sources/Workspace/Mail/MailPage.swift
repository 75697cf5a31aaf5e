import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP
import JSON
import Postgres
import TimeZones

/// One message that came in: what became of it and why, what it reports, its original, and what can be done.
struct MailPage {
    let reader: Overseer
    let teller: MailTeller
    let mail: InboundMail
    /// Whether this program can sort mail anew.
    let canSort: Bool
    let done: MailDone?

    private var wording: Wording { teller.wording }
    private var place: Link { MailTeller.place(of: mail) }

    var response: Response {
        let title = wording(.inboundTitle)
        let said: HTML? = done.map { done in
            "<p class=\"notice notice-\(done.isGood ? "good" : "warn")\" role=\"status\">\(wording(done.phrase))</p>"
        }
        return Page(mail.subject ?? title, visit: reader.visit, area: .mail) {
            """
            <div class="stack">\(said)<div class="ticket-head"><p class="overline"><a href="/desk/mail">\(title)</a></p>
            <h1 dir="auto">\(teller.subject(of: mail))</h1>
            <p class="row">\(teller.kind(of: mail))\(teller.ticket(mail.ticket))</p></div>
            <p class="lede">\(teller.why(mail))</p>
            \(claim)
            <section class="panel stack">\(facts)
            <p><a class="button button-secondary" href="\(place)/original" download>\(wording(.mailOriginal))</a></p>\
            </section>
            \(reports)
            \(acts)
            <p class="muted">\(wording(.timesIn, ["zone": teller.zone.name]))</p></div>
            """
        }.response()
    }

    private var facts: HTML {
        let envelope: HTML? = mail.author == mail.sender || mail.sender.isEmpty ? nil : "<bdi>\(mail.sender)</bdi>"
        let facts: [(Catalogue.Phrase, HTML?)] = [
            (.inboundReceived, teller.received(mail)), (.inboundSender, teller.sender(of: mail)),
            (.inboundEnvelope, envelope), (.inboundRecipient, "<bdi>\(mail.recipient)</bdi>"),
            (.columnSite, teller.site(of: mail).isEmpty ? nil : HTML(text: teller.site(of: mail))),
            (.inboundTicket, teller.ticket(mail.ticket)), (.inboundClaims, teller.ticket(mail.claims)),
            (.inboundMessageID, "<bdi>\(mail.messageID)</bdi>"),
        ]
        let lines = facts.compactMap { name, fact -> HTML? in
            fact.map { "<div><dt>\(wording(name))</dt><dd>\($0)</dd></div>" }
        }
        return "<dl class=\"facts\">\(lines)</dl>"
    }

    /// The way to the decision, which is taken where both tickets can be seen.
    private var claim: HTML? {
        guard reader.worksOnTickets, mail.claims != nil, let ticket = mail.ticket else { return nil }
        let place: Link = "/desk/tickets/\(ticket.description)#claim"
        return "<p><a class=\"button\" href=\"\(place)\">\(wording(.inboundDecide))</a></p>"
    }

    // MARK: - What it reports

    private var reports: HTML? {
        let found = mail.bounces.flatMap { try? JSON.parse($0.text).array } ?? []
        guard !found.isEmpty else { return nil }
        let headings: [Catalogue.Phrase] = [.inboundAddress, .inboundLasts, .inboundCodes, .inboundWhy]
        let title = wording(.inboundReports)
        return """
            <section class="stack"><h2>\(title)</h2>
            <div class="table-scroll" role="region" tabindex="0" aria-label="\(title)">
            <table class="table table-cards">\
            <thead><tr>\(headings.map { "<th scope=\"col\">\(wording($0))</th>" as HTML })</tr></thead>
            <tbody>\(found.map(row))</tbody></table></div></section>
            """
    }

    private func row(_ bounce: JSON) -> HTML {
        func text(_ name: String) -> String { bounce[name]?.string ?? "" }
        let lasts = wording(bounce["hard"]?.bool == true ? .inboundHard : .inboundSoft)
        let codes = [text("status"), text("code")].filter { !$0.isEmpty }.joined(separator: " · ")
        return """
            <tr><th scope="row" class="card-title"><bdi>\(text("recipient"))</bdi></th>\
            <td data-label="\(wording(.inboundLasts))">\(lasts)</td>\
            <td data-label="\(wording(.inboundCodes))"><bdi>\(codes)</bdi></td>\
            <td data-label="\(wording(.inboundWhy))"><span lang="en">\(text("reason"))</span></td></tr>
            """
    }

    // MARK: - What can be done

    private var acts: HTML? {
        guard canSort, reader.worksOnTickets, mail.canBeReplayed else { return nil }
        let isParked = mail.kind == .parked
        let forms: [HTML?] = [
            form(
                "replays", isParked ? .inboundRelease : .inboundSort,
                isParked ? .inboundReleaseHint : .inboundSortHint),
            isParked ? form("discards", .inboundAside, .inboundAsideHint, style: "button-secondary") : nil,
        ]
        return """
            <section class="panel stack" aria-labelledby="acts"><h2 id="acts">\(wording(.inboundActs))</h2>\
            \(forms.compactMap(\.self))</section>
            """
    }

    private func form(
        _ act: String, _ name: Catalogue.Phrase, _ hint: Catalogue.Phrase, style: String = ""
    ) -> HTML {
        let target: Link = "\(place)/\(act)"
        return """
            <form class="buttons" method="post" action="\(target)">\(reader.visit.formToken)\
            <button class="button \(style)" type="submit" aria-describedby="\(act)-hint">\(wording(name))</button>\
            <span class="hint" id="\(act)-hint">\(wording(hint))</span></form>
            """
    }
}
