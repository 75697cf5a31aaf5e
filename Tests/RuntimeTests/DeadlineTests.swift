import Runtime
import Testing

@Suite("A deadline")
struct DeadlineTests {
    let loop = EventLoop(name: "under test")

    @Test("Work that takes too long is cancelled and told as timed out, on a loop and off it")
    func expires() async throws {
        await #expect(throws: TimedOut(after: .milliseconds(5))) {
            try await loop.withDeadline(.milliseconds(5)) { [loop] in try await loop.sleep(for: .seconds(3_600)) }
        }
        await #expect(throws: TimedOut(after: .milliseconds(5))) {
            try await withDeadline(.milliseconds(5)) { [loop] in try await loop.sleep(for: .seconds(3_600)) }
        }
        try await loop.run { [loop] in
            await #expect(throws: TimedOut(after: .milliseconds(5))) {
                try await withDeadline(.milliseconds(5)) { try await loop.sleep(for: .seconds(3_600)) }
            }
            loop.assertCurrent()
        }
    }

    @Test("Work in time keeps its result and its own error")
    func inTime() async throws {
        struct Refusal: Error {}
        #expect(try await loop.withDeadline(.seconds(60)) { 7 } == 7)
        #expect(try await withDeadline(.seconds(60)) { 7 } == 7)
        await #expect(throws: Refusal.self) { try await loop.withDeadline(.seconds(60)) { throw Refusal() } }
    }

    @Test("Cancelling the caller is told as cancellation, not as a time-out")
    func cancelled() async throws {
        let task = Task { [loop] in
            try await loop.withDeadline(.seconds(3_600)) { try await loop.sleep(for: .seconds(3_600)) }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
