import Runtime
import TallyTestSupport
import Testing

@Suite("Timers of a loop")
struct LoopTimerTests {
    let loop = EventLoop(name: "under test")

    @Test("A timer goes off once and never early")
    func once() async throws {
        try await loop.run { [loop] in
            let clock = ContinuousClock()
            let start = clock.now
            let fired = Tally<Duration>()
            for milliseconds in [0, 1, 2, 3, 5, 8, 13] {
                _ = loop.schedule(after: .milliseconds(milliseconds)) {
                    fired.note(start.duration(to: clock.now) - .milliseconds(milliseconds))
                }
            }
            try await loop.sleep(for: .milliseconds(20))
            #expect(fired.elements.count == 7)
            #expect(fired.elements.allSatisfy { $0 >= .zero })
        }
    }

    @Test(
        "A cancelled timer stays silent; a moved one goes off once, at its last time, and again when armed anew"
    )
    func cancelAndReset() async throws {
        try await loop.run { [loop] in
            let fired = Tally<String>()
            let cancelled = loop.schedule(after: .milliseconds(1)) { fired.note("cancelled") }
            let later = loop.schedule(after: .milliseconds(1)) { fired.note("later") }
            let sooner = loop.schedule(after: .seconds(60)) { fired.note("sooner") }
            cancelled.cancel()
            later.reset(after: .milliseconds(12))
            sooner.reset(after: .milliseconds(4))
            #expect(!cancelled.isArmed && later.isArmed)
            try await loop.sleep(for: .milliseconds(13))
            #expect(fired.elements == ["sooner", "later"])
            #expect(!later.isArmed)
            later.reset(after: .milliseconds(1))
            try await loop.sleep(for: .milliseconds(2))
            #expect(fired.elements == ["sooner", "later", "later"])
        }
    }

    @Test("A deadline that is pushed back a million times goes off at its last time only")
    func many() async throws {
        try await loop.run { [loop] in
            let fired = Tally<Int>()
            let deadline = loop.schedule(after: .seconds(100)) { fired.note(1) }
            for _ in 0..<1_000_000 { deadline.reset(after: .seconds(100)) }
            deadline.reset(after: .milliseconds(1))
            try await loop.sleep(for: .milliseconds(2))
            #expect(fired.elements == [1])
        }
    }

    @Test("A timer may arm others and cancel those that are due with it")
    func fromWithin() async throws {
        try await loop.run { [loop] in
            let fired = Tally<String>()
            let victim = Slot()
            _ = loop.schedule(after: .zero) {
                fired.note("first")
                victim.timer?.cancel()
                _ = loop.schedule(after: .zero) { fired.note("third") }
            }
            victim.timer = loop.schedule(after: .zero) { fired.note("cancelled") }
            try await loop.sleep(for: .zero)
            try await loop.sleep(for: .zero)
            #expect(fired.elements == ["first", "third"])
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

    @Test("A sleep until an instant that has passed ends at once")
    func past() async throws {
        try await loop.sleep(until: .now - .seconds(1))
        try await loop.sleep(for: .seconds(-1))
    }

    /// Holds a timer for an action that is made before it.
    private final class Slot {
        var timer: LoopTimer?
    }
}
