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

/// A token as an operator sees it: all but what opens the door.
public struct KnownToken: Sendable {
    public let id: Int64
    public let name: String
    public let scopes: [String]
    /// The one site that it is for; nil for all.
    public let site: SiteID?
    public let createdAt: Moment
    public let expiresAt: Moment?
    public let revokedAt: Moment?
}

extension DeskStore {
    /// Every token there has been, the newest first.
    public func tokens() async throws -> [KnownToken] {
        try await database.all(
            "select id, name, scopes, site, created_at, expires_at, revoked_at from api_token order by id desc",
            as: (Int64, String, [String], SiteID?, Moment, Moment?, Moment?).self
        ).map { KnownToken(id: $0, name: $1, scopes: $2, site: $3, createdAt: $4, expiresAt: $5, revokedAt: $6) }
    }

    /// Ends a token at once.
    ///
    /// - Returns: whether there was one that had not been ended.
    public func revoke(token id: Int64) async throws -> Bool {
        let now = now
        return try await database.run(
            "update api_token set revoked_at = \(now) where id = \(id) and revoked_at is null") > 0
    }

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
