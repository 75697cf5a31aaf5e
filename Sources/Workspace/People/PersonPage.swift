import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP

/// A person with all that the desk knows of him, those who may be the same one, and what can be changed.
struct PersonPage {
    let agent: Agent
    let card: PersonCard
    let directory: Directory
    let twins: [PersonCard]
    let tickets: [TicketSummary]
    /// What has just been done.
    var done: Catalogue.Phrase?
    /// A form that could not be taken, with its faults.
    var draft: (form: Form, draft: Draft)?

    enum Form: String {
        case change, addresses, merge
    }

    private var wording: Wording { agent.wording }
    private var mayChange: Bool { agent.rights.mayChange(card) }
    private var place: Link { "/desk/people/\(card.uuid.uuidString.lowercased())" }

    func response(_ status: Status = .ok) -> Response {
        let said: HTML? = done.map { "<p class=\"notice notice-good\" role=\"status\">\(wording($0))</p>" }
        let summary = draft.flatMap { FormFields($0.draft, wording, form: $0.form.rawValue).summary }
        return Page(card.name, visit: agent.visit, area: .queue) {
            """
            <div class="stack">\(summary)\(said)
            <div class="page-head"><div><p class="overline">\(wording(.personOverline))</p>\
            <h1 dir="auto">\(card.name)</h1></div><p>\(TicketTeller.mark(of: card.personClass))</p></div>
            <section class="panel"><h2>\(wording(.personFacts))</h2><dl class="facts">\(facts)</dl>\(changing)</section>
            \(twins.isEmpty && !mayChange ? nil : merging)
            <section class="panel"><h2>\(wording(.personTickets))</h2>\(ticketList)</section></div>
            """
        }.response(status)
    }

    private var facts: HTML {
        let home = card.homeSite.flatMap { directory.site($0)?.name }
        let rows: [HTML] = [
            row(.personAddresses, "<ul class=\"relatives\">\(card.addresses.map(line))</ul>"),
            row(.personLanguage, HTML(text: Language(tag: card.language)?.ownName ?? card.language)),
            row(.personClass, HTML(text: card.personClass)),
            row(.personHome, HTML(text: home ?? wording(.none))),
            row(.personOrganisation, "<bdi>\(card.organisation ?? wording(.none))</bdi>"),
            row(.personRelation, HTML(text: relation)),
        ]
        return "\(rows)"
    }

    private var relation: String {
        let words = card.relation.map { wording(.relation, $0.rawValue) } ?? wording(.personRelationUnknown)
        return card.isColleague ? "\(words), \(wording(.personColleague))" : words
    }

    private func row(_ name: Catalogue.Phrase, _ value: HTML) -> HTML {
        "<div><dt>\(wording(name))</dt><dd>\(value)</dd></div>"
    }

    private func line(_ address: String) -> HTML {
        let isPrimary = address == card.addresses.first && card.addresses.count > 1
        let primary: HTML? = isPrimary ? " <span class=\"muted\">\(wording(.personPrimary))</span>" : nil
        return "<li><a href=\"\(Link(mailto: address))\">\(address)</a>\(primary)</li>"
    }

    // MARK: - What can be changed

    private var changing: HTML? {
        guard mayChange else { return nil }
        return "\(changeForm)\(addressForm)"
    }

    private var changeForm: HTML {
        let given = Draft([
            "name": card.name, "language": card.language, "class": card.personClass,
            "home": card.homeSite.map { directory.code(of: $0) } ?? "", "organisation": card.organisation ?? "",
            "relation": card.relation?.rawValue ?? "",
        ])
        let (fields, isOpen) = fields(.change, given)
        let languages = Language.allCases.map { (value: $0.tag, label: $0.ownName) }
        let known = languages.contains { $0.value == card.language }
        let relations = PersonCard.Relation.allCases.map {
            (value: $0.rawValue, label: wording(.relation, $0.rawValue))
        }
        let sites = directory.organisation.sites.map { (value: $0.code, label: $0.name) }
        return """
            <details class="action"\(attribute: "open", isOpen)><summary>\(wording(.personChange))</summary>
            <form class="form" method="post" action="\(place)" novalidate>\(agent.visit.formToken)
            \(fields.line("name", wording(.personName)))
            \(fields.choice(
                "language", wording(.personLanguage),
                known ? languages : languages + [(value: card.language, label: card.language)]))
            \(fields.line("class", wording(.personClass), hint: wording(.personClassHint)))
            \(fields.choice("home", wording(.personHome), sites, none: wording(.none)))
            \(fields.line("organisation", wording(.personOrganisation)))
            \(fields.choice("relation", wording(.personRelation), relations, none: wording(.personRelationUnknown)))
            <div class="buttons"><button class="button" type="submit">\(wording(.save))</button></div></form></details>
            """
    }

    private var addressForm: HTML {
        let (fields, isOpen) = fields(.addresses, Draft())
        let addresses: Link = "\(place)/addresses"
        let others = card.addresses.map { address -> HTML in
            let isPrimary = address == card.addresses.first
            let choose: HTML? =
                isPrimary
                ? nil
                : """
                <button class="button button-small button-secondary" type="submit" name="primary" \
                value="\(address)">\(wording(.personMakePrimary))</button>
                """
            return """
                <li class="row"><bdi>\(address)</bdi> \(choose)<button class="button button-small button-quiet" \
                type="submit" name="remove" value="\(address)">\(wording(.personRemoveAddress))</button></li>
                """
        }
        let list: HTML? =
            card.addresses.count < 2
            ? nil
            : """
            <form method="post" action="\(addresses)">\(agent.visit.formToken)\
            <ul class="relatives">\(others)</ul></form>
            """
        return """
            <details class="action"\(attribute: "open", isOpen)><summary>\(wording(.personAddresses))</summary>\(list)
            <form class="form" method="post" action="\(addresses)" novalidate>\(agent.visit.formToken)
            \(fields.line("email", wording(.personNewAddress), type: "email"))
            <div class="buttons"><button class="button" type="submit">\(wording(.personAddAddress))</button></div>
            </form></details>
            """
    }

    private var merging: HTML {
        let merge: Link = "\(place)/merge"
        let apart: Link = "\(place)/namesakes"
        let likely = twins.map { twin -> HTML in
            let link: Link = "/desk/people/\(twin.uuid.uuidString.lowercased())"
            let button: HTML? =
                mayChange && agent.rights.mayChange(twin)
                ? """
                <form method="post" action="\(merge)">\(agent.visit.formToken)<button \
                class="button button-small button-secondary" type="submit" name="email" \
                value="\(twin.addresses.first ?? "")">\(wording(.personMergeThis))</button></form>
                <form method="post" action="\(apart)">\(agent.visit.formToken)<button \
                class="button button-small button-quiet" type="submit" name="person" \
                value="\(twin.uuid.uuidString.lowercased())">\(wording(.personApart))</button></form>
                """ : nil
            return """
                <li class="row"><a href="\(link)"><bdi>\(twin.name)</bdi></a> \
                <span class="muted">\(twin.addresses.joined(separator: ", "))</span>\(button)</li>
                """
        }
        let (fields, isOpen) = fields(.merge, Draft())
        let form: HTML? =
            mayChange
            ? """
            <details class="action"\(attribute: "open", isOpen)><summary>\(wording(.personMerge))</summary>
            <form class="form" method="post" action="\(merge)" novalidate>\(agent.visit.formToken)
            \(fields.line("email", wording(.personMergeAddress), type: "email"))
            <div class="buttons"><button class="button button-danger" type="submit">\(wording(.personMergeDo))</button>
            </div></form></details>
            """ : nil
        let none: HTML = "<p class=\"muted\">\(wording(.personNoTwins))</p>"
        let will: HTML = "<p class=\"muted\">\(wording(.personMergeWill, ["name": card.name]))</p>"
        return """
            <section class="panel"><h2>\(wording(.personTwins))</h2>
            \(twins.isEmpty ? none : "<ul class=\"relatives\">\(likely)</ul>" as HTML)
            \(mayChange ? will : nil)\(form)</section>
            """
    }

    private func fields(_ form: Form, _ given: Draft) -> (FormFields, isOpen: Bool) {
        let mine = draft?.form == form ? draft?.draft : nil
        return (FormFields(mine ?? given, wording, form: form.rawValue), mine != nil)
    }

    private var ticketList: HTML {
        if tickets.isEmpty { return "<p class=\"muted\">\(wording(.personNoTickets))</p>" }
        let lines = tickets.map { summary -> HTML in
            let number = summary.ticket.number.description
            let link: Link = "/desk/tickets/\(number)"
            return """
                <li><a href="\(link)">\(number)</a> <span dir="auto">\(summary.record.subject)</span> \
                \(TicketTeller.badge(of: summary.ticket.state, wording))</li>
                """
        }
        return "<ul class=\"relatives\">\(lines)</ul>"
    }
}
