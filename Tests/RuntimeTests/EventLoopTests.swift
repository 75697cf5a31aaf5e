import Runtime
import Synchronization
import TallyTestSupport
import Testing

@Suite("An event loop")
struct EventLoopTests {
    let loop = EventLoop(name: "under test")

    @Test("A task of a loop stays on it through sleeps, groups and async let")
    func staysThere() async throws {
        let other = EventLoop(name: "other")
        try await loop.run { [loop] in
            loop.assertCurrent()
            try await loop.sleep(for: .milliseconds(1))
            loop.assertCurrent()
            try await other.sleep(for: .milliseconds(1))
            loop.assertCurrent()
            async let here = EventLoop.current === loop
            #expect(await here)
            await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<10 { group.addTask { EventLoop.current === loop } }
                for await isHere in group { #expect(isHere) }
            }
            #expect(try await other.run { EventLoop.current === other })
            loop.assertCurrent()
        }
        #expect(EventLoop.current == nil)
    }

    @Test("Work handed in from many threads at once is all done, each thread's in its order")
    func crossThread() async throws {
        final class Seen: Sendable {
            let last = Mutex([Int: Int]())
            let outOfOrder = Atomic(0)
            let count = Atomic(0)
        }
        let seen = Seen()
        let threads = 8
        let each = 20_000
        await withTaskGroup(of: Void.self) { group in
            for thread in 0..<threads {
                group.addTask { [loop] in
                    for number in 0..<each {
                        loop.execute {
                            seen.count.wrappingAdd(1, ordering: .relaxed)
                            let last = seen.last.withLock { $0.updateValue(number, forKey: thread) } ?? -1
                            if last != number - 1 { seen.outOfOrder.wrappingAdd(1, ordering: .relaxed) }
                        }
                    }
                }
            }
        }
        try await loop.run {}
        let count = seen.count.load(ordering: .relaxed)
        let outOfOrder = seen.outOfOrder.load(ordering: .relaxed)
        #expect(count == threads * each)
        #expect(outOfOrder == 0)
    }

    @Test("A loop that sleeps is woken every time, whatever the moment it fell asleep")
    func wakeUps() async throws {
        let other = EventLoop(name: "other")
        var sum = 0
        for number in 0..<5_000 {
            sum += try await loop.run { try await other.run { number } }
        }
        #expect(sum == 4_999 * 5_000 / 2)
    }

    @Test("An actor that lives on the loop may be assumed isolated from timers of the loop")
    func pinnedActor() async throws {
        let counter = Counter(loop: loop)
        await counter.increment()
        try await loop.run { [loop] in
            await withUnsafeContinuation { continuation in
                _ = loop.schedule(after: .milliseconds(1)) {
                    counter.assumeIsolated { $0.value += 1 }
                    continuation.resume()
                }
            }
        }
        #expect(await counter.value == 2)
        #expect(await counter.isOnLoop())
    }

    @Test("Cancelling the caller of run cancels the task, and its error comes back")
    func cancelsRun() async throws {
        let caller = Task { [loop] in
            try await loop.run { try await loop.sleep(for: .seconds(3_600)) }
        }
        caller.cancel()
        await #expect(throws: CancellationError.self) { try await caller.value }
    }

    @Test("A task that yields lets the others of its loop run")
    func yields() async throws {
        let order = Tally<String>()
        try await loop.run { [loop] in
            let other = loop.spawn { order.note("other") }
            order.note("before")
            await EventLoop.yield()
            order.note("after")
            _ = try await other.value
        }
        #expect(order.elements == ["before", "other", "after"])
    }

    @Test("Work that holds the loop for long is told to a log that wants to know")
    func stalls() async throws {
        let lines = Tally<String>()
        let sink = LogSink.calling { lines.note(String(decoding: $0, as: UTF8.self)) }
        let watched = EventLoop(name: "watched", log: Log(service: "", level: .debug, format: .text, to: sink))
        try await watched.run {
            let start = ContinuousClock.now
            while start.duration(to: .now) < .milliseconds(21) {}
        }
        try await watched.run {}
        #expect(lines.elements.count { $0.contains("held the loop loop=watched") } >= 1)
    }

    @Test("A stopped loop finishes what is at hand and ends its thread")
    func stops() async throws {
        let done = Tally<Int>()
        let group = EventLoopGroup(count: 3)
        #expect(group.next() !== group.next())
        for loop in group.loops {
            for number in 0..<1_000 { loop.execute { done.note(number) } }
        }
        group.shutdown()
        #expect(done.elements.count == 3_000)
    }
}

private actor Counter {
    var value = 0
    private let loop: EventLoop

    init(loop: EventLoop) { self.loop = loop }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    func increment() { value += 1 }

    func isOnLoop() -> Bool { loop.isCurrent }
}
