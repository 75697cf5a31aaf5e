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

    @Test("are none where the database answers sooner than a job ends, and enough for three answers where it is far")
    func distance() {
        #expect(size(jobsPerSecond: 100, exchange: .milliseconds(1)) == 0)
        #expect((200...220).contains(size(jobsPerSecond: 800, exchange: .milliseconds(90))))
        #expect(size(jobsPerSecond: 1_000_000, exchange: .milliseconds(90)) == Reserve.most)
    }

    @Test("are never fewer than the settings say, and shrink when jobs become slow")
    func bounds() {
        #expect(size(jobsPerSecond: 0, exchange: .milliseconds(1), least: 8) == 8)
        var reserve = Reserve(least: 0)
        var time = ContinuousClock.now
        for ended in [80, 80, 80, 80] + Array(repeating: 0, count: 60) {
            reserve.note(ended: ended, from: time, to: time + .milliseconds(80))
            time += .milliseconds(100)
        }
        #expect(reserve.size == 0)
    }

    @Test("are claimed by half where they are many: while some are run the others come, and all have room")
    func halves() {
        var many = Reserve(least: 100)
        let start = ContinuousClock.now
        for second in 0..<9 {
            many.note(ended: 100_000, from: start + .seconds(second), to: start + .seconds(second + 1))
        }
        #expect(many.room(concurrency: 100, running: 0, waiting: 0) == 550)
        #expect(many.room(concurrency: 100, running: 0, waiting: 550) == 550)
        #expect(many.room(concurrency: 100, running: 100, waiting: 600) == 0)
    }

    @Test("shrink so slowly that what is on its way leaves room for the next claim")
    func steadiness() {
        for size in stride(from: 10, through: Reserve.most, by: 10) {
            var reserve = Reserve(least: 0)
            let start = ContinuousClock.now
            var coming = 0
            for (second, ended) in (Array(repeating: 2 * size, count: 40) + [0]).enumerated() {
                coming = reserve.room(concurrency: 100, running: 0, waiting: 0)
                reserve.note(
                    ended: ended, from: start + .seconds(second), to: start + .seconds(second) + .milliseconds(250))
            }
            #expect(reserve.room(concurrency: 100, running: 0, waiting: coming) > 0)
        }
    }

    @Test("are claimed all at once where they are few, so that jobs that are done together come together")
    func few() {
        #expect(Reserve(least: 19).room(concurrency: 2, running: 0, waiting: 0) == 21)
        #expect(Reserve(least: 0).room(concurrency: 100, running: 40, waiting: 0) == 60)
        #expect(Reserve(least: 0).room(concurrency: 1, running: 1, waiting: 0) == 0)
        #expect(Reserve(least: 0).room(concurrency: 1, running: 2, waiting: 0) == 0)
    }
}
