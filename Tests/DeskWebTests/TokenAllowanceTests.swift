import DeskStore
import DeskTestSupport
import Moments
import Testing

@testable import DeskWeb

@Suite("What a program may answer under a token")
struct TokenAllowanceTests {
    private let start = TestDesk.monday

    /// A bucket as the row of a token keeps it.
    private struct Bucket {
        let quota: Int
        var fullAt: Moment
        var borrowed = 0

        mutating func lend(_ wanted: Int, at now: Moment) -> LentRequests {
            fullAt = max(fullAt, now)
            let left = Int(
                (now + TokenAllowance.minute).duration(since: fullAt) / TokenAllowance.minute * Double(quota))
            let count = max(0, min(wanted, left))
            fullAt = fullAt + TokenAllowance.minute * count / quota
            borrowed += 1
            return LentRequests(count: count, fullAt: fullAt)
        }
    }

    /// Asks `rate` times a second for some seconds; how many were granted, and how often the bucket was asked.
    private func play(quota: Int, rate: Int, seconds: Int) -> (granted: Int, borrowed: Int) {
        var allowance = TokenAllowance(quota: quota)
        var bucket = Bucket(quota: quota, fullAt: start)
        var granted = 0
        for turn in 0..<rate * seconds {
            let now = start + .microseconds(turn * 1_000_000 / rate)
            var step = allowance.next(at: now)
            if case .borrow(let loan) = step {
                step = allowance.take(bucket.lend(loan.count, at: now), for: loan, at: now)
            }
            if step == .granted { granted += 1 }
        }
        return (granted, bucket.borrowed)
    }

    @Test("However much is asked, the database is asked a few times a second; what is asked seldom is borrowed singly")
    func sizes() {
        let busy = play(quota: 120_000, rate: 1_000, seconds: 20)
        #expect(busy.granted == 20_000)
        #expect(busy.borrowed < 4 * 20, "\(busy.borrowed)")
        let seldom = play(quota: 60, rate: 1, seconds: 300)
        #expect(seldom.granted == 300)
    }

    @Test("No more than the quota is granted at once, and then as many a second as it has in a minute")
    func bound() {
        let flood = play(quota: 600, rate: 100, seconds: 60)
        #expect((1_150...1_200).contains(flood.granted), "\(flood.granted)")
    }

    @Test(
        "While a share is on its way others borrow for themselves alone; a share that fails does not stand in the way")
    func together() {
        var allowance = TokenAllowance(quota: 600)
        #expect(allowance.next(at: start) == .borrow(.init(count: 1, isAlone: false)))
        #expect(allowance.next(at: start) == .borrow(.init(count: 1, isAlone: true)))
        _ = allowance.take(nil, for: .init(count: 1, isAlone: false), at: start)
        #expect(allowance.next(at: start) == .borrow(.init(count: 1, isAlone: false)))
    }

    @Test("A request that is refused does not keep others from what a share has left")
    func refusedBeside() {
        var allowance = TokenAllowance(quota: 600)
        let share = TokenAllowance.Loan(count: 2, isAlone: false)
        #expect(allowance.take(LentRequests(count: 2, fullAt: start + .seconds(60)), for: share, at: start) == .granted)
        let refused = LentRequests(count: 0, fullAt: start + .seconds(60))
        _ = allowance.take(refused, for: .init(count: 1, isAlone: true), at: start)
        #expect(allowance.next(at: start) == .granted)
        #expect(allowance.next(at: start) == .refused(until: start + .milliseconds(100)))
    }

    @Test("What is left of a share is given up after a while, and a refusal is known without asking again")
    func forgetting() {
        var allowance = TokenAllowance(quota: 60)
        var loan = TokenAllowance.Loan(count: 3, isAlone: false)
        #expect(allowance.take(LentRequests(count: 3, fullAt: start + .seconds(3)), for: loan, at: start) == .granted)
        #expect(allowance.left == 2)
        #expect(allowance.next(at: start + .seconds(1)) == .granted)
        guard case .borrow(let next) = allowance.next(at: start + .seconds(2)) else {
            Issue.record("the rest was kept")
            return
        }
        loan = next
        let full = start + .seconds(62)
        let refused = TokenAllowance.Step.refused(until: start + .seconds(3))
        #expect(allowance.take(LentRequests(count: 0, fullAt: full), for: loan, at: start + .seconds(2)) == refused)
        #expect(allowance.next(at: start + .milliseconds(2_999)) == refused)
        #expect(allowance.next(at: start + .seconds(3)) == .borrow(.init(count: 1, isAlone: false)))
    }
}
