import DeskStore
import Moments

/// What one program may answer under a token: requests that its quota has lent, and how many to borrow next.
///
/// A program that is asked much borrows more at a time, so that it asks the database once or twice a second however
/// many requests come; one that is asked seldom borrows them singly, so that none are lost in its hands.
struct TokenAllowance: Sendable {
    /// What is to be borrowed before a request can be answered; that request is the first of it.
    struct Loan: Sendable, Equatable {
        let count: Int
        /// Whether it is for that request alone, because a share for all is on its way.
        let isAlone: Bool
    }

    enum Step: Sendable, Equatable {
        case granted
        case borrow(Loan)
        /// The quota is used up until then.
        case refused(until: Moment)
    }

    /// Of a lent share the rest is given up after this time: else programs could hoard a quota and spend it twice.
    static let life = Duration.seconds(2)
    /// A share that is used up sooner was too small.
    private static let brief = Duration.milliseconds(500)
    /// No program holds more than this part of a quota, so that others find some.
    private static let part = 20
    static let minute = Duration.seconds(60)

    let quota: Int
    private(set) var left = 0
    private var share = 1
    private var lentAt: Moment?
    private var fullAt: Moment?
    private var refusedUntil: Moment?
    private var isBorrowing = false

    init(quota: Int) { self.quota = quota }

    /// What is to be done with one more request.
    mutating func next(at now: Moment) -> Step {
        // What is at hand counts, also where another request has just been refused more.
        if left > 0, let lentAt, now < lentAt + Self.life {
            left -= 1
            return .granted
        }
        if let refusedUntil, now < refusedUntil { return .refused(until: refusedUntil) }
        guard !isBorrowing else { return .borrow(Loan(count: 1, isAlone: true)) }
        share = nextShare(at: now)
        (left, isBorrowing) = (0, true)
        return .borrow(Loan(count: share, isAlone: false))
    }

    /// How many are borrowed when the share before is used up, or its time is.
    private func nextShare(at now: Moment) -> Int {
        guard let lentAt else { return 1 }
        if left > 0 { return max(1, share - left) }
        if now < lentAt + Self.brief { return min(share * 2, max(1, quota / Self.part)) }
        return now < lentAt + Self.life ? share : 1
    }

    /// Takes what was lent to a request that had to borrow; nil if that failed.
    mutating func take(_ lent: LentRequests?, for loan: Loan, at now: Moment) -> Step {
        if !loan.isAlone { isBorrowing = false }
        guard let lent else { return .refused(until: now) }
        fullAt = lent.fullAt
        guard lent.count > 0 else {
            share = 1
            let until = lent.fullAt + (Self.minute / quota - Self.minute)
            refusedUntil = until
            return .refused(until: until)
        }
        if !loan.isAlone { lentAt = now }
        left += lent.count - 1
        return .granted
    }

    /// How many requests are left of the quota, as far as this program knows, and after how many seconds all of it is
    /// there again if nothing is asked.
    func standing(at now: Moment) -> (left: Int, seconds: Int64) {
        let missing = max(.zero, (fullAt ?? now).duration(since: now))
        let shared = Int(Double(quota) * max(0, 1 - missing / Self.minute) + 0.001)
        return (min(quota, shared + left), missing.begunSeconds)
    }
}

extension Duration {
    /// The seconds of it, the last one begun counting whole.
    var begunSeconds: Int64 {
        let (seconds, rest) = components
        return rest > 0 ? seconds + 1 : seconds
    }
}
