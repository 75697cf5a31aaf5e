import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation

/// What is promised, asked, judged, offered and carried up.
extension FormReader {
    mutating func undertaking(_ action: TicketAction) -> Change? {
        switch action {
        case .acceptance: return acceptance()
        case .refusal: return Change(remark(.internal)) { .offerDeclined(note: $0.entry) }
        case .sufficiency: return Change { _ in .foundSufficient }
        case .shortcomings: return shortcomings()
        case .means: return means()
        case .calls: return Change(remark(.internal)) { .callbackMade(note: $0.entry) }
        case .callbacks:
            let (due, note) = (moment("at"), remark(.internal))
            return due.map { due in Change(note) { _ in .callbackPromised(due: due) } }
        case .hold:
            let (note, until) = (words(.internal), draft["until"].isEmpty ? nil : moment("until"))
            return Change(note) { .putOnHold(until: until, note: try $0.written()) }
        case .resumption: return Change { _ in .resumed }
        case .inquiries: return inquiry()
        case .inquiryAnswers:
            let (question, note) = (question(), words(.internal))
            return Change(note) { .inquiryAnswered(question: try $0.asked(question), answer: try $0.written()) }
        case .inquiryWithdrawals:
            let question = question()
            return Change { .inquiryWithdrawn(question: try $0.asked(question)) }
        case .escalations: return escalation()
        case .owner:
            let position = view.directory.positions[draft["position"]]
            if position == nil { refuseChoice("position", .ownerPosition) }
            return position.map { position in Change { _ in .ownerChanged(position) } }
        case .release: return Change { _ in .released }
        default: return nil
        }
    }

    private func acceptance() -> Change? {
        Change { occasion in
            guard let place = occasion.ticket.undertakings.offer,
                let to = occasion.directory.responsibility(of: place.team, at: place.site)
            else { throw Refusal(reason: .isNotOffered, state: occasion.ticket.state, event: .offerAccepted) }
            return .offerAccepted(to)
        }
    }

    /// What was ticked and what was written beside it, a line for each thing.
    private mutating func shortcomings() -> Change? {
        draft.limitLength(of: "note", to: 20_000, named: .fieldMessage, wording)
        let ticked = view.directory.organisation.needs.map(\.code).filter { !draft["need-\($0)"].isEmpty }
        let written = draft["note"].split(whereSeparator: \.isNewline).map(String.init)
        if ticked.isEmpty, written.isEmpty { draft.refuse("note", wording(.errorMissingNothing)) }
        let legs = view.legs
        let sender = try? view.directory.sender(of: view.ticket, after: legs)
        let note = Note(
            view.directory.note(missing: ticked + written, for: sender?.place.site), visibility: .internal)
        return Change(note) { occasion in
            .foundInsufficient(
                try occasion.directory.sender(of: occasion.ticket, after: legs), note: try occasion.written())
        }
    }

    private mutating func means() -> Change? {
        let (means, note) = (Means(rawValue: draft["means"]), remark(.internal))
        if means == nil { refuseChoice("means", .fieldMeans) }
        return means.map { means in Change(note) { .meansChosen(means, note: $0.entry) } }
    }

    private mutating func inquiry() -> Change? {
        let directory = view.directory
        let parts = draft["to"].split(separator: ":", maxSplits: 1).map(String.init)
        var addressee: Inquiry.Addressee?
        if parts.count == 2, parts[0] == "supplier" {
            addressee = directory.suppliers[parts[1]].map { .supplier($0) }
        } else if parts.count == 2, let team = directory.organisation.team(parts[1]),
            let key = directory.teams[team.code]
        {
            let here = view.ticket.responsibility.place.site
            let home = team.serves(directory.code(of: here)) ? here : team.sites.first.flatMap { directory.sites[$0] }
            addressee = home.map { .team(Place(site: $0, tier: team.tier, team: key)) }
        }
        if addressee == nil { refuseChoice("to", .inquireWhom) }
        let note = words(.internal)
        guard let addressee else { return nil }
        return Change(note, with: parts[1]) { .inquired(addressee, question: try $0.written()) }
    }

    private func question() -> EntryID? {
        view.questions.first { $0.question.uuid.uuidString.lowercased() == draft["question"] }?.question.id
    }

    private mutating func escalation() -> Change? {
        let level = EscalationLevel(rawValue: draft["level"])
        if level == nil { refuseChoice("level", .escalateTo) }
        let reason = EscalationReason(rawValue: draft["reason"])
        if reason == nil { refuseChoice("reason", .escalateReason) }
        guard let level, let reason else { return nil }
        return Change { _ in .escalated(level, reason) }
    }

    private mutating func refuseChoice(_ field: String, _ label: Catalogue.Phrase) {
        draft.refuse(field, wording(.errorChoiceMissing, ["field": wording(label)]))
    }
}

extension Occasion {
    /// The question that a form is about, if it is one of the ticket's.
    fileprivate func asked(_ question: EntryID?) throws -> EntryID {
        guard let question else { throw Refusal(reason: .isNotAsked, state: ticket.state, event: .inquiryAnswered) }
        return question
    }
}
