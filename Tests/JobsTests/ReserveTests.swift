import Testing

@testable import Jobs

@Suite("The jobs that are held in reserve")
struct ReserveTests {
    /// The reserve after many exchanges, one after the other, each of the same length.
    private func size(jobsPerSecond: Double, exchange: Duration, least: Int = 0) -> Int {
        var reserve = Reserve(least: least)
        var time = ContinuousClock.now
        for _ in 0..<40 {
            let ended = Int(jobsPerSecond * (exchange / .seconds(1)))
            reserve.note(ended: ended, from: time, to: time + exchange)
            time += exchange
        }
        return reserve.size
    }

    @Test("are none where the database answers sooner than a job ends, and enough for two answers where it is far")
    func distance() {
        #expect(size(jobsPerSecond: 100, exchange: .milliseconds(1)) == 0)
        #expect((120...160).contains(size(jobsPerSecond: 800, exchange: .milliseconds(90))))
        #expect(size(jobsPerSecond: 1_000_000, exchange: .milliseconds(90)) == Reserve.most)
    }

    @Test("are never fewer than the settings say, and shrink when jobs become slow")
    func bounds() {
        #expect(size(jobsPerSecond: 0, exchange: .milliseconds(1), least: 8) == 8)
        var reserve = Reserve(least: 0)
        var time = ContinuousClock.now
        for ended in [80, 80, 80, 80] + Array(repeating: 0, count: 40) {
            reserve.note(ended: ended, from: time, to: time + .milliseconds(80))
            time += .milliseconds(100)
        }
        #expect(reserve.size == 0)
    }
}
