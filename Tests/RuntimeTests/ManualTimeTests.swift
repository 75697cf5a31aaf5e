import Moments
import Runtime
import TallyTestSupport
import Testing

@Suite("Time that is handed in")
struct ManualTimeTests {
    private let start = Moment(seconds: 1_000)

    @Test("Sleepers wake when their moment comes and not before, in the order of their moments")
    func wakes() async throws {
        let time = ManualTime(start)
        let woken = Tally<Int>()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seconds in [30, 10, 20] {
                group.addTask {
                    try await time.wait(for: .seconds(seconds))
                    woken.note(seconds)
                }
            }
            await time.untilAsleep(3)
            time.advance(by: .seconds(9))
            #expect(woken.elements.isEmpty)
            time.advance(by: .seconds(1))
            try await group.next()
            #expect(woken.elements == [10])
            time.advance(to: start + .seconds(30))
            try await group.waitForAll()
        }
        #expect(time.now == start + .seconds(30))
        time.advance(to: start)
        #expect(time.now == start + .seconds(30))
        try await time.wait(until: start)
    }

    @Test("A cancelled sleeper wakes with an error")
    func cancelled() async {
        let time = ManualTime(start)
        let sleeping = Task { try await time.wait(for: .seconds(1)) }
        await time.untilAsleep()
        sleeping.cancel()
        await #expect(throws: CancellationError.self) { try await sleeping.value }
        let early = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await time.wait(for: .seconds(1))
        }
        await #expect(throws: CancellationError.self) { try await early.value }
    }

    @Test("The machine's time moves on, and waiting for it works on a loop and off it")
    func system() async throws {
        let time = SystemTime()
        let before = time.now
        #expect(before > Moment(seconds: 1_700_000_000))
        try await time.wait(for: .milliseconds(2))
        #expect(time.now >= before + .milliseconds(2))
        let loop = EventLoop(name: "under test")
        try await loop.run {
            try await time.wait(for: .milliseconds(2))
            #expect(loop.isCurrent)
        }
        #expect(time.now >= before + .milliseconds(4))
    }
}
