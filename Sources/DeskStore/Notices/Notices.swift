public import Desk
public import Moments
public import Postgres

extension NoticeWay: PostgresValue {}

/// Something that a person was told.
public struct NoticeView: Sendable, Equatable {
    public let id: Int64
    public let kind: Letter
    public let number: TicketNumber
    public let subject: String
    public let at: Moment
    public let isRead: Bool
}

extension NoticeView: PostgresRow {
    public static var columns: String { "n.id, l.kind, t.number, t.subject, n.at, n.read_at is not null" }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            id: try row.read(), kind: try row.read(), number: try row.read(), subject: try row.read(),
            at: try row.read(), isRead: try row.read())
    }
}

extension Transaction {
    /// Settles who is told by a letter: nobody twice of one event, whichever letters tell of it, and nobody in a way
    /// that he does not want. It may be asked again; the answer stays.
    ///
    /// - Returns: the letter for those who are to have it by mail.
    public borrowing func settleRecipients(of letter: OwedLetter, at now: Moment) async throws -> OwedLetter {
        // What a supplier is told is no notice: it is never left out for another letter of the same moment.
        if letter.exchange != nil { return letter }
        let people = letter.recipients.map(\.id)
        let chosen = try await all(
            "select person, way from notice_choice where letter = \(letter.kind) and person = any (\(people))",
            as: (PersonID, NoticeWay).self)
        let ways = Dictionary(chosen.filter { letter.kind.ways.contains($0.1) }) { first, _ in first }
        let told = people.filter { ways[$0] != .off }
        try await run(
            """
            insert into notice (ticket, at, person, letter, told_at)
            select \(letter.record.ticket.id), \(letter.writtenAt), p, \(letter.id), \(now)
            from unnest(\(told)::bigint[]) p on conflict (ticket, at, person) do nothing
            """)
        let mine = Set(
            try await all("select person from notice where letter = \(letter.id)", as: PersonID.self))
        var settled = letter
        settled.recipients = letter.recipients.filter { mine.contains($0.id) && ways[$0.id] == nil }
        return settled
    }
}

extension DeskStore {
    /// What a person was told about tickets that he still sees, the newest first, `limit` of them behind `before`.
    public func notices(of rights: Rights, before: Int64? = nil, limit: Int = 50) async throws -> [NoticeView] {
        let page: SQL = before.map { "and n.id < \($0)" } ?? ""
        return try await all(
            """
            select \(columns: NoticeView.self) from notice n
            join ticket t on t.id = n.ticket join letter l on l.id = n.letter
            where n.person = \(rights.person) \(page) order by n.id desc limit \(limit)
            """, seeing: rights.ownSight)
    }

    /// Marks what a person was told, up to a notice, as read.
    public func markRead(through last: Int64, for rights: Rights) async throws {
        let now = now
        _ = try await transaction(seeing: rights.ownSight) { (transaction: borrowing Transaction) in
            try await transaction.run(
                """
                update notice set read_at = \(now)
                where person = \(rights.person) and id <= \(last) and read_at is null
                """)
        }
    }

    /// How a person wants to be told of each kind of letter that he may choose about.
    public func noticeWays(of person: PersonID) async throws -> [Letter: NoticeWay] {
        let chosen = try await database.all(
            "select letter, way from notice_choice where person = \(person)", as: (Letter, NoticeWay).self)
        var ways: [Letter: NoticeWay] = [:]
        for letter in Letter.allCases where letter.ways.count > 1 { ways[letter] = .mail }
        for (letter, way) in chosen where letter.ways.contains(way) { ways[letter] = way }
        return ways
    }

    /// Keeps how a person wants to be told; what a letter does not allow is left as it was.
    public func choose(_ ways: [Letter: NoticeWay], for person: PersonID) async throws {
        try await transaction { (transaction: borrowing Transaction) in
            for (letter, way) in ways where letter.ways.contains(way) {
                if way == .mail {
                    try await transaction.run(
                        "delete from notice_choice where person = \(person) and letter = \(letter)")
                } else {
                    try await transaction.run(
                        """
                        insert into notice_choice (person, letter, way) values (\(person), \(letter), \(way))
                        on conflict (person, letter) do update set way = excluded.way
                        """)
                }
            }
        }
    }
}
