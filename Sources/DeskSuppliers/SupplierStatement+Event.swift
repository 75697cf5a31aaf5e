public import Desk

extension SupplierStatement.Content {
    /// What it does to a ticket.
    ///
    /// - Parameter note: the entry that holds the supplier's words; there is one wherever there are words.
    public func event(on ticket: Ticket, of supplier: SupplierID, note: EntryID?) -> Ticket.Event {
        let answer = ticket.inquiry(to: supplier).flatMap { event(answering: $0, note: note) }
        return answer ?? event(of: supplier, note: note)
    }

    /// What the statement does to a ticket about which the supplier was only asked; nil where it settles nothing.
    private func event(answering inquiry: Inquiry, note: EntryID?) -> Ticket.Event? {
        switch (self, note) {
        case (.noted, let note?), (.asked, let note?), (.resolved, let note?), (.returned, let note?),
            (.stated, let note?):
            .inquiryAnswered(question: inquiry.question, answer: note)
        case (.resolved, nil), (.returned, nil): .inquiryWithdrawn(question: inquiry.question)
        case (.acknowledged, _), (.noted, nil), (.asked, nil), (.stated, nil): nil
        }
    }

    private func event(of supplier: SupplierID, note: EntryID?) -> Ticket.Event {
        switch (self, note) {
        case (.acknowledged(let reference), _): .supplierAcknowledged(supplier, reference: reference)
        case (.noted, let note?), (.stated, let note?): .supplierNoted(supplier, note: note)
        case (.asked, let note?): .supplierAsked(supplier, note: note)
        case (.resolved, let note): .supplierResolved(supplier, note: note)
        case (.returned, let note): .supplierReturned(supplier, note: note)
        case (.noted, nil), (.asked, nil), (.stated, nil):
            preconditionFailure("a statement with words is recorded with its words")
        }
    }
}
