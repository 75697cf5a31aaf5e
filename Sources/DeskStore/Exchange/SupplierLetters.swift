public import Desk
public import Foundation
import Jobs
public import Moments
public import Postgres

/// What a letter carries to a supplier.
public struct OwedExchange: Hashable, Sendable {
    /// The identity of the exchange.
    public let id: UUID
    /// The supplier's name, and where it reads mail.
    public let name: String
    public let address: String
    /// The tag of the language in which it reads.
    public let language: String
    /// The message in the bytes in which it was fixed: what may leave, and nothing else.
    public let body: String
}

extension DeskStore {
    /// Has a message to a supplier go out by mail, in the transaction that counts it as handed over.
    ///
    /// - Parameter site: the code of the site whose lane sends it, if it is one of a site.
    public func oweLetter(
        _ message: PendingMessage, of bond: BondView, to supplier: Supplier, reading terms: Supplier.Email,
        from site: String?, using transaction: borrowing Transaction
    ) async throws {
        let address = message.mark.flatMap { supplier.contract?.step(at: $0.percent)?.address } ?? terms.address
        let contact = try await transaction.first(
            "select supplier_contact(\(address), \(supplier.name), \(terms.language), \(now))", as: Int64.self)
        let letter = try await transaction.newKey(of: "letter")
        try await transaction.run(
            """
            insert into letter (id, uuid, ticket, entry, kind, audience, subject, written_at)
            values (\(letter), \(UUID()), \(bond.ticket), null, \(Letter.message), 'supplier', \(contact), \(now))
            """)
        try await transaction.run("update supplier_message set letter = \(letter) where id = \(message.id)")
        try await transaction.enqueue(SendLetter(letter: letter), site: site)
    }

    /// What a letter to a supplier carries; nil where the supplier is no longer there, or reads no mail any more.
    func exchange(
        of letter: Int64, in directory: Directory, using transaction: borrowing Transaction
    ) async throws -> OwedExchange? {
        let found = try await transaction.first(
            """
            select s.uuid, s.supplier, m.body, m.percent from supplier_message m join supplier_ticket s on s.id = m.supplier_ticket
            where m.letter = \(letter)
            """, as: (UUID, SupplierID, String?, Int?).self)
        guard let (id, supplier, body, percent) = found, let body, let supplier = directory.supplier(supplier),
            case .email(let terms) = supplier.connector
        else { return nil }
        let address = percent.flatMap { supplier.contract?.step(at: $0)?.address } ?? terms.address
        return OwedExchange(id: id, name: supplier.name, address: address, language: terms.language, body: body)
    }

    /// Notes on a message to a supplier that the mail with it did not arrive, and has those told who answer for the
    /// ticket.
    ///
    /// - Returns: whether the letter carries such a message.
    func noteReturn(
        ofMessageIn letter: Int64, using transaction: borrowing Transaction
    ) async throws -> Bool {
        let found = try await transaction.first(
            """
            select m.id, s.supplier, s.ticket, coalesce(
                (select i.reason from inbound_mail i where i.letter = m.letter and i.kind = 'bounce'
                    order by i.id desc limit 1),
                (select d.refused from delivery d where d.letter = m.letter and d.refused is not null limit 1))
            from supplier_message m join supplier_ticket s on s.id = m.supplier_ticket where m.letter = \(letter)
            """, as: (Int64, SupplierID, TicketID, String?).self)
        guard let (message, supplier, ticket, reason) = found else { return false }
        try await transaction.markFailed(message, because: "the mail did not arrive: \(reason ?? "no reason is known")")
        do {
            let recording = Recording(by: .program, cause: "a mail that did not arrive")
            try await record(on: ticket, recording, using: transaction) { _ in .supplierUnreachable(supplier) }
        } catch is Refusal {
            // The ticket is no longer shared with the supplier: nobody waits for the message.
        }
        return true
    }
}

extension Transaction {
    /// How long a letter to a supplier waits for those of its exchange that were written before it: a supplier reads
    /// what it is told in the order in which it was said. Nil where the letter may go.
    ///
    /// - Parameter patience: for how long a letter may not have been tried although it could; it goes to nobody.
    public borrowing func waitsForEarlier(
        _ letter: Int64, patience: Duration, at now: Moment
    ) async throws -> Duration? {
        let earlier = try await first(
            """
            select d.next_try_at from supplier_message m
            join supplier_message b on b.supplier_ticket = m.supplier_ticket and b.sequence < m.sequence
            join letter l on l.id = b.letter
            left join delivery d on d.letter = b.letter
            where m.letter = \(letter) and case when d.letter is not null then d.sent_at is null and d.refused is null
                else \(now - patience) < greatest(l.written_at, (
                    select max(coalesce(e.sent_at, e.first_tried_at + \(patience)))
                    from supplier_message a join delivery e on e.letter = a.letter
                    where a.supplier_ticket = m.supplier_ticket and a.sequence < b.sequence)) end
            order by b.sequence limit 1
            """, as: Moment?.self)
        return earlier.map { next in
            min(max(next.map { $0.duration(since: now) } ?? .zero, .seconds(1)), .seconds(3_600))
        }
    }
}

/// What the mail door knows of an exchange that a mail is about.
public struct MailedExchange: Hashable, Sendable {
    public let supplier: SupplierID
    public let ticket: TicketID
    public let number: TicketNumber
    public let subject: String
    public let theirReference: String?
    /// Whether the ticket is still shared with the supplier.
    public let isOpen: Bool
}

extension Transaction {
    /// An exchange by its identity, for a door that sees no ticket.
    public borrowing func mailedExchange(_ id: UUID) async throws -> MailedExchange? {
        try await first(
            "select supplier, ticket, number, subject, their_reference, is_open from supplier_exchange(\(id))",
            as: (SupplierID, TicketID, TicketNumber, String, String?, Bool).self
        ).map {
            MailedExchange(
                supplier: $0.0, ticket: $0.1, number: $0.2, subject: $0.3, theirReference: $0.4, isOpen: $0.5)
        }
    }
}
