import Desk
import DeskStore
import DeskSuppliers

/// One thing that a supplier's system says of a ticket by changing it.
enum TroubleTicketWord: Hashable, Sendable {
    /// The supplier has the ticket, under a number of its own.
    case acknowledged(reference: String)
    case noted(String)
    case asked(String)
    case resolved(String)
    case returned(String)

    var text: String? {
        switch self {
        case .acknowledged: nil
        case .noted(let text), .asked(let text), .resolved(let text), .returned(let text): text
        }
    }

    /// Who reads the words: the desk's own people, or the requester too where the agreement says so. A question is for
    /// the desk.
    func visibility(by mapping: Supplier.Mapping) -> Visibility {
        if case .asked = self { .internal } else { mapping.notes }
    }

    /// What it does to the ticket. Whoever was only asked answers with whatever he writes.
    ///
    /// - Parameter note: the entry that holds the words; nil where there are none.
    func event(on ticket: Ticket, of supplier: SupplierID, note: EntryID?) -> Ticket.Event {
        switch (self, note) {
        case (.acknowledged(let reference), _): return .supplierAcknowledged(supplier, reference: reference)
        case (_, nil): preconditionFailure("words are recorded with their note")
        case (_, let note?):
            if let inquiry = ticket.inquiry(to: supplier) {
                return .inquiryAnswered(question: inquiry.question, answer: note)
            }
            return told(by: supplier, note: note)
        }
    }

    private func told(by supplier: SupplierID, note: EntryID) -> Ticket.Event {
        switch self {
        case .asked: .supplierAsked(supplier, note: note)
        case .resolved: .supplierResolved(supplier, note: note)
        case .returned: .supplierReturned(supplier, note: note)
        case .acknowledged, .noted: .supplierNoted(supplier, note: note)
        }
    }
}

extension TroubleTicketChange {
    /// What the change says, one thing after the other; what ends the exchange comes last. Files go with the last
    /// words, or with none.
    ///
    /// - Parameter mapping: what the agreement says. Where the desk alone decides how far the ticket is, a state brings
    ///   its words and nothing else.
    func words(of held: HeldTicket, by mapping: Supplier.Mapping) -> [TroubleTicketWord] {
        var said: [TroubleTicketWord] = []
        let takesOn = status.map { ![.rejected, .cancelled].contains($0) } ?? false
        // A system that gives no number of its own knows it by ours.
        let number = reference ?? held.bond.theirReference ?? held.record?.ticket.number.description
        if reference != nil || held.bond.state == .sent && takesOn, let number {
            said.append(.acknowledged(reference: number))
        }
        var texts = notes
        if let reason { texts.insert(reason, at: 0) }
        if texts.isEmpty, !files.isEmpty { texts = [""] }
        guard let last = texts.popLast() else { return said }
        let end = mapping.owned.contains(.state) ? .noted(last) : closing(last)
        return said + texts.map { .noted($0) } + [end]
    }

    private func closing(_ text: String) -> TroubleTicketWord {
        switch status {
        case .pending?: .asked(text)
        case .resolved?, .closed?: .resolved(text)
        case .rejected?, .cancelled?: .returned(text)
        case .acknowledged?, .inProgress?, .held?, .reopened?, .assessingCancellation?, nil: .noted(text)
        }
    }
}
