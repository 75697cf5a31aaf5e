public import Desk
public import Foundation
import Moments
import Postgres

/// Somebody who has signed in, with what every page needs to know of him.
public struct Caller: Sendable {
    public let person: PersonRecord
    public let rights: Rights
    /// What he was told and has not read yet; nil where there is nothing.
    public let unread: UnreadNotices?
}

/// The notices that wait for their reader, also those about tickets that he does not see any more.
public struct UnreadNotices: Sendable {
    /// At ``most`` it means "or more".
    public let count: Int
    /// The key of the newest.
    public let newest: Int64

    /// So many are counted and no more: nobody reads a larger number, and every page counts.
    public static let most = 100
}

extension DeskStore {
    /// Whoever has the session with a token's digest, and the organisation in force, in one round trip. The session is
    /// marked as seen at most once a minute.
    ///
    /// - Returns: nobody where there is no such session, or where it has ended; no directory before an organisation is
    ///   applied.
    public func caller(session digest: [UInt8]?) async throws -> (caller: Caller?, directory: Directory?) {
        let now = now
        var batch = Batch()
        let version = batch.first(.newestOrganisation, as: Int64.self)
        guard let digest else {
            guard let version = try await ask(batch)[version] else { return (nil, nil) }
            return (nil, try await directory(version: version))
        }
        batch.run(
            """
            update session set seen_at = \(now) where digest = \(digest) and seen_at < \(now - .seconds(60))
                and (\(.live(session: digest, at: now))) is not null
            """)
        let person: SQL = .live(session: digest, at: now)
        let record = batch.first(.person("(\(person))"))
        let rights = RightsQuestions(of: "(\(person))", at: now, in: &batch)
        batch.run("select set_config('meridian.requester', coalesce((\(person))::text, ''), true)")
        let unread = batch.first(
            """
            select count(*), max(id) from (
                select id from notice where person = (\(person)) and read_at is null
                order by id desc limit \(UnreadNotices.most)) u
            """, as: (Int, Int64?).self
        ).map { found in
            found.flatMap { count, newest in newest.map { UnreadNotices(count: count, newest: $0) } }
        }
        let answers = try await ask(batch)
        var directory: Directory?
        if let version = try answers[version] { directory = try await self.directory(version: version) }
        guard let record = try answers[record] else { return (nil, directory) }
        let caller = Caller(
            person: record, rights: try rights.rights(of: record.id, answers, in: directory),
            unread: try answers[unread])
        return (caller, directory)
    }
}

extension DeskStore {
    /// Whoever holds the link to a conversation: its ticket, who asked, and the organisation in force, in one round
    /// trip.
    public func holder(
        of conversation: UUID
    ) async throws -> (ticket: TicketNumber, person: PersonRecord, directory: Directory?)? {
        let requester: SQL = "(select c.requester from conversation(\(conversation)) c limit 1)"
        var batch = Batch()
        let number = batch.first("select number from conversation(\(conversation)) limit 1", as: TicketNumber.self)
        let person = batch.first(.person(requester))
        let version = batch.first(.newestOrganisation, as: Int64.self)
        let answers = try await ask(batch)
        guard let number = try answers[number], let person = try answers[person] else { return nil }
        guard let version = try answers[version] else { return (number, person, nil) }
        return (number, person, try await directory(version: version))
    }
}

extension SQL {
    /// The person whose live session has a digest, as a subquery.
    fileprivate static func live(session digest: [UInt8], at now: Moment) -> SQL {
        """
        select s.person from session s where s.digest = \(digest) and s.expires_at > \(now)
            and s.seen_at > \(now - DeskStore.sessionIdle)
        """
    }
}
