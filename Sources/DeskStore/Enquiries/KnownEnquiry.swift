public import Desk
public import Moments
public import Postgres

/// An enquiry that has been here before, with the ticket that it became.
public struct KnownEnquiry: Sendable, Equatable {
    public let ticket: TicketID
    /// Whose eyes see that ticket, where a door does not.
    public let requester: PersonID
    /// The ticket of which it was an answer.
    public let answers: TicketID?
    /// Whether the message is the same; else the words alone are.
    public let isSameMessage: Bool
    public let hasSameWords: Bool
    /// Whether it came to this very door.
    public let wasHere: Bool
}

/// The ticket that somebody has who sends the same words again.
public struct SentEnquiry: Sendable, Equatable {
    public let number: TicketNumber
    public let requester: PersonID
}

extension DeskStore {
    /// The ticket that the same words of the same author became by whichever door within `Enquiry.window`.
    public func sent(_ enquiry: Enquiry) async throws -> SentEnquiry? {
        try await transaction { (transaction: borrowing Transaction) in
            try await transaction.sent(enquiry, now: now)
        }
    }
}

extension Batch {
    /// What the enquiry became when it was here before; nil if it is new. The same message always is the same enquiry.
    /// The organisation in force stays so until the transaction is over, and the enquiry is held against others.
    public mutating func knownUnderOrganisation(_ enquiry: Enquiry, now: Moment) -> Pending<KnownEnquiry?> {
        candidates(for: enquiry, holding: ", \(.organisationHeld)", now: now).map(\.likest)
    }

    /// - Parameter other: a further lock to take.
    fileprivate mutating func candidates(
        for enquiry: Enquiry, holding other: SQL = "", now: Moment
    ) -> Pending<[KnownEnquiry]> {
        let locks = enquiry.locks
        // A statement of its own: the next one sees what was committed while this one waited.
        run("select pg_advisory_xact_lock(\(locks.first ?? 0)), pg_advisory_xact_lock(\(locks.last ?? 0))\(other)")
        return all(
            """
            select ticket, requester, answers, by_message, same_words, here
            from same_enquiry(\(enquiry.message), \(enquiry.content), \(enquiry.door), \(now - Enquiry.window))
            """, as: (TicketID, PersonID, TicketID?, Bool, Bool, Bool).self
        ).map { rows in
            rows.map {
                KnownEnquiry(
                    ticket: $0.0, requester: $0.1, answers: $0.2, isSameMessage: $0.3, hasSameWords: $0.4,
                    wasHere: $0.5)
            }
        }
    }
}

extension [KnownEnquiry] {
    fileprivate var likest: KnownEnquiry? { first { $0.isSameMessage || !$0.wasHere } }
}

extension Transaction {
    /// What the enquiry became when it was here before; nil if it is new. The same message always is the same enquiry.
    /// The same words are, if they come to another door than before, within `Enquiry.window`.
    ///
    /// - Parameter answered: the ticket of which it is an answer: it is known as an answer of that very ticket only, or
    ///   where it said the same before there was anything to answer, as when it came before the mail that it answers.
    public borrowing func known(
        _ enquiry: Enquiry, answering answered: TicketID? = nil, now: Moment
    ) async throws -> KnownEnquiry? {
        let known = try await candidates(for: enquiry, now: now)
        if let answered {
            let same = known.filter(\.isSameMessage)
            return same.first { $0.answers == answered } ?? same.first { $0.answers == nil && $0.hasSameWords }
        }
        return known.likest
    }

    /// The tickets that may be the same enquiry, which is held against others that come in until the transaction ends.
    private borrowing func candidates(for enquiry: Enquiry, now: Moment) async throws -> [KnownEnquiry] {
        var batch = Batch()
        let known = batch.candidates(for: enquiry, now: now)
        return try await ask(batch)[known]
    }

    /// The ticket that the same words of the same author became within `Enquiry.window`, whichever way they came; nil
    /// where they were not here. Its requester's eyes see from here on.
    public borrowing func sent(_ enquiry: Enquiry, now: Moment) async throws -> SentEnquiry? {
        guard let known = try await candidates(for: enquiry, now: now).first(where: \.hasSameWords) else { return nil }
        try await see(with: known)
        return try await first(
            "select number from ticket where id = \(known.ticket)", as: TicketNumber.self
        ).map { SentEnquiry(number: $0, requester: known.requester) }
    }

    /// Writes down by which door an enquiry came in, and what it became.
    ///
    /// - Parameter answered: the ticket of which it is an answer.
    public borrowing func keep(
        _ enquiry: Enquiry, as ticket: TicketID, answering answered: TicketID? = nil, now: Moment
    ) {
        let content = answered == nil ? enquiry.content : nil
        later(
            """
            insert into enquiry (ticket, answers, door, message, content, at)
            values (\(ticket), \(answered), \(enquiry.door), \(enquiry.message), \(content), \(now))
            """)
    }
}
