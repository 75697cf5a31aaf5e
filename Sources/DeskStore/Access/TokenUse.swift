public import Moments
import Postgres

/// What a token's quota lends to one program.
public struct LentRequests: Sendable, Equatable {
    /// How many requests the program may answer.
    public let count: Int
    /// When the quota is whole again if nobody asks for anything meanwhile.
    public let fullAt: Moment

    public init(count: Int, fullAt: Moment) { (self.count, self.fullAt) = (count, fullAt) }
}

extension DeskStore {
    /// Takes up to `wanted` requests out of a token's quota, which all programs share, and notes that the token was
    /// used.
    ///
    /// - Parameter quota: how many requests the token allows a minute, and at once after a minute without any.
    public func lend(_ wanted: Int, of token: TokenRecord, quota: Int) async throws -> LentRequests {
        let now = now
        let (id, wanted, quota) = (token.id, Int32(clamping: wanted), Int32(clamping: quota))
        let lent = try await database.first(
            "select lent, full_at from lend_requests(\(id), \(wanted), \(quota), \(now))", as: (Int32, Moment).self)
        return LentRequests(count: Int(lent?.0 ?? 0), fullAt: lent?.1 ?? now)
    }
}
