import Moments
import Runtime
import SeedTestSupport
import Testing

@testable import Jobs

@Suite("Job policies")
struct JobPolicyTests {
    @Test("A schedule is followed with up to a tenth more, and its last wait is used for the rest")
    func schedule() {
        let policy = JobPolicy(attempts: 5, retry: .schedule([.seconds(5), .seconds(300)]))
        var random = Seed(7)
        for (attempt, seconds) in [(1, 5), (2, 300), (3, 300), (1000, 300)] {
            for _ in 0..<50 {
                let wait = policy.delay(afterAttempt: attempt, using: &random)
                #expect(wait >= .seconds(seconds))
                #expect(wait <= .milliseconds(seconds * 1100))
            }
        }
        #expect(JobPolicy(retry: .schedule([])).delay(afterAttempt: 1, using: &random) == .zero)
    }

    @Test("A backoff never exceeds its ceiling, at attempt 1,000 neither")
    func backoff() {
        var random = Seed(8)
        for attempt in [1, 2, 64, 1000] {
            let wait = JobPolicy.standard.delay(afterAttempt: attempt, using: &random)
            #expect(wait >= .zero)
            #expect(wait <= .seconds(3600))
        }
    }

    @Test("The patient policy goes on for about 75 hours")
    func patient() {
        var random = Seed(9)
        let policy = JobPolicy.patient
        let total = (1..<policy.attempts).reduce(Duration.zero) { $0 + policy.delay(afterAttempt: $1, using: &random) }
        #expect(total > .seconds(75 * 3600))
        #expect(total < .seconds(84 * 3600))
    }
}
