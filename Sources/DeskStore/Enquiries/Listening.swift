public import Desk
public import Postgres

extension DeskStore {
    /// An enquiry that has a ticket came in once more. Where it came to the desk of a site that does not see the ticket
    /// yet, that desk is told, and sees it from here on.
    ///
    /// - Parameter note: what it says that it did not say before; nil where it says the same.
    /// - Returns: the ticket in which it goes on.
    /// - Throws: `NoSuchTicket`, `Refusal`, `DatabaseError`.
    public func hearAgain(
        _ known: KnownEnquiry, at site: SiteID, saying note: Note? = nil, cause: String? = nil,
        using transaction: borrowing Transaction
    ) async throws -> TicketRecord {
        try await transaction.see(as: known.requester)
        guard let addressed = try await transaction.hold(known.ticket) else {
            throw NoSuchTicket(number: "#\(known.ticket)")
        }
        let record: TicketRecord
        if let note {
            record = try await hear(
                note, from: known.requester, about: addressed.ticket.number, cause: cause, using: transaction
            ).record
        } else {
            record = try await transaction.living(addressed)
        }
        return try await listen(to: record, at: site, cause: cause, using: transaction)
    }

    /// The desk of a site got the same enquiry as the one that has received the ticket: it is told, and sees the ticket
    /// from here on.
    ///
    /// - Parameter record: the ticket, as these eyes see it.
    public func listen(
        to record: TicketRecord, at site: SiteID, cause: String? = nil, using transaction: borrowing Transaction
    ) async throws -> TicketRecord {
        let ticket = record.ticket
        // Nobody needs to hear of what has ended.
        if ticket.hasEnded || ticket.origin == site || ticket.ties.listeners.contains(site) { return record }
        let position = try await directory(using: transaction).intake(of: site).position
        let recording = Recording(by: .person(ticket.requester), cause: cause)
        return try await self.record(on: ticket.id, recording, using: transaction) { _ in
            .listenerAdded(site, position)
        }
    }
}

extension Transaction {
    /// Sees from here on what the requester of a known enquiry sees.
    public borrowing func see(with known: KnownEnquiry) async throws { try await see(as: known.requester) }

    /// What the requester of a ticket has said in it himself, the newest words first.
    public borrowing func words(ofRequesterIn ticket: TicketID) async throws -> [String] {
        try await all(
            """
            select e.text from entry e join ticket t on t.id = e.ticket
            where e.ticket = \(ticket) and e.author = t.requester order by e.id desc limit 20
            """, as: String.self)
    }

    /// The SHA-256 of each file that came with a ticket.
    public borrowing func digests(ofFilesIn ticket: TicketID) async throws -> Set<[UInt8]> {
        Set(try await all("select sha256 from attachment where ticket = \(ticket)", as: [UInt8].self))
    }

    /// The key of a ticket; nil where these eyes see none.
    public borrowing func key(of number: TicketNumber) async throws -> TicketID? {
        try await first("select id from ticket where number = \(number)", as: TicketID.self)
    }
}
