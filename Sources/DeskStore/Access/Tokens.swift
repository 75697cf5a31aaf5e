public import Desk
public import Moments
import Postgres

/// A machine that may use the API: what its token allows, and where.
public struct TokenRecord: Sendable {
    public let id: Int64
    public let name: String
    public let scopes: [String]
    public let site: SiteID?
}

extension DeskStore {
    /// Writes a token down by the SHA-256 of its text; the text is shown once and kept nowhere.
    public func addToken(
        name: String, digest: [UInt8], scopes: [String], site: SiteID?, expiresAt: Moment?
    ) async throws {
        let now = now
        try await database.run(
            """
            insert into api_token (name, digest, scopes, site, created_at, expires_at)
            values (\(name), \(digest), \(scopes), \(site), \(now), \(expiresAt))
            """)
    }

    /// The token behind a digest, if it is neither revoked nor expired.
    public func token(digest: [UInt8]) async throws -> TokenRecord? {
        let now = now
        return try await database.first(
            """
            select id, name, scopes, site from api_token
            where digest = \(digest) and revoked_at is null and (expires_at is null or expires_at > \(now))
            """, as: (Int64, String, [String], SiteID?).self
        ).map { TokenRecord(id: $0, name: $1, scopes: $2, site: $3) }
    }
}
