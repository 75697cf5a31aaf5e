import Runtime
import Testing

@testable import Sockets

@Suite("A gate", .timeLimit(.minutes(5)))
struct GateTests {
    /// Somebody whose state lives on a loop: to enter an actor's method, a task lets the loop have its turn.
    private actor Caller {
        nonisolated let loop: EventLoop
        nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

        init(on loop: EventLoop) { self.loop = loop }

        /// Waits at a gate while `happening` waits for the loop's next turn.
        func wait(
            at gate: Gate, before happening: @escaping @Sendable (Gate) -> Void, isCancelled: Bool
        ) async throws {
            // From here on the task runs as one that the loop has resumed.
            await EventLoop.yield()
            loop.execute { happening(gate) }
            if isCancelled { withUnsafeCurrentTask { $0?.cancel() } }
            try await gate.wait()
        }
    }

    private func wait(
        isCancelled: Bool = false, before happening: @escaping @Sendable (Gate) -> Void
    ) async throws {
        let loop = EventLoop()
        defer {
            loop.stop()
            loop.join()
        }
        let caller = Caller(on: loop)
        try await loop.run {
            try await caller.wait(at: Gate(loop: loop, isOpen: false), before: happening, isCancelled: isCancelled)
        }
    }

    @Test("What opens it between a caller's look and his waiting is not lost")
    func opened() async throws {
        try await wait { $0.open() }
    }

    @Test("What closes it for good between a caller's look and his waiting is not lost")
    func failed() async throws {
        await #expect(throws: StreamError.closed) { try await wait { $0.fail(StreamError.closed) } }
    }

    @Test("A caller who was cancelled before does not wait")
    func cancelled() async throws {
        await #expect(throws: CancellationError.self) {
            try await wait(isCancelled: true) { _ in }
        }
    }
}
