public import Desk
import Moments
public import Postgres

/// Where the words of a requester came to stand.
public struct Heard: Sendable {
    public let record: TicketRecord
    /// Whether a follow-up was opened for them, because the ticket has been closed for too long.
    public let isFollowUp: Bool
}

extension DeskStore {
    /// Records what a requester writes about a ticket where it belongs: in the ticket itself, in the one with which it
    /// was merged, or in a follow-up of one that has been closed for longer than the organisation reopens tickets.
    ///
    /// - Parameter isAcknowledged: whether the requester is told of a follow-up.
    /// - Throws: `NoSuchTicket`, `Refusal`, `DatabaseError`.
    public func hear(
        _ note: Note, from person: PersonID, about number: TicketNumber, cause: String? = nil,
        isAcknowledged: Bool = true, using transaction: borrowing Transaction
    ) async throws -> Heard {
        guard let addressed = try await transaction.hold(number) else {
            throw NoSuchTicket(number: number.description)
        }
        let living = try await transaction.living(addressed)
        let days = try await directory(using: transaction).organisation.process.reopensWithinDays
        if let days, let closed = living.ticket.times.closed, now > closed + .seconds(days * 86_400) {
            var submission = try await submission(after: living, note, from: person, using: transaction)
            submission.isAcknowledged = isAcknowledged
            let opened = try await accept(submission, cause: cause, using: transaction)
            let record = try await record(
                on: opened.ticket.id, Recording(by: .program, cause: "closed too long ago"), using: transaction
            ) { _ in .linked(living.ticket.id, .followUp) }
            return Heard(record: record, isFollowUp: true)
        }
        var note = note
        // The requester of the one ticket is not to read what that of another one wrote.
        if living.ticket.requester != person { note.visibility = .internal }
        let recording = Recording(by: .person(person), note: note, cause: cause)
        let record = try await record(on: living.ticket.id, recording, using: transaction) { occasion in
            guard let entry = occasion.entry else { throw NoSuchTicket(number: number.description) }
            return .requesterReplied(entry)
        }
        return Heard(record: record, isFollowUp: false)
    }

    /// The same in a transaction of its own.
    public func hear(
        _ note: Note, from person: PersonID, about number: TicketNumber, seeing sight: Sight, cause: String? = nil
    ) async throws -> Heard {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await hear(note, from: person, about: number, cause: cause, using: transaction)
        }
    }

    /// The request for a ticket that goes on where another one ended.
    private func submission(
        after ended: TicketRecord, _ note: Note, from person: PersonID, using transaction: borrowing Transaction
    ) async throws -> Submission {
        guard let author = try await transaction.first(.person(person)) else {
            throw NoSuchTicket(number: ended.ticket.number.description)
        }
        var submission = Submission(
            from: Contact(address: author.address, name: author.name, language: author.language),
            subject: ended.subject, text: note.text, channel: note.channel, site: ended.ticket.origin,
            kind: ended.ticket.classification.kind, category: ended.ticket.classification.category,
            uploads: note.uploads)
        (submission.folds, submission.html) = (note.folds, note.html)
        return submission
    }
}

extension Transaction {
    /// The ticket in which a ticket goes on, held against other changes, and seen from here on to the end of the
    /// transaction; itself where it was not merged.
    borrowing func living(_ record: TicketRecord) async throws -> TicketRecord {
        guard record.ticket.ties.mergedInto != nil else { return record }
        let next = try await first(
            "select id, requester from goes_on_in(\(record.ticket.id))", as: (TicketID, PersonID).self)
        guard let (id, requester) = next else { return record }
        try await see(as: requester)
        return try await ticket(id) ?? record
    }
}
