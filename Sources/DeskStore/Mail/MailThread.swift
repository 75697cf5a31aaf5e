public import Desk
public import Postgres

extension Transaction {
    /// The ticket that a mail goes on with, by the identifiers of the mails that it answers, the nearest first, or by
    /// the numbers in its subject; nil where there is none. Whether its author may go on with it is for the asker.
    public borrowing func thread(
        answering messages: [String], naming numbers: [TicketNumber]
    ) async throws -> (ticket: TicketNumber, requester: PersonID)? {
        guard !messages.isEmpty || !numbers.isEmpty else { return nil }
        let names = numbers.map(\.description)
        return try await first(
            "select number, requester from mail_thread(\(messages), \(names))", as: (TicketNumber, PersonID).self
        ).map { (ticket: $0.0, requester: $0.1) }
    }

    /// The key of a ticket that somebody claims to go on with, for a door that does not see it.
    public borrowing func claimed(_ number: TicketNumber) async throws -> TicketID? {
        try await first("select id from mail_thread('{}', \([number.description]))", as: TicketID.self)
    }

    /// Whether somebody follows a ticket, for a door that does not see it.
    public borrowing func follows(_ ticket: TicketNumber, by person: PersonID) async throws -> Bool {
        try await first("select follows(\(ticket), \(person))", as: Bool.self) ?? false
    }
}

extension DeskStore {
    /// Adds what somebody of the desk, or who follows the ticket, writes about it: a note that the desk alone reads,
    /// since a mail does not say whom it is meant for. In the ticket itself, or in the one with which it was merged.
    ///
    /// - Throws: `NoSuchTicket`, `Refusal`, `DatabaseError`.
    public func note(
        _ note: Note, by person: PersonID, about number: TicketNumber, cause: String? = nil,
        using transaction: borrowing Transaction
    ) async throws -> TicketRecord {
        guard let addressed = try await transaction.hold(number) else {
            throw NoSuchTicket(number: number.description)
        }
        let living = try await transaction.living(addressed)
        var note = note
        note.visibility = .internal
        let recording = Recording(by: .person(person), note: note, cause: cause)
        return try await record(on: living.ticket.id, recording, using: transaction) { occasion in
            guard let entry = occasion.entry else { throw NoSuchTicket(number: number.description) }
            return .noteAdded(entry)
        }
    }

    /// Notes that a ticket claims to go on with another one, for somebody to look at: whoever asked for it is told
    /// nothing of the other, and the other is not touched.
    public func note(
        _ claim: TicketID, goesOnWith other: TicketID, using transaction: borrowing Transaction
    ) async throws -> TicketRecord {
        try await record(on: claim, Recording(by: .program, cause: "claims to go on with it"), using: transaction) {
            _ in
            .linked(other, .related)
        }
    }
}
