public import Desk
public import Foundation
import Moments
public import Postgres

extension DeskStore {
    /// Declares a ticket a major incident, if it is none yet, and announces it at a site, or at all of them.
    ///
    /// - Throws: `NoSuchTicket`, `TicketChanged`, `Refusal` (also where it is announced there already) and
    ///   `DatabaseError`.
    public func announce(
        _ number: TicketNumber, at site: SiteID?, _ words: [String: Announcement.Words], _ recording: Recording,
        using transaction: borrowing Transaction
    ) async throws {
        guard let held = try await transaction.hold(number) else {
            throw NoSuchTicket(number: number.description)
        }
        let ticket = held.ticket
        // Nothing would end what is told of a ticket that has ended.
        if ticket.hasEnded {
            throw Refusal(
                reason: ticket.state == .closed ? .isClosed : .isResolved, state: ticket.state, event: .declaredMajor)
        }
        if !ticket.ties.isMajor {
            try await record(on: ticket.id, recording, using: transaction) { _ in .declaredMajor }
        }
        let id = try await transaction.newKey(of: "announcement")
        let added = try await transaction.run(
            """
            insert into announcement (id, uuid, ticket, site, since)
            values (\(id), \(UUID()), \(ticket.id), \(site), \(now)) on conflict do nothing
            """)
        if added == 0 { throw Refusal(reason: .changesNothing, state: ticket.state, event: .declaredMajor) }
        try await transaction.write(words, of: id)
        try await record(on: ticket.id, recording.telling(words, in: ticket.language), using: transaction) {
            .announced(at: site, words: $0.words)
        }
    }

    /// Somebody has the trouble that is announced too: he is told when it is over, and no ticket is opened.
    ///
    /// - Returns: whether the announcement still holds.
    public func join(_ announcement: UUID, _ contact: Contact, cause: String?) async throws -> Bool {
        let now = now
        return try await transaction { (transaction: borrowing Transaction) in
            let found = try await transaction.first(
                "select ticket, requester from announced(\(announcement))", as: (TicketID, PersonID).self)
            guard let (ticket, requester) = found else { return false }
            let directory = try await directory(using: transaction)
            let person = try await transaction.person(
                at: contact.address, orKnownAs: contact.name,
                language: contact.language ?? directory.language(of: nil), homeSite: nil, now: now)
            if person.id == requester { return true }
            // Whoever joins does not see the ticket; it is changed with the eyes of whoever asked first.
            try await transaction.see(as: requester)
            let isIn: SQL = "select person from follower where ticket = \(ticket) and person = \(person.id)"
            if try await transaction.first(isIn, as: PersonID.self) != nil { return true }
            try await record(on: ticket, Recording(by: .person(person.id), cause: cause), using: transaction) { _ in
                .joined(person.id)
            }
            return true
        }
    }
}

extension Transaction {
    /// Ends what is announced about a ticket.
    borrowing func endAnnouncements(of ticket: Ticket) async throws {
        try await run(
            "update announcement set until = \(ticket.updatedAt) where ticket = \(ticket.id) and until is null")
    }

    /// How many have joined a ticket or were told to be of the same matter.
    public borrowing func followers(of ticket: TicketID) async throws -> Int {
        try await first("select count(*) from follower where ticket = \(ticket)", as: Int.self) ?? 0
    }

    /// By what those who follow a ticket know its matter: what they reported themselves.
    borrowing func reports(mergedInto ticket: TicketID) async throws -> [PersonID: OwnReport] {
        let rows = try await all(
            "select requester, number, subject from ticket where merged_into = \(ticket) order by id",
            as: (PersonID, TicketNumber, String).self)
        return Dictionary(rows.map { ($0.0, OwnReport(number: $0.1, subject: $0.2)) }) { first, _ in first }
    }

    /// What was last announced of a ticket, by language.
    borrowing func announcedTitles(of ticket: TicketID) async throws -> [String: String] {
        let rows = try await all(
            """
            select x.language, x.title from announcement_text x where x.announcement =
                (select a.id from announcement a where a.ticket = \(ticket) order by a.id desc limit 1)
            """, as: (String, String).self)
        return Dictionary(rows) { first, _ in first }
    }
}

/// What a person reported himself about a matter that goes on in the ticket of another.
public struct OwnReport: Sendable, Equatable {
    public let number: TicketNumber
    public let subject: String

    public init(number: TicketNumber, subject: String) { (self.number, self.subject) = (number, subject) }
}
