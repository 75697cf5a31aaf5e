import Runtime
import Testing

@Suite("Timers of a loop")
struct LoopTimerTests {
    let loop = EventLoop(name: "under test")

    @Test("Timers go off in the order of their times, those of one time in the order of their arming, and never early")
    func order() async throws {
        try await loop.run { [loop] in
            let clock = ContinuousClock()
            let start = clock.now
            let fired = Recorder<Int>()
            let delays = [30, 10, 20, 10, 0, 25, 5, 5, 40, 15]
            for (number, delay) in delays.enumerated() {
                _ = loop.schedule(after: .milliseconds(delay)) {
                    fired.note(number)
                    #expect(start.duration(to: clock.now) >= .milliseconds(delay))
                }
            }
            try await loop.sleep(for: .milliseconds(45))
            let expected = delays.indices.sorted { (delays[$0], $0) < (delays[$1], $1) }
            #expect(fired.all == expected)
        }
    }

    @Test("A cancelled timer stays silent; a reset one goes off once, at its last time")
    func cancelAndReset() async throws {
        try await loop.run { [loop] in
            var fired: [String] = []
            let cancelled = loop.schedule(after: .milliseconds(2)) { fired.append("cancelled") }
            let later = loop.schedule(after: .milliseconds(2)) { fired.append("later") }
            let sooner = loop.schedule(after: .seconds(60)) { fired.append("sooner") }
            cancelled.cancel()
            later.reset(after: .milliseconds(12))
            sooner.reset(after: .milliseconds(4))
            #expect(!cancelled.isArmed && later.isArmed)
            try await loop.sleep(for: .milliseconds(8))
            #expect(fired == ["sooner"])
            try await loop.sleep(for: .milliseconds(10))
            #expect(fired == ["sooner", "later"])
            #expect(!later.isArmed)
            later.reset(after: .milliseconds(1))
            try await loop.sleep(for: .milliseconds(4))
            #expect(fired == ["sooner", "later", "later"])
        }
    }

    @Test("A million resets of a deadline are as cheap as stores, and thousands of timers come and go in order")
    func many() async throws {
        let seed = UInt64.random(in: .min ... .max)
        try await loop.run { [loop] in
            var generator = SeededGenerator(seed: seed)
            let deadline = loop.schedule(after: .seconds(100)) { Issue.record("The deadline was moved all the time.") }
            for _ in 0..<1_000_000 { deadline.reset(after: .seconds(100)) }
            deadline.cancel()

            var timers: [LoopTimer] = []
            var fired: Set<Int> = []
            for number in 0..<5_000 {
                timers.append(
                    loop.schedule(after: .milliseconds(Int.random(in: 0...20, using: &generator))) {
                        fired.insert(number)
                    })
            }
            var cancelled: Set<Int> = []
            for _ in 0..<3_000 {
                let number = Int.random(in: 0..<5_000, using: &generator)
                if Bool.random(using: &generator) {
                    timers[number].cancel()
                    cancelled.insert(number)
                } else {
                    timers[number].reset(after: .milliseconds(Int.random(in: 0...20, using: &generator)))
                    cancelled.remove(number)
                }
            }
            try await loop.sleep(for: .milliseconds(30))
            #expect(fired == Set(0..<5_000).subtracting(cancelled), "seed \(seed)")
        }
    }

    @Test("A sleep ends at once when its task is cancelled, on the loop and off it, before and after it began")
    func cancelledSleep() async throws {
        for isOnLoop in [true, false] {
            let sleeping = Task { [loop] in
                if isOnLoop {
                    try await loop.run { try await loop.sleep(for: .seconds(3_600)) }
                } else {
                    try await loop.sleep(for: .seconds(3_600))
                }
            }
            try await loop.sleep(for: .milliseconds(2))
            sleeping.cancel()
            await #expect(throws: CancellationError.self) { try await sleeping.value }

            let early = Task { [loop] in
                withUnsafeCurrentTask { $0?.cancel() }
                try await loop.sleep(for: .seconds(3_600))
            }
            await #expect(throws: CancellationError.self) { try await early.value }
        }
    }
}
