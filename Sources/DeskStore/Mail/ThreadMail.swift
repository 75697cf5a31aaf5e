import Desk
public import Foundation
import Postgres

/// A mail that one person and the desk have exchanged about a ticket.
public enum ThreadMail: Hashable, Sendable {
    /// What the person wrote, by its Message-ID; it may have been made up, where it had none, and may hold anything.
    case received(String)
    /// A letter of ours, by its identity.
    case sent(UUID)
}

extension Transaction {
    /// The mails about a ticket to and from some people, the oldest first.
    ///
    /// - Parameter letter: the letter that is being written, which is none of them.
    borrowing func mails(
        about ticket: TicketID, with people: [PersonID], before letter: Int64
    ) async throws -> [PersonID: [ThreadMail]] {
        let keys = people.map(\.rawValue)
        let mails = try await all(
            """
            select person, message_id, letter from (
                select e.author as person, m.received_at as at, m.message_id, null::uuid as letter
                from inbound_mail m join entry e on e.id = m.entry
                where m.ticket = \(ticket) and e.author = any (\(keys))
                union all
                select d.person, d.sent_at, null, l.uuid from letter l join delivery d on d.letter = l.id
                where l.ticket = \(ticket) and l.id <> \(letter) and d.person = any (\(keys))
                    and d.sent_at is not null) mail
            order by at
            """, as: (PersonID, String?, UUID?).self)
        return Dictionary(grouping: mails, by: \.0).mapValues { mails in
            mails.compactMap { mail in mail.1.map { .received($0) } ?? mail.2.map { .sent($0) } }
        }
    }
}
