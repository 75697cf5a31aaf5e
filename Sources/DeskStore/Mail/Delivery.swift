import Desk
public import Moments
public import Postgres

/// How far the sending of a letter to one person has come.
public struct Delivery: Hashable, Sendable {
    public var tries = 0
    public var firstTriedAt: Moment?
    /// When it is tried again; nil where nothing was tried or nothing is left to try.
    public var nextTryAt: Moment?
    /// Whether whoever tried last was lost before he could write down what became of it.
    public var isCutShort = false
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
            select person, tries, first_tried_at, next_try_at, is_unsure, sent_at is not null or refused is not null,
                begun_at is not null
            from delivery where letter = \(letter)
            """, as: (PersonID, Int, Moment?, Moment?, Bool, Bool, Bool).self)
        return Dictionary(
            rows.map { row in
                var delivery = Delivery()
                (delivery.tries, delivery.firstTriedAt, delivery.nextTryAt) = (row.1, row.2, row.3)
                (delivery.isUnsure, delivery.isSettled, delivery.isCutShort) = (row.4, row.5, row.6)
                return (row.0, delivery)
            }
        ) { first, _ in first }
    }

    /// Ends what was begun for those for whom the letter is no longer: who has left a position, say. What the server
    /// may have taken counts as sent, and nothing is tried again.
    public borrowing func abandonDeliveries(of letter: OwedLetter, at now: Moment) async throws {
        try await run(
            """
            update delivery set next_try_at = null, begun_at = null,
                sent_at = case when is_unsure or begun_at is not null then \(now)::timestamptz end,
                is_unsure = is_unsure or begun_at is not null,
                reply = case when begun_at is null then reply else 'nobody knows whether the server took it' end
            where letter = \(letter.id) and sent_at is null and refused is null
                and (next_try_at is not null or begun_at is not null)
                and person <> all (\(letter.recipients.map(\.id)))
            """)
    }

    /// Writes down that a letter is on its way to somebody. Where that is all that is known of it later, whoever sent
    /// it was lost in between, and the server may have it.
    public borrowing func begin(_ letter: Int64, to person: PersonRecord, at now: Moment) async throws {
        try await run(.beginning(letter, to: person, at: now))
    }

    /// Takes back that a letter is on its way to somebody: it never got as far as that.
    ///
    /// - Parameter delivery: how far it had come before.
    public borrowing func letGo(_ letter: Int64, of person: PersonRecord, _ delivery: Delivery) async throws {
        try await run(
            """
            update delivery set begun_at = null, is_unsure = is_unsure or \(delivery.isCutShort)
            where letter = \(letter) and person = \(person.id)
            """)
    }

    /// Writes down what became of a try to send a letter to one of its recipients.
    ///
    /// - Parameter following: to whom it is on its way next.
    public borrowing func note(
        _ outcome: Delivery.Outcome, of letter: Int64, for person: PersonRecord, at now: Moment,
        before following: PersonRecord? = nil
    ) async throws {
        var (sent, refused, next, reply, isUnsure): (Moment?, String?, Moment?, String?, Bool)
        (sent, refused, next, reply, isUnsure) = (nil, nil, nil, nil, false)
        switch outcome {
        case .sent: sent = now
        case .sentPerhaps(let reason): (sent, reply, isUnsure) = (now, reason, true)
        case .refused(let reason): refused = reason
        case .later(let moment, let reason, let unsure): (next, reply, isUnsure) = (moment, reason, unsure)
        }
        let noting: SQL = """
            insert into delivery as d (letter, person, address, tries, first_tried_at, sent_at, refused, next_try_at,
                reply, is_unsure)
            values (\(letter), \(person.id), \(person.address), 1, \(now), \(sent), \(refused), \(next), \(reply),
                \(isUnsure))
            on conflict (letter, person) do update set address = excluded.address, tries = d.tries + 1,
                first_tried_at = coalesce(d.first_tried_at, excluded.first_tried_at),
                sent_at = excluded.sent_at, refused = excluded.refused, next_try_at = excluded.next_try_at,
                reply = excluded.reply, is_unsure = excluded.is_unsure, begun_at = null
            """
        _ = try await pipeline([noting] + (following.map { [.beginning(letter, to: $0, at: now)] } ?? []))
    }
}

extension SQL {
    fileprivate static func beginning(_ letter: Int64, to person: PersonRecord, at now: Moment) -> SQL {
        """
        insert into delivery (letter, person, address, begun_at)
        values (\(letter), \(person.id), \(person.address), \(now))
        on conflict (letter, person) do update set begun_at = excluded.begun_at
        """
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
