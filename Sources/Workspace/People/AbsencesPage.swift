import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP
import Moments
import TimeZones

/// Who of the agent's teams is there, his own absences, and, for whoever leads them, those of others and who stands in.
struct AbsencesPage {
    let agent: Agent
    let directory: Directory
    let roll: [RollEntry]
    /// Of the people on the page, those that hold or are to come.
    let absences: [Absence]
    let entries: [RosterEntry]
    let people: [PersonID: PersonRecord]
    let zone: Zone
    let now: Moment
    var done: Catalogue.Phrase?
    var draft: (form: Form, draft: Draft)?

    enum Form: String {
        case absence, standIn = "stand-in"
    }

    private var wording: Wording { agent.wording }
    private var leads: Bool { agent.rights.leads(at: agent.person.homeSite) }

    func response(_ status: Status = .ok) -> Response {
        let title = wording(.absencesTitle)
        let said: HTML? = done.map { "<p class=\"notice notice-good\" role=\"status\">\(wording($0))</p>" }
        let summary = draft.flatMap { FormFields($0.draft, wording, form: $0.form.rawValue).summary }
        return Page(title, visit: agent.visit, area: .queue, width: .wide) {
            """
            <div class="stack">\(summary)\(said)<div><h1>\(title)</h1>
            <p class="lede">\(wording(.absencesIntro))</p></div>
            <div class="ticket"><div class="ticket-main stack">\(own)\(table)\(others)\(standIns)
            <p class="muted">\(wording(.timesIn, ["zone": zone.name]))</p></div>
            <aside class="ticket-side" aria-labelledby="absence-enter"><section class="panel">\
            <h2 id="absence-enter">\(wording(.absenceEnter))</h2>\(absenceForm)</section></aside></div></div>
            """
        }.response(status)
    }

    // MARK: - Who is there

    private var table: HTML? {
        guard !roll.isEmpty else { return nil }
        let headings: [Catalogue.Phrase] = [.personName, .absencePosition, .absencesState]
        let rows = roll.map { entry -> HTML in
            """
            <tr><th scope="row"><bdi>\(entry.name)</bdi></th>\
            <td data-label="\(wording(.absencePosition))">\(directory.position(entry.position)?.name ?? "")</td>\
            <td data-label="\(wording(.absencesState))">\(state(of: entry))</td></tr>
            """
        }
        return """
            <div class="table-scroll" role="region" tabindex="0" aria-label="\(wording(.absencesWho))">
            <table class="table table-cards"><caption>\(wording(.absencesWho))</caption>
            <thead><tr>\(headings.map { "<th scope=\"col\">\(wording($0))</th>" as HTML })</tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }

    /// Colleagues are told that somebody is absent and until when, not why.
    private func state(of entry: RollEntry) -> String {
        if entry.isAbsent {
            return entry.backAt.map { wording(.absentUntil, ["time": wording.dateAndTime($0, in: zone)]) }
                ?? wording(.absentOpen)
        }
        if !entry.holds { return wording(.absencesOffDuty) }
        return entry.availability.map { wording(.availability, $0.rawValue) } ?? wording(.absencesOnDuty)
    }

    // MARK: - Absences

    private var own: HTML? {
        let mine = absences.filter { $0.person == agent.person.id }
        return mine.isEmpty
            ? nil : "<section class=\"panel\"><h2>\(wording(.absencesOwn))</h2>\(list(mine, named: false))</section>"
    }

    private var others: HTML? {
        let theirs = absences.filter { $0.person != agent.person.id }
        guard leads, !theirs.isEmpty else { return nil }
        return "<section class=\"panel\"><h2>\(wording(.absencesOthers))</h2>\(list(theirs, named: true))</section>"
    }

    private func list(_ absences: [Absence], named: Bool) -> HTML {
        let lines = absences.map { absence -> HTML in
            let whose: HTML? = named ? "<strong><bdi>\(name(of: absence.person))</bdi></strong> " : nil
            let deputy: HTML? = absence.deputy.map {
                " <span class=\"muted\">\(wording(.absenceDeputyIs, ["name": name(of: $0)]))</span>"
            }
            let begins = wording.dateAndTime(absence.since, in: zone)
            let span =
                absence.until.map {
                    wording(.absenceSpan, ["from": begins, "until": wording.dateAndTime($0, in: zone)])
                } ?? wording(.absenceSince, ["from": begins])
            let end = wording(absence.holds(at: now) ? .absenceEnd : .absenceWithdraw)
            return """
                <li class="row">\(whose)\
                <span>\(wording(.absenceReason, absence.reason.rawValue)): \(span)\(deputy)</span>\
                <button class="button button-small button-secondary" type="submit" name="absence" \
                value="\(absence.id.uuidString.lowercased())">\(end)</button></li>
                """
        }
        return """
            <form method="post" action="/desk/absences/end">\(agent.visit.formToken)\
            <ul class="relatives">\(lines)</ul></form>
            """
    }

    private var absenceForm: HTML {
        let fields = fields(.absence)
        let who: HTML? =
            leads && colleagues.count > 1
            ? fields.choice("person", wording(.absenceWho), colleagues, none: wording(.absenceMyself)) : nil
        let reasons = Absence.Reason.allCases.map {
            (value: $0.rawValue, label: wording(.absenceReason, $0.rawValue))
        }
        return """
            <form class="form" method="post" action="/desk/absences" novalidate>\(agent.visit.formToken)\(who)
            \(fields.choice("reason", wording(.absenceWhy), reasons, none: ""))
            <div class="field-row">
            \(fields.line("from", wording(.absenceFrom), hint: wording(.absenceFromHint), type: "datetime-local"))
            \(fields.line("until", wording(.absenceUntil), hint: wording(.absenceUntilHint), type: "datetime-local"))
            </div>
            \(fields.choice(
                "deputy", wording(.absenceDeputy), colleagues, none: wording(.absenceNoDeputy),
                hint: wording(.absenceDeputyHint)))
            <div class="buttons"><button class="button" type="submit">\(wording(.absenceEnter))</button></div></form>
            """
    }

    // MARK: - Standing in

    private var standIns: HTML? {
        if entries.isEmpty, !leads { return nil }
        let lines = entries.map { entry -> HTML in
            let span = wording(
                .absenceSpan,
                [
                    "from": wording.dateAndTime(entry.since, in: zone),
                    "until": wording.dateAndTime(entry.until, in: zone),
                ])
            let other: HTML? = entry.insteadOf.map { " <span>\(wording(.standInFor, ["name": name(of: $0)]))</span>" }
            let button: HTML? =
                leads
                ? """
                <button class="button button-small button-secondary" type="submit" name="entry" \
                value="\(entry.id.uuidString.lowercased())">\(wording(.standInEnd))</button>
                """ : nil
            return """
                <li class="row"><strong><bdi>\(name(of: entry.person))</bdi></strong> <span>\
                \(directory.position(entry.position)?.name ?? ""): \(span)</span>\(other)\(button)</li>
                """
        }
        let list: HTML =
            entries.isEmpty
            ? "<p class=\"muted\">\(wording(.standInNone))</p>"
            : """
            <form method="post" action="/desk/absences/stand-ins/end">\(agent.visit.formToken)\
            <ul class="relatives">\(lines)</ul></form>
            """
        return
            "<section class=\"panel\"><h2>\(wording(.standInTitle))</h2>\(list)\(leads ? standInForm : nil)</section>"
    }

    private var standInForm: HTML {
        let fields = fields(.standIn)
        let isOpen = draft?.form == .standIn
        let positions = Set(roll.map(\.position)).sorted().compactMap { key in
            directory.position(key).map { (value: $0.code, label: $0.name) }
        }
        return """
            <details class="action"\(attribute: "open", isOpen)><summary>\(wording(.standInEnter))</summary>
            <form class="form" method="post" action="/desk/absences/stand-ins" novalidate>\(agent.visit.formToken)
            \(fields.choice("position", wording(.absencePosition), positions, none: ""))
            \(fields.choice("person", wording(.standInWho), colleagues, none: ""))
            \(fields.choice("instead", wording(.standInInstead), colleagues, none: wording(.standInAdded)))
            <div class="field-row">
            \(fields.line("from", wording(.absenceFrom), hint: wording(.absenceFromHint), type: "datetime-local"))
            \(fields.line("until", wording(.absenceUntil), type: "datetime-local"))</div>
            <div class="buttons"><button class="button" type="submit">\(wording(.standInEnter))</button></div>
            </form></details>
            """
    }

    private func fields(_ form: Form) -> FormFields {
        FormFields(draft?.form == form ? draft?.draft ?? Draft() : Draft(), wording, form: form.rawValue)
    }

    /// The people of the page but the reader, each once.
    private var colleagues: [(value: String, label: String)] {
        var seen: Set<PersonID> = []
        return roll.filter { seen.insert($0.person).inserted }.map { (value: "\($0.person)", label: $0.name) }
    }

    private func name(of person: PersonID) -> String { people[person]?.name ?? "" }
}
