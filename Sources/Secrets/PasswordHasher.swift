public import Runtime

/// Hashes and checks passwords off the event loops, a few at a time: each takes tens of megabytes, so a storm of
/// sign-ins must wait rather than exhaust the memory.
public final class PasswordHasher: Sendable {
    private let offload: Offload
    private let cost: ScryptCost

    /// Fits no password; checked when there is none, so that an unknown name takes as long as a wrong password.
    private let nobody: PasswordHash

    /// What became of a password that somebody gave.
    public enum Verdict: Sendable, Hashable {
        case right
        /// Right, but kept at a cost other than today's: hash it anew while it is at hand.
        case rightButDated
        case wrong
    }

    /// - Parameter offload: its width is the number of passwords that are hashed at a time; about one a core.
    public init(offload: Offload, cost: ScryptCost = .recommended) {
        self.offload = offload
        self.cost = cost
        nobody = PasswordHash(
            cost: cost, salt: RandomBytes.make(PasswordHash.saltLength),
            hash: RandomBytes.make(PasswordHash.hashLength))
    }

    /// - Throws: `CancellationError` if the task is cancelled before its turn.
    public func hash(_ password: String) async throws -> PasswordHash {
        let cost = cost
        return try await offload.run { PasswordHash(hashing: password, cost: cost) }
    }

    /// Whether a password is the one that was kept; `nil` for an account that does not exist or has none.
    /// - Throws: `CancellationError` if the task is cancelled before its turn.
    public func check(_ password: String, against kept: PasswordHash?) async throws -> Verdict {
        let hash = kept ?? nobody
        let fits = try await offload.run { hash.fits(password) }
        guard fits, kept != nil else { return .wrong }
        return hash.cost == cost ? .right : .rightButDated
    }
}
