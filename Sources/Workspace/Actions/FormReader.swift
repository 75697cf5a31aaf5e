import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import TimeZones

/// Reads the form of an action and notes in the draft what is wrong with it, in the order of the fields: the summary of
/// errors leads from one to the next.
struct FormReader {
    var draft: Draft
    let agent: Agent
    let view: TicketView
    /// Who is there in the teams near the ticket.
    let presences: [TeamPresence]
    /// Who is there in its own.
    let teammates: [Teammate]
    /// In which the agent reads and writes times.
    let zone: Zone

    var wording: Wording { agent.wording }

    /// What was asked for; nil where the draft has faults.
    mutating func read(_ action: TicketAction) -> Change? {
        let (person, teams) = (agent.person.id, agent.rights.teams)
        let change: Change?
        switch action {
        case .work:
            change = Change { occasion in
                try occasion.requireTeam(among: teams, for: .taken)
                return .taken(person)
            }
        case .assignment:
            change = Change { occasion in
                try occasion.requireTeam(among: teams, for: .assigned)
                var responsibility = occasion.ticket.responsibility
                responsibility.person = person
                return .assigned(responsibility)
            }
        case .colleague: change = colleague(among: teams)
        case .replies: change = reply()
        case .questions: change = Change(words(.public)) { .requesterAsked(try $0.written()) }
        case .notes: change = Change(words(.internal)) { .noteAdded(try $0.written()) }
        case .classification: change = classification()
        case .routing: change = nil
        case .handovers: change = handover()
        case .referrals: change = withSupplier { .referred($0, note: $1) }
        case .answers: change = withSupplier { .supplierAnswered($0, note: $1) }
        case .recalls: change = recall()
        case .resolution: change = resolution()
        case .reopenings: change = reopening()
        case .closure: change = Change { _ in .closed }
        case .acceptance, .refusal, .sufficiency, .shortcomings, .means, .calls, .callbacks, .inquiries,
            .inquiryAnswers,
            .inquiryWithdrawals, .escalations, .owner, .release, .hold, .resumption:
            change = undertaking(action)
        }
        return draft.faults.isEmpty ? change : nil
    }

    mutating func words(_ visibility: Visibility) -> Note {
        let missing: Catalogue.Phrase = visibility == .public ? .errorMessageMissing : .errorNoteMissing
        let text = draft.require("note", missing, atMost: 20_000, named: .fieldMessage, wording)
        return Note(text, visibility: visibility)
    }

    /// A note that may be left out.
    mutating func remark(_ visibility: Visibility) -> Note? {
        draft.limitLength(of: "note", to: 20_000, named: .fieldMessage, wording)
        return draft["note"].isEmpty ? nil : Note(draft["note"], visibility: visibility)
    }

    /// The ticket stays with its position and goes to somebody else's hands.
    private mutating func colleague(among teams: [TeamID]) -> Change? {
        let person = teammates.first { "\($0.person.id)" == draft["colleague"] }?.person.id
        if person == nil { draft.refuse("colleague", wording(.errorPersonMissing)) }
        let note = remark(.internal)
        return person.map { person in
            Change(note) { occasion in
                try occasion.requireTeam(among: teams, for: .assigned)
                var responsibility = occasion.ticket.responsibility
                responsibility.person = person
                return .assigned(responsibility)
            }
        }
    }

    /// A message, perhaps in the words of an article.
    private mutating func reply() -> Change {
        var change = Change(words(.public)) { .messageSent(try $0.written()) }
        change.article = UUID(uuidString: draft["article"])
        return change
    }

    private mutating func recall() -> Change? {
        let supplier = supplier()
        let note = remark(.internal)
        guard let supplier else { return nil }
        return Change(note, with: draft["supplier"]) { .recalled(supplier, note: $0.entry) }
    }

    /// What needs a supplier and words for it.
    private mutating func withSupplier(
        _ event: @escaping @Sendable (SupplierID, EntryID) -> Ticket.Event
    ) -> Change? {
        let supplier = supplier()
        let note = words(.internal)
        guard let supplier else { return nil }
        return Change(note, with: draft["supplier"]) { event(supplier, try $0.written()) }
    }

    private mutating func supplier() -> SupplierID? {
        let supplier = view.directory.suppliers[draft["supplier"]]
        if supplier == nil { draft.refuse("supplier", wording(.errorSupplierMissing)) }
        return supplier
    }

    private mutating func resolution() -> Change? {
        let outcome = Ticket.Outcome(rawValue: draft["outcome"])
        if outcome == nil { draft.refuse("outcome", wording(.errorOutcomeMissing)) }
        let note = words(.public)
        guard let outcome else { return nil }
        guard agent.visit.modules.contains(.knowledge), outcome.isSolution else {
            return Change(note) { .resolved(outcome, note: $0.entry) }
        }
        return solution(outcome, note)
    }

    /// A solution with what it gives to the knowledge of the desk, which a person always says.
    private mutating func solution(_ outcome: Ticket.Outcome, _ note: Note) -> Change? {
        let said = draft["knowledge"]
        if said == "draft" {
            var change = Change(note) { occasion in
                .resolved(outcome, note: occasion.entry, knowledge: occasion.draft.map { .draft($0) })
            }
            change.draft = ArticleDraft(
                language: view.ticket.language, title: view.record.subject, text: note.text, readers: readers)
            return change
        }
        if let reason = Ticket.Knowledge.Reason(rawValue: said), reason != .notSaid {
            return Change(note) { .resolved(outcome, note: $0.entry, knowledge: .nothing(reason)) }
        }
        guard said.hasPrefix("article:"), let uuid = UUID(uuidString: String(said.dropFirst(8))) else {
            draft.refuse("knowledge", wording(.errorKnowledgeMissing))
            return nil
        }
        var change = Change(note) { .resolved(outcome, note: $0.entry, knowledge: $0.article.map { .article($0) }) }
        change.article = uuid
        return change
    }

    /// What a confidential team learns stays in the team.
    private var readers: Article.Readers {
        let responsibility = view.ticket.responsibility
        return responsibility.isConfidential ? .team(responsibility.place.team) : .desk
    }

    private mutating func reopening() -> Change? {
        let reason = Ticket.ReopenReason(rawValue: draft["reason"])
        if reason == nil { draft.refuse("reason", wording(.errorChoiceMissing, ["field": wording(.reopenReason)])) }
        let note = remark(.internal)
        guard let reason else { return nil }
        return Change(note) { .reopened(reason, note: $0.entry) }
    }
}

extension Occasion {
    /// Whoever works on a ticket is of the team that answers for it: else its time would be another team's.
    fileprivate func requireTeam(among teams: [TeamID], for event: Ticket.Event.Kind) throws {
        guard teams.contains(ticket.responsibility.place.team) else {
            throw Refusal(reason: .isWithAnotherTeam, state: ticket.state, event: event)
        }
    }
}
