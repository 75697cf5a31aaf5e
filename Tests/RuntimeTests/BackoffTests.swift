import Runtime
import SeedTestSupport
import Testing

@Suite("Waiting before another attempt")
struct BackoffTests {
    @Test("The ceiling doubles from the first to the highest and stays there")
    func ceilings() {
        let backoff = Backoff(first: .milliseconds(100), most: .seconds(1))
        let ceilings = (1...6).map { backoff.ceiling(afterAttempt: $0) }
        #expect(ceilings == [100, 200, 400, 800, 1_000, 1_000].map { .milliseconds($0) })
        #expect(backoff.ceiling(afterAttempt: 0) == .milliseconds(100))
        #expect(backoff.ceiling(afterAttempt: -5) == .milliseconds(100))
    }

    @Test("For any settings and attempt the wait is between nothing and the ceiling, and nothing overflows")
    func property() {
        let seed = Seed.ofThisRun
        var generator = seed
        for _ in 0..<5_000 {
            let first = Duration.microseconds(
                Int64.random(in: 0...(1 << Int.random(in: 0..<62, using: &generator)), using: &generator))
            let most = Duration.microseconds(
                Int64.random(in: 0...(1 << Int.random(in: 0..<62, using: &generator)), using: &generator))
            let attempt = Bool.random(using: &generator) ? Int.random(in: 1...70, using: &generator) : .max
            let backoff = Backoff(first: first, most: most)
            let ceiling = backoff.ceiling(afterAttempt: attempt)
            let delay = backoff.delay(afterAttempt: attempt, using: &generator)
            #expect(ceiling <= max(first, most), "\(seed)")
            #expect(ceiling >= min(first, backoff.most), "\(seed)")
            #expect((.zero...ceiling).contains(delay), "\(seed)")
            #expect(backoff.ceiling(afterAttempt: max(attempt - 1, 1)) <= ceiling, "\(seed)")
        }
    }

    @Test("Waits are spread over the whole range")
    func spread() {
        let seed = Seed.ofThisRun
        var generator = seed
        let backoff = Backoff(first: .seconds(1), most: .seconds(1))
        let delays = (0..<1_000).map { _ in backoff.delay(afterAttempt: 1, using: &generator) }
        #expect(delays.contains { $0 < .milliseconds(100) }, "\(seed)")
        #expect(delays.contains { $0 > .milliseconds(900) }, "\(seed)")
    }
}
