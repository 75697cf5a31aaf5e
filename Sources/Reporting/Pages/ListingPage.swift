import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP
import Moments

/// The tickets behind a number of the report, each leading to its page.
struct ListingPage {
    let manager: Manager
    let listing: Listing
    let lines: [Listing.Line]
    let names: Names

    private var wording: Wording { manager.wording }
    private var question: Question { listing.question }

    var response: Response {
        let title = wording(.labelled, ["label": count, "value": group])
        return Page(title, visit: manager.visit, area: .report, width: .wide) {
            """
            <div class="stack">
            <p><a href="\(report.link(question))">\(wording(report.phrase))</a></p>
            <h1>\(title)</h1>
            <p class="lede">\(question.period.text(wording)). \(shown)</p>
            \(table)
            \(withheld)
            </div>
            """
        }.response()
    }

    private var group: String {
        switch listing.group {
        case .all: wording(.reportTotal)
        case .one(let key): names.name(of: key, in: question.split)
        }
    }

    /// What the number counts.
    private var count: String {
        switch listing.count {
        case .opened: wording(.reportOpened)
        case .resolved: wording(.reportResolved)
        case .open: wording(.reportOpen)
        case .worked: wording(.reportWorked)
        case .outcome(let outcome): wording(.outcome, outcome.rawValue)
        case .knowledge(let gain): wording(gain.phrase)
        case .met(let measure): of(measure, .reportMet)
        case .missed(let measure): of(measure, .reportMissed)
        case .returned(let from, let to):
            wording(.fromTo, ["from": names.name(of: from), "to": names.name(of: to)])
        case .referral(let count): wording(count.phrase)
        }
    }

    private func of(_ measure: Measure, _ phrase: Catalogue.Phrase) -> String {
        wording(.labelled, ["label": wording(.measure, measure.rawValue), "value": wording(phrase)])
    }

    /// How many there are, or that there are more than are listed.
    private var shown: String {
        let tickets = wording(.ticketCount, ["count": min(lines.count, Listing.limit)])
        return lines.count > Listing.limit ? wording(.reportFirstOf, ["tickets": tickets]) : tickets
    }

    /// That some of them are only counted.
    private var withheld: HTML? {
        let count = lines.count { $0.number == nil }
        if count == 0 { return nil }
        let tickets = wording(.ticketCount, ["count": count])
        return "<p class=\"muted\">\(wording(.reportWithheld, ["tickets": tickets]))</p>"
    }

    private var table: HTML? {
        let named = lines.prefix(Listing.limit).compactMap { line in line.number.map { (line, $0.description) } }
        if named.isEmpty { return nil }
        // Who only reads figures has no place in the workspace.
        let mayLook = Agent.includes(manager.rights)
        let rows = named.map { line, number -> HTML in
            let link = manager.visit.website.absolute("/desk/tickets/\(number)")
            let name: HTML = mayLook ? "<a href=\"\(link)\">\(number)</a>" : "\(number)"
            return """
                <tr><th scope="row" class="ticket-number">\(name)</th>\
                <td>\(TicketTeller.badge(of: line.state, wording))</td>\
                <td>\(wording.dateAndTime(line.openedAt, in: question.period.zone))</td></tr>
                """
        }
        return """
            <div class="table-scroll" role="region" tabindex="0" aria-label="\(count)">\
            <table class="table"><caption>\(count)</caption><thead><tr>\
            <th scope="col">\(wording(.columnNumber))</th><th scope="col">\(wording(.columnState))</th>\
            <th scope="col">\(wording(.fieldOpened))</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    /// The report to which the number belongs.
    private var report: ReportName {
        switch listing.count {
        case .opened, .resolved, .open: .service
        case .worked: .cost
        case .outcome, .knowledge: .outcomes
        case .met, .missed, .returned: .targets
        case .referral: .suppliers
        }
    }
}

extension Listing {
    /// Reads what is listed from the address of a page; nil where that names no number of the report.
    init?(_ query: Query, of question: Question) {
        guard let count = query["count"].flatMap(Count.init(word:)) else { return nil }
        let key = query["key"]
        self.init(question: question, count: count, group: key.map { .one($0.isEmpty ? nil : $0) } ?? .all)
    }

    /// The page that lists them.
    var link: Link {
        let place = Link("/reports/service/tickets").adding(query: question.members)
        switch group {
        case .all: return place.adding(query: ["count": count.word])
        case .one(let key): return place.adding(query: ["count": count.word, "key": key ?? ""])
        }
    }
}

extension KnowledgeGain {
    var phrase: Catalogue.Phrase {
        switch self {
        case .article: .reportReused
        case .draft: .reportDrafted
        case .nothing: .reportNoKnowledge
        }
    }
}
