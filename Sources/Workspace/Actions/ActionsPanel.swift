import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP

/// The forms of what can be done to a ticket now, each folded until it is wanted; what is done rarely is folded once
/// more.
struct ActionsPanel {
    let page: TicketPage

    private var teller: TicketTeller { page.teller }
    private var wording: Wording { teller.wording }

    var html: HTML {
        let offered = TicketAction.allCases.filter { action in
            action.isOffered(on: teller.view, to: page.agent) && (action != .colleague || !page.colleagues.isEmpty)
        }
        let simple = offered.filter(\.needsNoWords).map(button)
        let daily = offered.filter { !$0.needsNoWords && !$0.isRare }.flatMap(forms)
        let rare = offered.filter(\.isRare)
        let isOpen = page.draft.map { rare.contains($0.action) } ?? false
        let more: HTML? =
            rare.isEmpty
            ? nil
            : """
            <details class="action"\(attribute: "open", isOpen)><summary>\(wording(.actionMore))</summary>\
            \(rare.flatMap(forms))</details>
            """
        return """
            <section class="panel" aria-labelledby="actions"><h2 id="actions">\(wording(.actionsTitle))</h2>
            \(simple.isEmpty ? nil : "<div class=\"buttons\">\(simple)</div>" as HTML)\(daily)\(more)</section>
            """
    }

    private func button(_ action: TicketAction) -> HTML {
        let kind = action == .work || action == .acceptance ? "button" : "button button-secondary"
        return """
            <form method="post" action="\(place(action))">\(hidden)\
            <button class="\(kind)" type="submit">\(wording(action.phrase))</button></form>
            """
    }

    private func place(_ action: TicketAction) -> Link { "/desk/tickets/\(teller.number)/\(action.rawValue)" }

    private var hidden: HTML {
        "\(page.agent.visit.formToken)<input type=\"hidden\" name=\"revision\" value=\"\(teller.ticket.revision)\">"
    }

    /// The forms of an action: one, or one for each party that it can concern.
    private func forms(_ action: TicketAction) -> [HTML] {
        let subjects = action.subjects(on: teller.view, to: page.agent)
        return subjects.isEmpty ? [form(action, about: nil)] : subjects.map { form(action, about: $0) }
    }

    private func form(_ action: TicketAction, about subject: ActionSubject?) -> HTML {
        let draft = page.draft.flatMap { $0.action == action && isMeant(subject, by: $0.draft) ? $0.draft : nil }
        let name = wording(action.phrase, ["supplier": subject?.name ?? "", "team": subject?.name ?? ""])
        let party: HTML? = subject.map { "<input type=\"hidden\" name=\"\($0.field)\" value=\"\($0.value)\">" }
        let form = subject.map { "\(action.rawValue)-\($0.value)" } ?? action.rawValue
        let content = draft ?? page.beginning(of: action)
        let fields = ActionFields(
            page: page, fields: FormFields(content, wording, form: form), draft: content, knowledge: page.knowledge)
        let isOpen = draft != nil || (action == .handovers && page.isTimeUp)
        return """
            <details class="action"\(attribute: "open", isOpen)><summary>\(name)</summary>
            <form class="form" method="post" action="\(place(action))"\
            \(attribute: "enctype", action.takesFiles ? "multipart/form-data" : nil) novalidate>\(hidden)\(party)
            \(fields.html(of: action))
            <div class="buttons"><button class="button" type="submit">\(submit(action, name))</button></div>
            </form></details>
            """
    }

    private func isMeant(_ subject: ActionSubject?, by draft: Draft) -> Bool {
        subject.map { draft[$0.field] == $0.value } ?? true
    }

    private func submit(_ action: TicketAction, _ name: String) -> String {
        switch action {
        case .replies: wording(.actionReplySubmit)
        case .notes: wording(.actionNoteSubmit)
        case .shortcomings: wording(.actionMissingSubmit)
        case .classification: wording(.actionClassifySubmit)
        default: name
        }
    }
}

extension TicketPage {
    /// What stands in a form before anybody has written in it.
    func beginning(of action: TicketAction) -> Draft {
        switch action {
        case .handovers: return Draft(["note": teller.knownFacts, "reason": isTimeUp ? "time_box" : ""])
        case .callbacks:
            let directory = teller.view.directory
            let team = directory.team(teller.ticket.responsibility.place.team)
            let time = team.flatMap { directory.contactTime(of: $0, after: teller.view.asOf) }
            return Draft(["at": time.map { Draft.text($0, in: teller.zone) } ?? ""])
        case .classification: return ClassificationForm(teller: teller, agent: agent).draft
        default: return Draft()
        }
    }

    /// Whether the first line has had the ticket for as long as it should (S49).
    var isTimeUp: Bool {
        timeBox.map { $0.remaining(at: teller.view.asOf) <= 0 } ?? false
    }

    /// Those to whom the agent can give the ticket within the team.
    var colleagues: [Teammate] {
        file.teammates.filter {
            $0.person.id != agent.person.id && $0.person.id != teller.ticket.responsibility.person
        }
    }

    /// The clock of the first line, while it runs.
    var timeBox: Clock? {
        teller.view.clocks.map(\.clock).last {
            $0.measure == .timeBox && $0.episode == teller.ticket.episode && !$0.isStopped
        }
    }
}
