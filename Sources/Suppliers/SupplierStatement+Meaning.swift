import Catalogue
import Desk
import DeskStore
import DeskSuppliers

/// What a statement comes to, once the supplier's words have been looked up.
enum Meaning: Hashable, Sendable {
    case nothing
    /// The supplier is so far; the ticket itself is as it was.
    case progress(SupplierState)
    /// Something happens to the ticket, with these words; the exchange may move beside.
    case said(SupplierStatement.Content, words: String?, SupplierState?)
}

extension SupplierStatement {
    /// What the statement means under a supplier's mapping. A word for a state that nobody has mapped changes no state:
    /// those who answer for the ticket get a note that says so.
    func meaning(for mapping: Supplier.Mapping, in bond: BondView, _ wording: Wording) -> Meaning {
        guard case .stated(let word, let text) = content else { return .said(content, words: self.text, nil) }
        if mapping.owned.contains(.state) { return Self.note(text) }
        guard let state = mapping.state(word) else {
            if bond.theirState == word { return Self.note(text) }
            let told = wording(.supplierStateUnknown, ["state": word])
            return Self.note([told, text].compactMap { $0 }.joined(separator: "\n\n"))
        }
        if state == bond.state { return Self.note(text) }
        switch state {
        case .sent, .acknowledged, .inProgress: return Self.note(text, state)
        case .waitingForUs:
            let words = text ?? wording(.supplierStateWaits, ["state": word])
            return .said(.asked(words), words: words, nil)
        case .resolved: return .said(.resolved(text), words: text, nil)
        case .rejected, .withdrawn: return .said(.returned(text), words: text, nil)
        }
    }

    private static func note(_ text: String?, _ state: SupplierState? = nil) -> Meaning {
        if let text { return .said(.noted(text), words: text, state) }
        return state.map { .progress($0) } ?? .nothing
    }
}

extension SupplierStatement.Content {
    var isQuestion: Bool { if case .asked = self { true } else { false } }

    /// What it does to a ticket about which the supplier was only asked; nil where it settles nothing.
    func event(answering inquiry: Inquiry, note: EntryID?) -> Ticket.Event? {
        switch (self, note) {
        case (.noted, let note?), (.asked, let note?), (.resolved, let note?), (.returned, let note?):
            .inquiryAnswered(question: inquiry.question, answer: note)
        case (.resolved, nil), (.returned, nil): .inquiryWithdrawn(question: inquiry.question)
        case (.acknowledged, _), (.noted, nil), (.asked, nil), (.stated, _): nil
        }
    }

    /// What it does to the ticket.
    ///
    /// - Parameter note: the entry that holds the supplier's words; there is one wherever there are words.
    func event(of supplier: SupplierID, note: EntryID?) -> Ticket.Event {
        switch (self, note) {
        case (.acknowledged(let reference), _): .supplierAcknowledged(supplier, reference: reference)
        case (.noted, let note?): .supplierNoted(supplier, note: note)
        case (.asked, let note?): .supplierAsked(supplier, note: note)
        case (.resolved, let note): .supplierResolved(supplier, note: note)
        case (.returned, let note): .supplierReturned(supplier, note: note)
        case (.noted, nil), (.asked, nil), (.stated, _):
            preconditionFailure("words are recorded with their note, and a state by what it means")
        }
    }
}
