import Glibc
import Runtime
import Synchronization
import TallyTestSupport
import Testing

@Suite("Off-loaded work")
struct OffloadTests {
    @Test("It runs off the loop, its result and its error come back to the loop")
    func runs() async throws {
        struct Refusal: Error {}
        let offload = Offload(width: 2)
        let loop = EventLoop(name: "under test")
        try await loop.run {
            let isOnLoop = try await offload.run { EventLoop.current != nil }
            #expect(!isOnLoop)
            #expect(loop.isCurrent)
            await #expect(throws: Refusal.self) { try await offload.run { throw Refusal() } }
        }
    }

    @Test("No more run at a time than the pool is wide, and all are done")
    func bounded() async throws {
        let offload = Offload(width: 3)
        let load = Load()
        let seen = Tally<Int>()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<300 {
                group.addTask {
                    try await offload.run {
                        let (_, now) = load.running.wrappingAdd(1, ordering: .relaxed)
                        seen.note(now)
                        // Safe: a thread of the pool that really blocks is what the test is about.
                        usleep(200)
                        load.running.wrappingSubtract(1, ordering: .relaxed)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(seen.elements.count == 300)
        #expect(seen.elements.allSatisfy { (1...3).contains($0) })
    }

    @Test("Work that has not begun when its task is cancelled never begins; the rest goes on")
    func cancelled() async throws {
        let offload = Offload(width: 1)
        let gate = Gate()
        let first = Task { try await offload.run { gate.wait() } }
        gate.untilEntered()
        let began = Tally<Bool>()
        let second = Task { try await offload.run { began.note(true) } }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        gate.open()
        try await first.value
        #expect(try await offload.run { 7 } == 7)
        #expect(began.elements.isEmpty)
    }
}

/// How many pieces of work run now.
private final class Load: Sendable {
    let running = Atomic(0)
}

/// Holds a thread until the test lets it go.
private final class Gate: Sendable {
    private let entered = Atomic(false)
    private let opened = Atomic(false)

    func wait() {
        entered.store(true, ordering: .releasing)
        while !opened.load(ordering: .acquiring) { sched_yield() }
    }

    func untilEntered() {
        while !entered.load(ordering: .acquiring) { sched_yield() }
    }

    func open() { opened.store(true, ordering: .releasing) }
}
