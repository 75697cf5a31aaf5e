import Desk
public import Moments
public import Postgres

extension DeskStore {
    /// For how long whoever has a ticket is told once only that letters about it do not arrive. The page of the ticket
    /// lists them all; one letter to hundreds may come back from many.
    private static let quietAfterReturn = Duration.seconds(3600)

    /// Tells whoever answers for a ticket that a letter about it did not arrive. Of what was for the desk itself nobody
    /// is told: that would be a letter too.
    ///
    /// - Parameter letter: its key.
    public func tellOfReturn(
        of letter: Int64, at now: Moment, using transaction: borrowing Transaction
    ) async throws {
        if try await noteReturn(ofMessageIn: letter, using: transaction) { return }
        let found = try await transaction.first(
            "select kind, ticket from letter where id = \(letter)", as: (Letter, TicketID).self)
        guard let (kind, id) = found, kind.isForRequester, let ticket = try await transaction.glimpse(of: id)?.ticket,
            try await !transaction.wasTold(ofReturnsAbout: id, since: now - Self.quietAfterReturn)
        else { return }
        let directory = try await directory(using: transaction)
        // An instant of its own: nobody is told twice of one, and events of this moment have theirs.
        let moment = max(now, ticket.updatedAt) + .milliseconds(1)
        let word = OwedWord(
            .undelivered, to: ticket.caretaker, about: ticket, entry: nil,
            sent: directory.code(of: ticket.responsibility.place.site), at: moment)
        try transaction.owe([word], as: [try await transaction.newKey(of: "letter")])
    }

    /// The same of a letter that a report is about.
    public func tellOfReturn(
        of letter: SentLetter, at now: Moment, using transaction: borrowing Transaction
    ) async throws {
        try await tellOfReturn(of: letter.id, at: now, using: transaction)
    }
}

extension Transaction {
    /// Several letters about one ticket may come back at once: whoever asks first tells, and the others see that.
    fileprivate borrowing func wasTold(ofReturnsAbout ticket: TicketID, since start: Moment) async throws -> Bool {
        try await run("select pg_advisory_xact_lock(hashtextextended('meridian.returned', \(ticket)))")
        return try await first(
            """
            select exists (select from letter
                where ticket = \(ticket) and kind = \(Letter.undelivered) and written_at > \(start))
            """, as: Bool.self) ?? false
    }
}
