import Runtime
import Sockets
import Synchronization

/// A mail server that says what the test has written down, whatever is right.
struct ScriptedServer: Sendable {
    /// One step of the script.
    enum Step: Sendable {
        /// Say this, line ends added.
        case say(String)
        /// Wait for so many lines and keep them.
        case hear(Int)
        /// Wait for the lines of a message up to the dot.
        case hearMessage
        case startTLS(TLSContext)
        /// Close the connection.
        case hangUp
    }

    private final class Heard: Sendable {
        let lines = Mutex<[String]>([])
    }

    private let heard = Heard()
    let steps: [Step]

    init(_ steps: [Step]) { self.steps = steps }

    /// What the client said, up to now.
    var lines: [String] { heard.lines.withLock { $0 } }

    /// Runs `body` on a loop with the port on which the script is played, for each connection from its beginning.
    func run<Success: Sendable>(_ body: @escaping @Sendable (UInt16) async throws -> Success) async throws -> Success {
        let loops = EventLoopGroup(count: 1)
        defer { loops.shutdown() }
        let listener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
        let stop = StopSignal()
        async let served: Void = listener.serve(on: loops, until: stop) { stream in
            do {
                try await play(on: stream)
            } catch {
                // The client's side of the test tells what went wrong.
            }
        }
        let port = listener.address.port ?? 0
        let outcome: Result<Success, any Error>
        do {
            outcome = .success(try await loops.next().run { try await body(port) })
        } catch {
            outcome = .failure(error)
        }
        stop.raise()
        try await served
        return try outcome.get()
    }

    private func play(on stream: ByteStream) async throws {
        stream.setReadDeadline(after: .seconds(240))
        var input: [UInt8] = []
        for step in steps {
            switch step {
            case .say(let text): try await stream.write(text + "\r\n")
            case .hear(let count):
                for _ in 0..<count { _ = try await line(from: stream, &input) }
            case .hearMessage:
                while try await line(from: stream, &input) != "." {}
            case .startTLS(let context): try await stream.acceptTLS(context)
            case .hangUp: return stream.close()
            }
        }
        await stream.finish(within: .seconds(5))
    }

    private func line(from stream: ByteStream, _ input: inout [UInt8]) async throws -> String {
        while true {
            if let feed = input.firstIndex(of: 10) {
                let line = String(decoding: input[..<feed].dropLast(), as: UTF8.self)
                input.removeSubrange(...feed)
                heard.lines.withLock { $0.append(line) }
                return line
            }
            if try await stream.read(into: &input) == 0 { throw StreamError.closed }
        }
    }
}
