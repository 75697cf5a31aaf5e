import Desk
public import Moments
public import Postgres

/// How far the sending of a letter to one person has come.
public struct Delivery: Hashable, Sendable {
    public var tries = 0
    public var firstTriedAt: Moment?
    /// When it is tried again; nil where nothing was tried or nothing is left to try.
    public var nextTryAt: Moment?
    /// Whether the server may have it, without having said so.
    public var isUnsure = false
    /// Whether the person has it, or never will.
    public var isSettled = false

    public init() {}

    /// What became of a try.
    public enum Outcome: Hashable, Sendable {
        case sent
        /// Nobody will ever know; it was tried as often as is good.
        case sentPerhaps(because: String)
        /// It will never go to this person.
        case refused(String)
        case later(Moment, because: String, isUnsure: Bool)
    }
}

extension Transaction {
    borrowing func deliveries(of letter: Int64) async throws -> [PersonID: Delivery] {
        let rows = try await all(
            """
            select person, tries, first_tried_at, next_try_at, is_unsure, sent_at is not null or refused is not null
            from delivery where letter = \(letter)
            """, as: (PersonID, Int, Moment?, Moment?, Bool, Bool).self)
        return Dictionary(
            rows.map { row in
                var delivery = Delivery()
                (delivery.tries, delivery.firstTriedAt, delivery.nextTryAt) = (row.1, row.2, row.3)
                (delivery.isUnsure, delivery.isSettled) = (row.4, row.5)
                return (row.0, delivery)
            }
        ) { first, _ in first }
    }

    /// Ends what was begun for those for whom the letter is no longer: who has left a position, say. What the server
    /// may have taken counts as sent, and nothing is tried again.
    public borrowing func abandonDeliveries(of letter: OwedLetter, at now: Moment) async throws {
        try await run(
            """
            update delivery set next_try_at = null, sent_at = case when is_unsure then \(now)::timestamptz end
            where letter = \(letter.id) and sent_at is null and refused is null and next_try_at is not null
                and person <> all (\(letter.recipients.map(\.id)))
            """)
    }

    /// Writes down what became of a try to send a letter to one of its recipients.
    public borrowing func note(
        _ outcome: Delivery.Outcome, of letter: Int64, for person: PersonRecord, at now: Moment
    ) async throws {
        var (sent, refused, next, reply, isUnsure): (Moment?, String?, Moment?, String?, Bool)
        (sent, refused, next, reply, isUnsure) = (nil, nil, nil, nil, false)
        switch outcome {
        case .sent: sent = now
        case .sentPerhaps(let reason): (sent, reply, isUnsure) = (now, reason, true)
        case .refused(let reason): refused = reason
        case .later(let moment, let reason, let unsure): (next, reply, isUnsure) = (moment, reason, unsure)
        }
        try await run(
            """
            insert into delivery as d (letter, person, address, tries, first_tried_at, sent_at, refused, next_try_at,
                reply, is_unsure)
            values (\(letter), \(person.id), \(person.address), 1, \(now), \(sent), \(refused), \(next), \(reply),
                \(isUnsure))
            on conflict (letter, person) do update set address = excluded.address, tries = d.tries + 1,
                sent_at = excluded.sent_at, refused = excluded.refused, next_try_at = excluded.next_try_at,
                reply = excluded.reply, is_unsure = excluded.is_unsure
            """)
    }
}

extension DeskStore {
    /// The mails that the server for outgoing mail refused for now: how many are tried again, since when the oldest is
    /// tried, and what was said of it; nil if there are none.
    public func deliveriesPutOff() async throws -> (count: Int, since: Moment, reply: String)? {
        let found = try await database.first(
            """
            select count(*), min(first_tried_at), min(reply) from (
                select first_tried_at, reply from delivery where next_try_at is not null
                order by next_try_at limit 1000) waiting
            """, as: (Int, Moment?, String?).self)
        guard let (count, since, reply) = found, let since else { return nil }
        return (count, since, reply ?? "")
    }
}
