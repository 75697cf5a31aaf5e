import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP

/// The form on which the desk registers what somebody asks by telephone, at the counter or in a chat (S32).
struct RegisterPage {
    /// The ways to ask that leave nothing written behind.
    static let channels: [Channel] = [.phone, .counter, .chat]

    let agent: Agent
    let directory: Directory
    var draft: Draft
    /// What the agent is of, so that he can keep the ticket; nil for somebody who works in no team.
    let team: Responsibility?

    private var wording: Wording { agent.wording }

    func response(_ status: Status = .ok) -> Response {
        let title = wording(.registerTitle)
        let isFaulty = !draft.faults.isEmpty
        return Page(
            isFaulty ? wording(.errorTitle, ["title": title]) : title, visit: agent.visit, area: .queue, width: .narrow
        ) {
            """
            <div class="stack">\(fields.summary)<h1>\(title)</h1><p class="lede">\(wording(.registerIntro))</p>
            <form class="form" method="post" action="/desk/register" novalidate>\(agent.visit.formToken)
            \(requester)\(matter)\(next)
            <div class="buttons"><button class="button" type="submit">\(wording(.registerSubmit))</button>
            <a class="button button-secondary" href="/desk">\(wording(.cancel))</a></div></form></div>
            """
        }.response(status)
    }

    private var fields: FormFields { FormFields(draft, wording, form: "register") }

    private var requester: HTML {
        let languages = Language.allCases.map { (value: $0.tag, label: $0.ownName) }
        let sites = directory.organisation.sites.map { (value: $0.code, label: $0.name) }
        return """
            <div class="field-row">
            \(fields.line("email", wording(.registerEmail), hint: wording(.registerEmailHint), type: "email"))
            \(fields.line("name", wording(.optionalField, ["field": wording(.registerName)])))
            </div><div class="field-row">
            \(fields.choice("channel", wording(.fieldChannel), words(Self.channels.map(\.rawValue), of: .channel)))
            \(fields.choice("language", wording(.registerLanguage), languages, none: wording(.registerUsual)))
            \(fields.choice("site", wording(.columnSite), sites, none: wording(.registerUsual)))
            </div>
            """
    }

    private var matter: HTML {
        let categories = directory.organisation.categories.map {
            (value: $0.code, label: $0.name(in: wording.language.tag))
        }
        return """
            \(fields.line("subject", wording(.fieldSubject), hint: wording(.fieldSubjectHint)))
            \(fields.text("text", wording(.fieldText), hint: wording(.registerTextHint), rows: 6))
            <div class="field-row">
            \(fields.choice("kind", wording(.fieldKind), words(Ticket.Kind.allCases.map(\.rawValue), of: .kind)))
            \(fields.choice("category", wording(.fieldCategory), categories, none: wording(.registerByTable)))
            </div><div class="field-row">
            \(fields.choice(
                "impact", wording(.fieldImpact), words(Impact.allCases.map { "\($0.rawValue)" }, of: .impact)))
            \(fields.choice(
                "urgency", wording(.fieldUrgency), words(Urgency.allCases.map { "\($0.rawValue)" }, of: .urgency)))
            </div>
            """
    }

    /// Whether the routing table is to decide, or the agent goes on with it himself and perhaps solves it at once.
    private var next: HTML? {
        guard team != nil else { return nil }
        let choices = [
            (value: "mine", label: wording(.registerMine)), (value: "route", label: wording(.registerRoute)),
        ]
        return fields.choice("next", wording(.registerNext), choices, hint: wording(.registerNextHint))
    }

    private func words(_ values: [String], of vocabulary: Vocabulary) -> [(value: String, label: String)] {
        values.map { (value: $0, label: wording(vocabulary, $0)) }
    }
}
