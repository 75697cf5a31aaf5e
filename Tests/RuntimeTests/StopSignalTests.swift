import Runtime
import TallyTestSupport
import Testing

@Suite("The signal to stop")
struct StopSignalTests {
    @Test("All who wait go on when it is raised, and those who come later at once")
    func raised() async {
        let stop = StopSignal()
        let awake = Tally<Int>()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask {
                    await stop.wait()
                    awake.note(number)
                }
            }
            #expect(!stop.isRaised)
            stop.raise()
            stop.raise()
        }
        #expect(stop.isRaised)
        #expect(awake.elements.count == 50)
        await stop.wait()
    }

    @Test("A task that is cancelled waits no longer, however the cancelling and the raising meet")
    func cancelled() async {
        for _ in 0..<300 {
            let stop = StopSignal()
            let waiting = Task { await stop.wait() }
            let other = Task { await stop.wait() }
            let raising = Task { stop.raise() }
            waiting.cancel()
            await waiting.value
            await raising.value
            await other.value
        }
        let unraised = StopSignal()
        let early = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            await unraised.wait()
        }
        await early.value
        #expect(!unraised.isRaised)
    }

    @Test("Actions are called once, in order, and not after they were taken back")
    func actions() {
        let stop = StopSignal()
        let called = Tally<Int>()
        _ = stop.onRaise { called.note(1) }
        let second = stop.onRaise { called.note(2) }
        _ = stop.onRaise { called.note(3) }
        second.cancel()
        stop.raise()
        stop.raise()
        #expect(called.elements == [1, 3])
        _ = stop.onRaise { called.note(4) }
        #expect(called.elements == [1, 3, 4])
    }

    @Test("A wait of a service ends when it is raised; results and errors that come before it are kept")
    func untilRaised() async throws {
        struct Refusal: Error {}
        let loop = EventLoop(name: "under test")
        let stop = StopSignal()
        #expect(try await stop.untilRaised { 7 } == 7)
        await #expect(throws: Refusal.self) { try await stop.untilRaised { throw Refusal() } }
        try await loop.run {
            let cut = try await stop.untilRaised {
                loop.execute { stop.raise() }
                try await loop.sleep(for: .seconds(3_600))
                return 7
            }
            #expect(cut == nil)
            #expect(loop.isCurrent)
        }
        #expect(try await stop.untilRaised { 7 } == nil)
    }

    @Test("Cancelling the caller is not taken for a stop")
    func cancelledCaller() async {
        let loop = EventLoop(name: "under test")
        let task = Task {
            try await StopSignal().untilRaised { try await loop.sleep(for: .seconds(3_600)) }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
