public import Desk
public import Foundation
import Moments
public import Postgres

/// The entries that were chosen for a ticket of their own do not make one.
public enum UnfitSplit: Error, Equatable, CustomStringConvertible {
    /// An entry is not of this ticket, or is named twice.
    case strangeEntry(UUID)
    /// The requester could read none of them.
    case nothingPublic

    public var description: String {
        switch self {
        case .strangeEntry(let id): "The entry \(id.uuidString.lowercased()) is not one of this ticket, or named twice."
        case .nothingPublic: "Choose at least one entry that the requester can read; it opens the other ticket."
        }
    }
}

extension DeskStore {
    /// Makes a ticket of its own from some entries of another, from the same requester and at the desk that has the
    /// first one. The entries are copied with their files: what was written stays where it was written.
    ///
    /// - Returns: the ticket that was made.
    /// - Throws: `NoSuchTicket`, `TicketChanged`, `UnfitSplit`, `Refusal` and `DatabaseError`.
    public func split(
        _ number: TicketNumber, entries ids: [UUID], subject: String, _ recording: Recording,
        using transaction: borrowing Transaction
    ) async throws -> TicketRecord {
        guard let held = try await transaction.hold(number) else {
            throw NoSuchTicket(number: number.description)
        }
        let source = held.ticket
        if source.ties.mergedInto != nil { throw Refusal(reason: .isMerged, state: source.state, event: .split) }
        let entries = try await transaction.entries(of: source.id, including: true)
        let chosen = entries.filter { ids.contains($0.uuid) }
        for (place, id) in ids.enumerated()
        where ids[..<place].contains(id) || !chosen.contains(where: { $0.uuid == id }) {
            throw UnfitSplit.strangeEntry(id)
        }
        guard let first = chosen.first(where: { $0.visibility == .public }),
            let requester = try await transaction.first(.person(source.requester))
        else { throw UnfitSplit.nothingPublic }
        let kind = source.classification
        let submission = Submission(
            from: Contact(address: requester.address, name: requester.name, language: source.language),
            subject: subject, text: first.text, channel: source.channel, site: source.origin, kind: kind.kind,
            category: kind.category, impact: kind.impact, urgency: kind.urgency)
        var place = source.responsibility
        place.person = nil
        let part = try await accept(
            submission, keptBy: place, by: recording.actor, cause: recording.cause, using: transaction)
        try await transaction.copy(chosen.filter { $0.id != first.id }, to: part.ticket.id)
        if let opening = try await transaction.firstEntry(of: part.ticket.id) {
            try await transaction.copy(filesOf: first.id, to: opening, of: part.ticket.id)
        }
        let linking = Recording(by: recording.actor, cause: recording.cause)
        let linked = try await record(on: part.ticket.id, linking, using: transaction) { _ in
            .linked(source.id, .splitFrom)
        }
        try await record(on: source.id, recording, using: transaction) { _ in .split(into: part.ticket.id) }
        return linked
    }
}

extension Transaction {
    fileprivate borrowing func copy(_ entries: [EntryView], to ticket: TicketID) async throws {
        for entry in entries { _ = try await copy(entry, to: ticket, as: entry.visibility) }
    }

    /// Copies an entry with its files to another ticket, and returns the key of the copy.
    borrowing func copy(_ entry: EntryView, to ticket: TicketID, as visibility: Visibility) async throws -> EntryID {
        let id = EntryID(try await newKey(of: "entry"))
        try await run(
            """
            insert into entry (id, uuid, ticket, at, author, author_supplier, kind, visibility, channel, subject,
                text, html, folds, translations)
            select \(id), \(UUID()), \(ticket), e.at, e.author, e.author_supplier, e.kind, \(visibility), e.channel,
                e.subject, e.text, e.html, e.folds, e.translations
            from entry e where e.id = \(entry.id)
            """)
        try await copy(filesOf: entry.id, to: id, of: ticket)
        return id
    }

    fileprivate borrowing func copy(filesOf entry: EntryID, to other: EntryID, of ticket: TicketID) async throws {
        try await run(
            """
            insert into attachment (id, ticket, entry, name, type, size, sha256, content_id)
            select gen_random_uuid(), \(ticket), \(other), a.name, a.type, a.size, a.sha256, a.content_id
            from attachment a where a.entry = \(entry)
                and a.ticket = (select e.ticket from entry e where e.id = \(entry))
            """)
    }

    fileprivate borrowing func firstEntry(of ticket: TicketID) async throws -> EntryID? {
        try await first("select id from entry where ticket = \(ticket) order by id limit 1", as: EntryID.self)
    }
}
