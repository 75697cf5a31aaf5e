public import Desk
import Moments
import Postgres

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

    public func endSession(digest: [UInt8]) async throws {
        try await database.run("delete from session where digest = \(digest)")
    }

    /// Ends every session of a person: after a new password, or when the person leaves.
    public func endSessions(of person: PersonID) async throws {
        try await database.run("delete from session where person = \(person)")
    }
}
