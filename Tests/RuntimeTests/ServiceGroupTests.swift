import Runtime
import TallyTestSupport
import Testing

@Suite("A group of services")
struct ServiceGroupTests {
    private struct Refusal: Error, Equatable { let number: Int }

    /// A service that works until it is told to stop and notes when it begins and ends.
    private func patient(_ name: String, _ course: Tally<String>) -> any Service {
        FunctionService(name) { stop in
            course.note("+\(name)")
            await stop.wait()
            course.note("-\(name)")
        }
    }

    @Test("Services stop from the last to the first, each only after those behind it have ended")
    func order() async throws {
        let course = Tally<String>()
        let stop = StopSignal()
        let loops = EventLoopGroup(count: 2)
        defer { loops.shutdown() }
        let slow = FunctionService("slow") { stop in
            await stop.wait()
            for _ in 0..<100 { await Task.yield() }
            course.note("-slow")
        }
        let group = ServiceGroup(
            [patient("a", course), patient("b", course), slow, patient("c", course)], grace: .seconds(60), loops: loops)
        async let running: Void = group.run(until: stop)
        while course.elements.count < 3 { await Task.yield() }
        #expect(Set(course.elements) == ["+a", "+b", "+c"])
        stop.raise()
        try await running
        #expect(course.elements.suffix(4) == ["-c", "-slow", "-b", "-a"])
    }

    @Test("A service that fails stops the others, and its error is the one that is told")
    func failure() async {
        let course = Tally<String>()
        let group = ServiceGroup(
            [
                patient("a", course),
                FunctionService("failing") { _ in throw Refusal(number: 1) },
                FunctionService("failing later") { stop in
                    await stop.wait()
                    throw Refusal(number: 2)
                },
            ], grace: .seconds(60))
        await #expect(throws: Refusal(number: 1)) { try await group.run(until: StopSignal()) }
        #expect(course.elements == ["+a", "-a"])
    }

    @Test("A service that returns without having been asked ends the group without an error")
    func returns() async throws {
        let course = Tally<String>()
        let group = ServiceGroup([patient("a", course), FunctionService("brief") { _ in }], grace: .seconds(60))
        try await group.run(until: StopSignal())
        #expect(course.elements == ["+a", "-a"])
    }

    @Test("A service that does not stop is cancelled after the grace and named; those before it are still told to stop")
    func graceExceeded() async {
        let course = Tally<String>()
        let loop = EventLoop(name: "under test")
        let deaf = FunctionService("deaf") { _ in
            course.note("+deaf")
            do {
                try await loop.sleep(for: .seconds(3_600))
            } catch {
                course.note("deaf cancelled")
            }
        }
        let stop = StopSignal()
        stop.raise()
        let group = ServiceGroup([patient("a", course), deaf], grace: .milliseconds(10))
        let error = await #expect(throws: GraceExceeded.self) { try await group.run(until: stop) }
        #expect(error?.services == ["a", "deaf"])
        #expect(error?.description.contains("deaf") == true)
        #expect(Set(course.elements) == ["+a", "-a", "+deaf", "deaf cancelled"])
    }

    @Test("Cancelling the group cancels its services")
    func cancelled() async {
        let course = Tally<String>()
        let loop = EventLoop(name: "under test")
        let group = ServiceGroup(
            [
                FunctionService("asleep") { _ in
                    course.note("asleep")
                    try await loop.sleep(for: .seconds(3_600))
                }
            ], grace: .seconds(60))
        let task = Task { try await group.run(until: StopSignal()) }
        while course.elements.isEmpty { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("Groups nest: the inner one stops as one of the outer's services")
    func nested() async throws {
        let course = Tally<String>()
        let inner = ServiceGroup([patient("b", course), patient("c", course)], grace: .seconds(60))
        let group = ServiceGroup([patient("a", course), inner, patient("d", course)], grace: .seconds(60))
        let stop = StopSignal()
        async let running: Void = group.run(until: stop)
        while course.elements.count < 4 { await Task.yield() }
        stop.raise()
        try await running
        #expect(course.elements.suffix(4) == ["-d", "-c", "-b", "-a"])
    }

    @Test("A group without services waits for the signal")
    func empty() async throws {
        let stop = StopSignal()
        async let running: Void = ServiceGroup([], grace: .seconds(1)).run(until: stop)
        stop.raise()
        try await running
    }
}
