public import Desk
public import Moments
public import Postgres

/// A machine that may use the API: what its token allows, and where.
public struct TokenRecord: Sendable {
    public let id: Int64
    public let name: String
    public let scopes: [String]
    public let site: SiteID?
    /// The supplier whose system shows it. Such a token opens what suppliers have from us, and nothing else.
    public let supplier: SupplierID?
    /// How many requests it allows a minute; nil for what the program allows any token.
    public let rate: Int?
}

/// A token as an operator sees it: all but what opens the door.
public struct KnownToken: Sendable {
    public let id: Int64
    public let name: String
    public let scopes: [String]
    /// The one site that it is for; nil for all.
    public let site: SiteID?
    /// The supplier whose system shows it; nil for one of the API.
    public let supplier: SupplierID?
    public let createdAt: Moment
    public let expiresAt: Moment?
    public let revokedAt: Moment?
    /// How many requests it allows a minute; nil for what the programs allow any token.
    public let rate: Int?
    /// When it was last of use, to a second or two.
    public let usedAt: Moment?
}

extension DeskStore {
    /// Every token there has been, the newest first.
    public func tokens() async throws -> [KnownToken] {
        try await database.all(
            """
            select t.id, t.name, t.scopes, t.site, t.supplier, t.created_at, t.expires_at, t.revoked_at, t.rate,
                u.used_at
            from api_token t left join token_use u on u.token = t.id order by t.id desc
            """,
            as: (Int64, String, [String], SiteID?, SupplierID?, Moment, Moment?, Moment?, Int32?, Moment?).self
        ).map {
            KnownToken(
                id: $0, name: $1, scopes: $2, site: $3, supplier: $4, createdAt: $5, expiresAt: $6, revokedAt: $7,
                rate: $8.map(Int.init), usedAt: $9)
        }
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
    ///
    /// - Parameters:
    ///   - supplier: whose system will show it; nil for one of the API.
    ///   - rate: how many requests it allows a minute; nil for what the programs allow any token.
    public func addToken(
        name: String, digest: [UInt8], scopes: [String], site: SiteID?, supplier: SupplierID? = nil,
        expiresAt: Moment?, rate: Int? = nil
    ) async throws {
        let now = now
        try await database.run(
            """
            insert into api_token (name, digest, scopes, site, supplier, created_at, expires_at, rate)
            values (\(name), \(digest), \(scopes), \(site), \(supplier), \(now), \(expiresAt),
                \(rate.map(Int32.init)))
            """)
    }

    /// The token behind a digest, if it is neither revoked nor expired.
    public func token(digest: [UInt8]) async throws -> TokenRecord? {
        try await database.first(Query<TokenRecord>.behind(digest, at: now))
    }

    /// The same with the organisation in force, in one round trip; nil where there is no such token.
    ///
    /// - Parameter ofSupplier: whether it is one of a supplier's that is looked for.
    public func visit(
        token digest: [UInt8], ofSupplier: Bool = false
    ) async throws -> (token: TokenRecord, directory: Directory)? {
        var batch = Batch()
        let token = batch.first(Query<TokenRecord>.behind(digest, at: now, ofSupplier: ofSupplier))
        let version = batch.first(.newestOrganisation, as: Int64.self)
        let answers = try await ask(batch)
        guard let token = try answers[token] else { return nil }
        guard let version = try answers[version] else { throw NoOrganisation() }
        return (token, try await directory(version: version))
    }
}

extension TokenRecord: PostgresRow {
    public static let columns = "id, name, scopes, site, supplier, rate"

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        let (id, name, scopes): (Int64, String, [String]) = (try row.read(), try row.read(), try row.read())
        let (site, supplier): (SiteID?, SupplierID?) = (try row.read(), try row.read())
        let rate: Int32? = try row.read()
        self.init(
            id: id, name: name, scopes: scopes, site: site, supplier: supplier, rate: rate.map(Int.init))
    }
}

extension Query<TokenRecord> {
    fileprivate static func behind(_ digest: [UInt8], at now: Moment, ofSupplier: Bool = false) -> Self {
        """
        select \(columns: TokenRecord.self) from api_token
        where digest = \(digest) and (supplier is not null) = \(ofSupplier) and revoked_at is null
            and (expires_at is null or expires_at > \(now))
        """
    }
}
