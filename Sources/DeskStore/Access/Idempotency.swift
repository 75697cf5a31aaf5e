public import Moments
public import Postgres

/// The answer that was given to a request under a key, to be given again.
public struct KeptAnswer: Sendable, Equatable {
    public let fingerprint: [UInt8]
    public let status: Int
    public let location: String?
    /// The version of what it tells of, as an entity tag.
    public let tag: String?
    /// The media type of the body; nil for JSON.
    public let type: String?
    public let body: [UInt8]

    public init(
        fingerprint: [UInt8], status: Int, location: String?, tag: String? = nil, type: String? = nil, body: [UInt8]
    ) {
        (self.fingerprint, self.status, self.location) = (fingerprint, status, location)
        (self.tag, self.type, self.body) = (tag, type, body)
    }
}

/// The first request under a key is at work: its answer is not known yet.
public struct RequestAtWork: Error {}

/// Who asks, and the key he gave the request: the scope in which the key counts once.
public struct IdempotencyKey: Sendable, Hashable {
    public let principal: String
    public let key: String

    public init(principal: String, key: String) { (self.principal, self.key) = (principal, key) }

    /// How long a request can be repeated: what the draft of the IETF suggests to publish.
    public static let life = Duration.seconds(24 * 3600)
}

extension Transaction {
    /// Claims a key for this transaction, unless somebody has claimed it who has not ended yet.
    ///
    /// - Returns: the answer that an earlier request under the key has kept, if there was one.
    /// - Throws: `RequestAtWork`.
    public borrowing func claimAtOnce(
        _ key: IdempotencyKey, fingerprint: [UInt8], now: Moment
    ) async throws -> KeptAnswer? {
        let lock = "\(key.principal)\n\(key.key)"
        let isFree = try await first("select pg_try_advisory_xact_lock(hashtextextended(\(lock), 0))", as: Bool.self)
        guard isFree == true else { throw RequestAtWork() }
        return try await claim(key, fingerprint: fingerprint, now: now)
    }

    /// Claims a key for this transaction. A second request under it waits here until the first has ended, and then gets
    /// the answer that the first one kept.
    public borrowing func claim(_ key: IdempotencyKey, fingerprint: [UInt8], now: Moment) async throws -> KeptAnswer? {
        while true {
            let claimed = try await run(
                """
                insert into idempotency (principal, key, fingerprint, status, body, at)
                values (\(key.principal), \(key.key), \(fingerprint), 0, '', \(now)) on conflict do nothing
                """)
            if claimed > 0 { return nil }
            let kept = try await first(
                """
                select fingerprint, status, location, tag, type, body from idempotency
                where principal = \(key.principal) and key = \(key.key)
                """,
                as: ([UInt8], Int, String?, String?, String?, [UInt8]).self)
            if let kept {
                return KeptAnswer(
                    fingerprint: kept.0, status: kept.1, location: kept.2, tag: kept.3, type: kept.4, body: kept.5)
            }
            // It was swept between the two statements, so the key is free.
        }
    }

    /// Keeps the answer with the effect it tells of.
    public borrowing func keep(_ answer: KeptAnswer, under key: IdempotencyKey) async throws {
        try await run(
            """
            update idempotency
            set status = \(answer.status), location = \(answer.location), tag = \(answer.tag), type = \(answer.type),
                body = \(answer.body)
            where principal = \(key.principal) and key = \(key.key)
            """)
    }
}
