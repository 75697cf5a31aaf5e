public import Desk
public import Foundation
import Jobs
import Moments
public import Postgres

/// What is known when an event is chosen: the ticket as it is, held against other changes, and the organisation.
public struct Occasion: Sendable {
    public let record: TicketRecord
    public let directory: Directory
    /// The key of the note that was written with the event.
    public let entry: EntryID?
    /// The key of the article that was begun with the event.
    public let draft: ArticleID?
    /// The key of the article that the recording names.
    public let article: ArticleID?

    public var ticket: Ticket { record.ticket }
}

/// The change of a ticket that was asked for, beside its event.
public struct Recording: Sendable {
    public let actor: Ticket.Actor
    /// The revision the asker has seen; another one by now refuses the change.
    public var expecting: Int64?
    public var note: Note?
    public var subject: String?
    /// An article to be begun from what solved the ticket.
    public var draft: ArticleDraft?
    /// The published article whose words the note gives to the requester, or by which the ticket was solved.
    public var article: UUID?
    /// What caused it, for the log: a request's or a job's trace.
    public var cause: String?
    /// The rules that led to it, the first one first; nil where a person or a program acts of its own.
    var chain: [String]?

    public init(
        by actor: Ticket.Actor, expecting: Int64? = nil, note: Note? = nil, subject: String? = nil, cause: String? = nil
    ) {
        (self.actor, self.expecting, self.note) = (actor, expecting, note)
        (self.subject, self.cause) = (subject, cause)
    }
}

/// There is no such ticket, or not for these eyes: the two are not told apart.
public struct NoSuchTicket: Error, Equatable, CustomStringConvertible {
    public let number: String
    public init(number: String) { self.number = number }
    public var description: String { "There is no ticket \(number), or you may not see it." }
}

/// Somebody else changed the ticket since it was read.
public struct TicketChanged: Error, Equatable, CustomStringConvertible {
    public let revision: Int64
    public init(revision: Int64) { self.revision = revision }
    public var description: String {
        "The ticket has changed since you read it. Look at it again, then repeat the change."
    }
}

extension DeskStore {
    /// Records what happens to a ticket, with all that follows, together or not at all.
    ///
    /// - Throws: `NoSuchTicket`, `TicketChanged`, `Refusal`, whatever `event` throws, and `DatabaseError`.
    @discardableResult
    public func record(
        on number: TicketNumber, seeing sight: Sight, _ recording: Recording,
        event: @Sendable (Occasion) throws -> Ticket.Event
    ) async throws -> TicketRecord {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await record(on: number, recording, using: transaction, event: event)
        }
    }

    /// The same in a transaction that is under way, together with the receipt of a mail or an idempotency key.
    @discardableResult
    public func record(
        on number: TicketNumber, _ recording: Recording, using transaction: borrowing Transaction,
        event: @Sendable (Occasion) throws -> Ticket.Event
    ) async throws -> TicketRecord {
        guard let held = try await transaction.hold(number) else {
            throw NoSuchTicket(number: number.description)
        }
        return try await record(on: held, recording, using: transaction, event: event)
    }

    /// The same in a transaction that is under way, as in a job's handler.
    @discardableResult
    public func record(
        on id: TicketID, _ recording: Recording, using transaction: borrowing Transaction,
        event: @Sendable (Occasion) throws -> Ticket.Event
    ) async throws -> TicketRecord {
        guard let held = try await transaction.hold(id) else { throw NoSuchTicket(number: "#\(id)") }
        return try await record(on: held, recording, using: transaction, event: event)
    }

    private func record(
        on held: TicketRecord, _ recording: Recording, using transaction: borrowing Transaction,
        event choose: @Sendable (Occasion) throws -> Ticket.Event
    ) async throws -> TicketRecord {
        if let expected = recording.expecting, expected != held.ticket.revision {
            throw TicketChanged(revision: held.ticket.revision)
        }
        let directory = try await directory(using: transaction)
        let now = now
        var entry: EntryID?
        if let note = recording.note {
            entry = try await transaction.add(note, to: held.ticket.id, by: recording.actor, at: now)
        }
        var draft: ArticleID?
        if let words = recording.draft {
            draft = try await transaction.begin(words, by: recording.actor.person, at: now).id
        }
        let article = try await transaction.published(recording.article)
        let occasion = Occasion(record: held, directory: directory, entry: entry, draft: draft, article: article)
        let event = try choose(occasion).accounting(for: directory.organisation)
        try await transaction.keepArticles(of: held.ticket.id, after: event, offering: article, at: now)
        let after = try await write([event], to: held, recording, in: directory, using: transaction)
        guard case .noteAdded(let entry) = event, let note = recording.note, note.visibility == .internal else {
            return after
        }
        let people = try await people(mentionedIn: note.text, on: after.ticket, in: directory, using: transaction)
        if people.isEmpty { return after }
        let telling = Recording(by: recording.actor, cause: recording.cause)
        return try await record(on: after, telling, using: transaction) { _ in .mentioned(people, entry: entry) }
    }

    /// Writes events one after the other, with all that follows from them together.
    ///
    /// - Parameter moment: when they happened; now if nil.
    func write(
        _ events: [Ticket.Event], to held: TicketRecord, _ recording: Recording, in directory: Directory,
        at moment: Moment? = nil, using transaction: borrowing Transaction
    ) async throws -> TicketRecord {
        let now = moment ?? now
        var happening = Happening(to: held)
        for event in events { try happening.add(event, at: now, by: recording.actor) }
        transaction.append(happening.steps, by: recording.actor, cause: recording.cause)
        // It comes back to life in the hands of somebody who is not there.
        if held.ticket.hasEnded, !happening.after.hasEnded, let person = happening.after.responsibility.person,
            try await transaction.isGone(person, at: now)
        {
            try happening.add(.released, at: now, by: .program)
            transaction.append(happening.steps.suffix(1), by: .program, cause: "nobody there")
        }
        let effects = happening.steps.flatMap(\.effects)
        let after = TicketRecord(ticket: happening.after, subject: recording.subject ?? held.subject)
        transaction.save(after.ticket, subject: after.subject, over: held.ticket)
        if let last = events.last {
            try await transaction.save(inquiriesOf: after.ticket, since: held.ticket, after: last)
        }
        // What comes back to a team or an owner that the organisation no longer has must not stay there.
        if held.ticket.hasEnded, !after.ticket.hasEnded, try directory.isStranded(after.ticket) {
            try transaction.enqueueLater(RehomeTickets())
        }
        let performer = EffectPerformer(ticket: after.ticket, directory: directory, keys: keys)
        try await performer.perform(effects, on: transaction)
        transaction.keepBonds(of: after.ticket, over: held.ticket, after: events)
        try transaction.leaveAutomation(
            of: events, from: held.ticket, to: after.ticket, by: recording.actor, chain: recording.chain,
            in: directory)
        performer.settleAccess(effects, on: transaction)
        return after
    }
}
