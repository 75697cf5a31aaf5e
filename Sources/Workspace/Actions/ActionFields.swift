import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML

/// The fields of each action's form.
struct ActionFields {
    let page: TicketPage
    let fields: FormFields
    let draft: Draft
    let knowledge: TicketKnowledge?

    private var teller: TicketTeller { page.teller }
    private var wording: Wording { teller.wording }
    private var organisation: Organisation { teller.view.directory.organisation }
    private var undertaking: UndertakingFields {
        UndertakingFields(teller: teller, agent: page.agent, fields: fields)
    }

    func html(of action: TicketAction) -> HTML {
        switch action {
        case .work, .assignment, .closure, .acceptance, .sufficiency, .release, .inquiryWithdrawals, .routing,
            .resumption:
            ""
        case .classification: ClassificationForm(teller: teller, agent: page.agent).html(fields)
        case .replies, .questions:
            """
            \(article)\(fields.text("note", wording(.fieldMessage), hint: wording(.actionReplyHint)))
            \(files)
            """
        case .notes: "\(fields.text("note", wording(.actionNote), hint: wording(.actionNoteHint)))\(files)"
        case .handovers: HandoverFields(teller: teller, presences: page.file.presences, fields: fields).html
        case .referrals:
            """
            \(fields.choice("supplier", wording(.supplierName), suppliers, none: ""))
            \(fields.text("note", wording(.referNote), hint: wording(.referNoteHint)))
            """
        case .answers, .inquiryAnswers: fields.text("note", wording(.fieldMessage))
        case .recalls: fields.text("note", wording(.optionalField, ["field": wording(.recallNote)]))
        case .resolution:
            """
            \(fields.choice(
                "outcome", wording(.resolveOutcome),
                outcomes.map { (value: $0.rawValue, label: wording(.outcome, $0.rawValue)) }, none: ""))
            \(fields.text("note", wording(.resolveNote), hint: wording(.resolveNoteHint)))
            \(knowledge.map { resolution($0) })
            """
        case .reopenings:
            """
            \(fields.choice(
                "reason", wording(.reopenReason),
                Ticket.ReopenReason.allCases.map { (value: $0.rawValue, label: wording(.reopening, $0.rawValue)) },
                none: ""))
            \(fields.text("note", wording(.optionalField, ["field": wording(.actionNote)])))
            """
        case .colleague: undertaking.colleague(among: page.colleagues)
        case .shortcomings: undertaking.missing
        case .means: undertaking.means
        case .callbacks: undertaking.callback
        case .hold: undertaking.hold
        case .calls, .refusal: undertaking.note
        case .inquiries: undertaking.inquiry
        case .escalations: undertaking.escalation
        case .owner: undertaking.owner
        }
    }

    private var files: HTML {
        fields.files(
            "files", wording(.optionalField, ["field": wording(.fieldFiles)]), hint: Draft.filesHint(wording))
    }

    /// Nobody solves at first contact what others have had.
    private var outcomes: [Ticket.Outcome] {
        Ticket.Outcome.allCases.filter { $0 != .solvedFirstContact || !teller.ticket.wasPassedOn }
    }

    /// The article whose words the message began with.
    private var article: HTML? {
        draft["article"].isEmpty
            ? nil : "<input type=\"hidden\" name=\"article\" value=\"\(draft["article"])\">"
    }

    /// What the next ticket of the kind can be solved by, and a way to look for an article that is not offered.
    private func resolution(_ knowledge: TicketKnowledge) -> HTML {
        let articles = knowledge.choices.map { choice in
            (
                value: "article:\(choice.uuid.uuidString.lowercased())",
                label: wording(.resolveArticle, ["title": choice.title])
            )
        }
        let reasons = Ticket.Knowledge.Reason.allCases.filter { $0 != .notSaid }.map { reason in
            (
                value: reason.rawValue,
                label: wording(.resolveWithout, ["reason": wording(.noArticle, reason.rawValue)])
            )
        }
        let choices = articles + [(value: "draft", label: wording(.resolveDraft))] + reasons
        return """
            \(fields.choice(
                "knowledge", wording(.resolveKnowledge), choices, none: "", hint: wording(.resolveKnowledgeHint)))
            <div class="find">\(fields.line("words", wording(.resolveFind), type: "search"))
            <button class="button button-secondary" type="submit" name="find" value="yes">\
            \(wording(.resolveFindSubmit))</button></div>
            """
    }

    /// Those for the ticket's category and the site where it came in first, for they are the likely ones.
    private var suppliers: [(value: String, label: String)] {
        let directory = teller.view.directory
        let category = teller.ticket.classification.category.map { directory.categories.code(of: $0) }
        let likely = organisation.suppliers(for: category, at: directory.code(of: teller.ticket.origin))
        let others = organisation.suppliers.filter { supplier in !likely.contains { $0.code == supplier.code } }
        let shared = Set(teller.ticket.suppliers.map { directory.suppliers.code(of: $0) })
        return (likely + others).filter { !shared.contains($0.code) }.map { (value: $0.code, label: $0.name) }
    }
}
