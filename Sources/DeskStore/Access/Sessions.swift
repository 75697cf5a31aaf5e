public import Desk
public import Moments
import Postgres

/// A signed-in person, as the doors know one.
public struct Session: Sendable {
    public let person: PersonID
    public let createdAt: Moment
    public let expiresAt: Moment
}

extension DeskStore {
    /// How long a session lasts without a request, and at the most (OWASP ASVS 5.0, 7.3).
    static let sessionIdle = Duration.seconds(30 * 60)
    static let sessionLife = Duration.seconds(12 * 3600)

    /// Starts a session under the SHA-256 of its token; the token itself is never stored.
    public func startSession(digest: [UInt8], person: PersonID) async throws {
        let now = now
        try await database.run(
            """
            insert into session (digest, person, created_at, seen_at, expires_at)
            values (\(digest), \(person), \(now), \(now), \(now + Self.sessionLife))
            """)
    }

    /// The live session of a token's digest; it is marked as seen at most once a minute.
    public func session(digest: [UInt8]) async throws -> Session? {
        let now = now
        let found = try await database.first(
            """
            select person, created_at, expires_at, seen_at < \(now - .seconds(60)) from session
            where digest = \(digest) and expires_at > \(now) and seen_at > \(now - Self.sessionIdle)
            """, as: (PersonID, Moment, Moment, Bool).self)
        guard let (person, createdAt, expiresAt, isStale) = found else { return nil }
        if isStale {
            try await database.run("update session set seen_at = \(now) where digest = \(digest)")
        }
        return Session(person: person, createdAt: createdAt, expiresAt: expiresAt)
    }

    public func endSession(digest: [UInt8]) async throws {
        try await database.run("delete from session where digest = \(digest)")
    }

    /// Ends every session of a person: after a new password, or when the person leaves.
    public func endSessions(of person: PersonID) async throws {
        try await database.run("delete from session where person = \(person)")
    }
}
