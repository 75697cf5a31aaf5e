import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP

/// The form in which an agent says what a ticket is about and how much it matters.
struct ClassificationForm {
    let teller: TicketTeller
    let agent: Agent

    private var wording: Wording { agent.wording }
    private var directory: Directory { teller.view.directory }

    /// What the form shows at first: the ticket as it is.
    var draft: Draft {
        let present = teller.ticket.classification
        return Draft([
            "kind": present.kind.rawValue, "category": present.category.map { directory.categories.code(of: $0) } ?? "",
            "impact": "\(present.impact.rawValue)", "urgency": "\(present.urgency.rawValue)",
            "priority": present.basis == .matrix ? "" : "\(present.priority.rawValue)",
            "tags": present.tags.joined(separator: " "),
        ])
    }

    func html(_ fields: FormFields) -> HTML {
        let categories = directory.organisation.categories.map {
            (value: $0.code, label: $0.name(in: wording.language.tag))
        }
        return """
            \(fields.choice("kind", wording(.fieldKind), words(Ticket.Kind.allCases.map(\.rawValue), of: .kind)))
            \(fields.choice("category", wording(.fieldCategory), categories, none: wording(.none)))
            \(fields.choice("impact", wording(.fieldImpact), words(Impact.allCases.map { "\($0.rawValue)" }, of: .impact)))
            \(fields.choice(
                "urgency", wording(.fieldUrgency), words(Urgency.allCases.map { "\($0.rawValue)" }, of: .urgency)))
            \(fields.choice(
                "priority", wording(.fieldPriority), words(Priority.allCases.map { "\($0.rawValue)" }, of: .priority),
                none: wording(.priorityBasis, PriorityBasis.matrix.rawValue)))
            \(fields.text("note", wording(.fieldPriorityReason), hint: wording(.classifyReasonHint), rows: 2))
            \(fields.line("tags", wording(.fieldTags), hint: wording(.fieldTagsHint)))
            """
    }

    private func words(_ values: [String], of vocabulary: Vocabulary) -> [(value: String, label: String)] {
        values.map { (value: $0, label: wording(vocabulary, $0)) }
    }
}

extension FormReader {
    /// What is different about the ticket. A priority of one's own needs a reason; giving it back to the matrix does
    /// not.
    mutating func classification() -> Change? {
        let old = view.ticket.classification
        var changes = Changes()
        if let kind = Ticket.Kind(rawValue: draft["kind"]), kind != old.kind { changes.kind = kind }
        let category = view.directory.categories[draft["category"]]
        if category != old.category { (changes.category, changes.removesCategory) = (category, category == nil) }
        if let impact = Int(draft["impact"]).flatMap(Impact.init), impact != old.impact { changes.impact = impact }
        if let urgency = Int(draft["urgency"]).flatMap(Urgency.init), urgency != old.urgency {
            changes.urgency = urgency
        }
        var note: Note?
        if let priority = Int(draft["priority"]).flatMap(Priority.init) {
            if old.basis == .matrix || priority != old.priority || !draft["note"].isEmpty {
                let text = draft.require(
                    "note", .errorPriorityReason, atMost: 2_000, named: .fieldPriorityReason, agent.wording)
                (changes.priority, changes.basis) = (priority, .person)
                note = Note(text, visibility: .internal)
            }
        } else if old.basis != .matrix {
            changes.basis = .matrix
        }
        let tags = Set(draft["tags"].split { $0 == " " || $0 == "," }.map { $0.lowercased() }).sorted()
        if tags != old.tags { changes.tags = tags }
        if !tags.allSatisfy(Changes.isTag) || tags.count > Changes.mostTags {
            draft.refuse("tags", agent.wording(.errorTags))
        }
        return Change(note) { [changes] occasion in
            var changes = changes
            if changes.basis == .person { changes.reason = occasion.entry }
            return .changed(
                changes.prioritised(
                    for: occasion.ticket.classification, by: occasion.directory.organisation.matrix))
        }
    }
}
