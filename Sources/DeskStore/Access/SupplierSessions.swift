import Moments
import Postgres
import Secrets

extension DeskStore {
    /// Starts a session of somebody at a supplier by a pass, once for each pass.
    ///
    /// - Parameters:
    ///   - digest: the SHA-256 of the session's token; the token itself is never stored.
    ///   - address: whom the pass lets in, in small letters.
    /// - Returns: whether the pass was good, and not used before.
    public func startSupplierSession(digest: [UInt8], address: String, by pass: PortalPass) async throws -> Bool {
        let now = now
        guard now < pass.expiresAt else { return false }
        let mark = Digest(sha256: pass.nonce).bytes
        return try await transaction { (transaction: borrowing Transaction) in
            let isNew = try await transaction.run(
                """
                insert into supplier_pass (digest, expires_at) values (\(mark), \(pass.expiresAt))
                on conflict do nothing
                """)
            guard isNew == 1 else { return false }
            try await transaction.run(
                """
                insert into supplier_session (digest, address, created_at, seen_at, expires_at)
                values (\(digest), \(address), \(now), \(now), \(now + Self.sessionLife))
                """)
            return true
        }
    }

    /// The address that a session lets in, and the organisation in force, in one round trip. The session is marked as
    /// seen at most once a minute.
    ///
    /// - Returns: no address where there is no such session, or where it has ended.
    public func supplierCaller(session digest: [UInt8]) async throws -> (address: String?, directory: Directory?) {
        let now = now
        var batch = Batch()
        let version = batch.first(.newestOrganisation, as: Int64.self)
        let address = batch.first(
            """
            select address from supplier_session where digest = \(digest) and expires_at > \(now)
                and seen_at > \(now - Self.sessionIdle)
            """, as: String.self)
        batch.run(
            """
            update supplier_session set seen_at = \(now) where digest = \(digest)
                and seen_at < \(now - .seconds(60)) and seen_at > \(now - Self.sessionIdle) and expires_at > \(now)
            """)
        let answers = try await ask(batch)
        guard let version = try answers[version] else { return (try answers[address], nil) }
        return (try answers[address], try await directory(version: version))
    }

    public func endSupplierSession(digest: [UInt8]) async throws {
        try await database.run("delete from supplier_session where digest = \(digest)")
    }
}
