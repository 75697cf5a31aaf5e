import Glibc
import Runtime
import Testing

@Suite("Watching descriptors")
struct WatchTests {
    let loop = EventLoop(name: "under test")

    /// The two ends of a pipe that are closed at the end of `body`.
    private func withPipe(_ body: (_ reading: CInt, _ writing: CInt) async throws -> Void) async throws {
        var ends: [CInt] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer {
            close(ends[0])
            close(ends[1])
        }
        try await body(ends[0], ends[1])
    }

    @Test("A level watch is called each turn until the descriptor is empty, an edge watch once for what arrived")
    func levelAndEdge() async throws {
        try await loop.run { [loop] in
            try await withPipe { reading, writing in
                var calls = 0
                let level = try loop.watch(reading, .level([.readable])) { readiness in
                    #expect(readiness.contains(.readable))
                    calls += 1
                    var byte: UInt8 = 0
                    read(reading, &byte, 1)
                }
                write(writing, "abc", 3)
                try await loop.turn(8)
                #expect(calls == 3)
                level.cancel()

                var edges = 0
                let edge = try loop.watch(reading, .edge) { readiness in
                    if readiness.contains(.readable) { edges += 1 }
                }
                write(writing, "abc", 3)
                try await loop.turn(8)
                #expect(edges == 1)
                write(writing, "d", 1)
                try await loop.turn(8)
                #expect(edges == 2)
                edge.cancel()
            }
        }
    }

    @Test("A watch once is silent after its call until it is armed again")
    func once() async throws {
        try await loop.run { [loop] in
            try await withPipe { reading, writing in
                var calls = 0
                let watch = try loop.watch(reading, .once([.readable])) { _ in calls += 1 }
                write(writing, "abc", 3)
                try await loop.turn(8)
                #expect(calls == 1)
                try watch.update([.readable])
                try await loop.turn(8)
                #expect(calls == 2)
                watch.cancel()
            }
        }
    }

    @Test("The interest in writing is switched on and off as it is needed")
    func writingOnDemand() async throws {
        try await loop.run { [loop] in
            try await withPipe { _, writing in
                var calls = 0
                let watch = try loop.watch(writing, .level([])) { readiness in
                    if readiness.contains(.writable) { calls += 1 }
                }
                try await loop.turn(8)
                #expect(calls == 0)
                try watch.update([.writable])
                try await loop.turn(8)
                #expect(calls > 0)
                try watch.update([])
                let before = calls
                try await loop.turn(8)
                #expect(calls == before)
                watch.cancel()
            }
        }
    }

    @Test("The end of the other side is told whatever the interest is")
    func hangUp() async throws {
        try await loop.run { [loop] in
            var ends: [CInt] = [0, 0]
            try #require(pipe(&ends) == 0)
            var seen: Readiness = []
            var kept: Watch?
            kept = try loop.watch(ends[0], .level([])) { readiness in
                seen.formUnion(readiness)
                kept?.cancel()
            }
            close(ends[1])
            try await loop.turn(8)
            #expect(seen.contains(.failed))
            close(ends[0])
        }
    }

    @Test("A handler that cancels another watch of the same turn silences it")
    func cancelsOther() async throws {
        try await loop.run { [loop] in
            try await withPipe { firstReading, firstWriting in
                try await withPipe { secondReading, secondWriting in
                    var calls = 0
                    var watches: [Watch] = []
                    for reading in [firstReading, secondReading] {
                        watches.append(
                            try loop.watch(reading, .level([.readable])) { _ in
                                calls += 1
                                for watch in watches { watch.cancel() }
                            })
                    }
                    write(firstWriting, "a", 1)
                    write(secondWriting, "a", 1)
                    try await loop.turn(8)
                    #expect(calls == 1)
                    #expect(watches.allSatisfy { !$0.isActive })
                }
            }
        }
    }

    @Test("A number in use again belongs to its new watch; the old one neither hears of it nor harms it")
    func reuse() async throws {
        try await loop.run { [loop] in
            try await withPipe { reading, writing in
                let number = dup(reading)
                var oldCalls = 0
                var newCalls = 0
                let old = try loop.watch(number, .level([.readable])) { _ in oldCalls += 1 }
                try #require(dup2(reading, number) == number)
                let new = try loop.watch(number, .once([.readable])) { _ in newCalls += 1 }
                old.cancel()
                write(writing, "a", 1)
                try await loop.turn(8)
                #expect(oldCalls == 0)
                #expect(newCalls == 1)
                #expect(!old.isActive && new.isActive)
                new.cancel()
                close(number)
            }
        }
    }

    @Test("A closed descriptor and a file are refused with the system's reason")
    func refusals() async throws {
        try await loop.run { [loop] in
            #expect(throws: SystemError.self) { try loop.watch(-1, .edge) { _ in } }
            let file = open("/proc/self/stat", O_RDONLY)
            let error = #expect(throws: SystemError.self) { try loop.watch(file, .edge) { _ in } }
            #expect(error?.code == EPERM)
            close(file)
        }
    }
}

extension EventLoop {
    /// Lets the loop look at its descriptors so many times.
    fileprivate func turn(_ times: Int) async throws {
        for _ in 0..<times { try await sleep(for: .zero) }
    }
}
