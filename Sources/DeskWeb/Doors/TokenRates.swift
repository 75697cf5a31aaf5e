public import DeskStore
public import HTTP
import Moments
import Runtime
import Synchronization

/// How much programs may ask under their tokens (draft-ietf-httpapi-ratelimit-headers): each token has a quota that all
/// copies of all programs share, by a row of which each of them borrows.
public final class TokenRates: Sendable {
    /// How many requests a minute a token allows unless it or a setting says otherwise: more than a copy of the gateway
    /// answers, so that it stops only what has gone wild.
    public static let standard = 120_000
    /// What may be set.
    public static let range = 1...6_000_000

    private let store: DeskStore
    private let standard: Int
    private let allowances = Mutex<[Int64: TokenAllowance]>([:])

    public init(store: DeskStore, standard: Int = TokenRates.standard) {
        (self.store, self.standard) = (store, standard)
    }

    /// Counts one more request under a token.
    ///
    /// - Returns: the header fields that tell the program what it may still ask.
    /// - Throws: `Problem` 429 where the quota is used up; `DatabaseError`.
    public func admit(_ token: TokenRecord) async throws -> Fields {
        let quota = token.rate ?? standard
        var step = change(token, quota) { $0.next(at: $1) }
        if case .borrow(let loan) = step {
            var lent: LentRequests?
            defer { if lent == nil { _ = change(token, quota) { $0.take(nil, for: loan, at: $1) } } }
            let got = try await store.lend(loan.count, of: token, quota: quota)
            lent = got
            step = change(token, quota) { $0.take(got, for: loan, at: $1) }
        }
        guard case .refused(let until) = step else {
            let standing = change(token, quota) { $0.standing(at: $1) }
            return Self.fields(quota: quota, left: standing.left, seconds: standing.seconds)
        }
        let wait = max(1, until.duration(since: store.timekeeper.now).begunSeconds)
        throw Self.refusal(quota: quota, seconds: wait)
    }

    private func change<Answer: Sendable>(
        _ token: TokenRecord, _ quota: Int, _ body: (inout TokenAllowance, Moment) -> Answer
    ) -> Answer {
        let now = store.timekeeper.now
        return allowances.withLock { allowances in
            var allowance =
                allowances[token.id].flatMap { $0.quota == quota ? $0 : nil } ?? TokenAllowance(quota: quota)
            defer { allowances[token.id] = allowance }
            return body(&allowance, now)
        }
    }

    private static func refusal(quota: Int, seconds: Int64) -> Problem {
        var problem = Problem(
            .tooManyRequests, type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
            title: "Request cannot be satisfied as assigned quota has been exceeded",
            detail: "This token allows \(quota) requests a minute. Come again in \(seconds) s.")
        problem.violatedPolicies = [policy]
        problem.fields = fields(quota: quota, left: 0, seconds: seconds)
        problem.fields[.retryAfter] = "\(seconds)"
        return problem
    }

    private static let policy = "token"

    private static func fields(quota: Int, left: Int, seconds: Int64) -> Fields {
        ["RateLimit-Policy": "\"\(policy)\";q=\(quota);w=60", "RateLimit": "\"\(policy)\";r=\(left);t=\(seconds)"]
    }
}
