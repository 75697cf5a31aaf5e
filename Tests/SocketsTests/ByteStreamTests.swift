import Glibc
import Runtime
import SeedTestSupport
import Sockets
import TallyTestSupport
import Testing

@Suite("A stream of bytes")
struct ByteStreamTests {
    @Test("What is written comes back from an echo, over TCP and over a socket file", arguments: [true, false])
    func echoes(isTCP: Bool) async throws {
        let folder = try TemporaryFolder()
        let address = isTCP ? ListenAddress.tcp(.v4(0x7F00_0001), port: 0) : .unix(folder.path("echo.sock"))
        try await withServer(address, handle: echo) { address in
            let stream = try await ByteStream.connect(address)
            try await stream.write("hello ")
            try await stream.write(Array("wor".utf8), Array("ld".utf8))
            #expect(try await stream.readExactly(11) == Array("hello world".utf8))
            #expect(stream.peer == address)
            stream.close()
            #expect(stream.isClosed)
        }
    }

    @Test("Fifty megabytes arrive whole and in order, while others of the same loop go on")
    func large() async throws {
        let size = 50_000_000
        let text = RepeatedText(seed: 7)
        try await withServer(loops: 1) { stream in
            var place = 0
            var isRight = true
            while case let bytes = try await stream.read(), !bytes.isEmpty {
                isRight = isRight && text.matches(bytes, at: place)
                place += bytes.count
            }
            try await stream.write("\(place) \(isRight)")
        } _: { address in
            let stream = try await ByteStream.connect(address)
            let other = stream.loop.spawn {
                var turns = 0
                while !Task.isCancelled {
                    await EventLoop.yield()
                    turns += 1
                }
                return turns
            }
            var generator = Seed(8)
            var sent = 0
            while sent < size {
                let count = min(Int.random(in: 1...300_000, using: &generator), size - sent)
                try await stream.write(text.piece(at: sent, count: count))
                sent += count
            }
            try await stream.finishWriting()
            #expect(String(decoding: try await stream.readToEnd(), as: UTF8.self) == "\(size) true")
            other.cancel()
            #expect(try await other.value > 100)
        }
    }

    @Test("A writer waits for a reader that does not read, and goes on when it does")
    func backPressure() async throws {
        let gate = StopSignal()
        try await withServer { stream in
            await gate.wait()
            let count = try await stream.readToEnd().count
            try await stream.write("\(count)")
        } _: { address in
            let stream = try await ByteStream.connect(address)
            let block = [UInt8](repeating: 7, count: 1_000_000)
            stream.setWriteDeadline(after: .milliseconds(50))
            var written = 0
            await #expect(throws: TimedOut.self) {
                while true {
                    try await stream.write(block)
                    written += 1
                }
            }
            #expect(written < 64, "A socket took \(written) MB without a reader.")
            stream.close()
            gate.raise()
        }
    }

    @Test("After a half close the other direction still works")
    func halfClose() async throws {
        try await withServer { stream in
            let question = try await stream.readToEnd()
            try await stream.write(Array(question.reversed()))
        } _: { address in
            let stream = try await ByteStream.connect(address)
            try await stream.write("abc")
            try await stream.finishWriting()
            #expect(try await stream.readToEnd() == Array("cba".utf8))
            await #expect(throws: StreamError.self) { try await stream.write("more") }
        }
    }

    @Test("A cancelled read throws at once, and the stream can still be read")
    func cancelledRead() async throws {
        try await withServer(handle: echo) { address in
            let stream = try await ByteStream.connect(address)
            let loop = stream.loop
            for isEarly in [true, false] {
                let reading = loop.spawn { try await stream.read() }
                if !isEarly { try await loop.sleep(for: .zero) }
                reading.cancel()
                await #expect(throws: CancellationError.self) { try await reading.value }
            }
            try await stream.write("still here")
            #expect(try await stream.readExactly(10) == Array("still here".utf8))
        }
    }

    @Test("A read past its deadline throws, a moved deadline counts anew, and a removed one not at all")
    func readDeadline() async throws {
        try await withServer(handle: echo) { address in
            let stream = try await ByteStream.connect(address)
            stream.setReadDeadline(after: .milliseconds(5))
            await #expect(throws: TimedOut(after: .milliseconds(5))) { try await stream.read() }
            await #expect(throws: TimedOut(after: .milliseconds(5))) { try await stream.read() }
            stream.setReadDeadline(after: .seconds(60))
            try await stream.write("a")
            #expect(try await stream.read() == [97])
            stream.setReadDeadline(after: nil)
            try await stream.write("b")
            #expect(try await stream.read() == [98])
        }
    }

    @Test("Closing a stream ends the read of another task")
    func closeWhileReading() async throws {
        try await withServer(handle: echo) { address in
            let stream = try await ByteStream.connect(address)
            let reading = stream.loop.spawn { try await stream.read() }
            try await stream.loop.sleep(for: .zero)
            stream.close()
            await #expect(throws: StreamError.closed) { try await reading.value }
            await #expect(throws: StreamError.closed) { try await stream.write("a") }
            stream.close()
        }
    }

    @Test("A reset by the other side is told as such")
    func reset() async throws {
        try await withServer { stream in
            _ = try await stream.read()
            // Closing with unread bytes in the system's buffer makes a reset of the end.
            try await stream.loop.sleep(for: .milliseconds(1))
        } _: { address in
            let stream = try await ByteStream.connect(address)
            try await stream.write("a")
            await #expect(throws: StreamError.self) {
                while true { try await stream.write([UInt8](repeating: 0, count: 100_000)) }
            }
        }
    }

    @Test("A stream that finishes gets its last words across although the other side is still talking")
    func finishes() async throws {
        try await withServer { stream in
            _ = try await stream.read(atMost: 1)
            try await stream.write("enough")
            await stream.finish(within: .seconds(30))
        } _: { address in
            let stream = try await ByteStream.connect(address)
            try await stream.write([UInt8](repeating: 1, count: 3_000_000))
            try await stream.finishWriting()
            #expect(String(decoding: try await stream.readToEnd(), as: UTF8.self) == "enough")
        }
    }

    @Test("A stream that is let go ends the connection")
    func letGo() async throws {
        let ends = Tally<Int>()
        let isOver = StopSignal()
        try await withServer { stream in
            ends.note(try await stream.readToEnd().count)
            isOver.raise()
        } _: { address in
            try await { try await ByteStream.connect(address).write("abc") }()
            await isOver.wait()
            #expect(ends.elements == [3])
        }
    }
}

/// A long text without pattern, repeated without end, so that lost, doubled and exchanged bytes are noticed.
private struct RepeatedText: Sendable {
    private static let period = 1_000_003
    private let bytes: [UInt8]

    init(seed: UInt64) {
        var generator = Seed(seed)
        let once = (0..<Self.period).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        bytes = once + once
    }

    /// The bytes from `place` on, at most as many as the period is long.
    func piece(at place: Int, count: Int) -> ArraySlice<UInt8> {
        bytes[(place % Self.period)...].prefix(count)
    }

    func matches(_ other: [UInt8], at place: Int) -> Bool {
        piece(at: place, count: other.count).withUnsafeBytes { expected in
            other.withUnsafeBytes { bytes in
                guard let expected = expected.baseAddress, let bytes = bytes.baseAddress else { return other.isEmpty }
                return memcmp(expected, bytes, other.count) == 0
            }
        }
    }
}
