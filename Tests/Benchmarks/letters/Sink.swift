import BenchmarkSupport
import Mail
import Runtime
import Sockets
import Synchronization

/// A smarthost that takes every letter and keeps the last one.
final class Sink: Sendable {
    private let listener: Listener
    private let loops: EventLoopGroup
    private let last = Mutex<(envelope: Envelope, content: [UInt8])?>(nil)
    let port: UInt16

    init(on loops: EventLoopGroup) throws {
        self.loops = loops
        listener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
        guard let port = listener.address.port else { throw BenchmarkFault("the sink has no port") }
        self.port = port
    }

    func run(until stop: StopSignal) async throws {
        let server = LMTPServer(
            .smtp, on: listener, hostName: "smarthost", loops: loops, accept: { _ in nil },
            deliver: { [self] envelope, content in
                last.withLock { $0 = (envelope, content) }
                return envelope.recipients.map { .delivered(to: $0, "taken") }
            })
        try await server.run(until: stop)
    }

    /// A client that brings it mail, as the worker has one.
    func client() throws -> SMTPClient { try Self.client(port: port) }

    static func client(port: UInt16) throws -> SMTPClient {
        SMTPClient(
            try Smarthost("smtp://127.0.0.1:\(port)"), clientName: "meridian",
            resolver: Resolver(offload: Offload(width: 1)), tls: nil)
    }

    /// A letter that came.
    func sample() async throws -> (envelope: Envelope, content: [UInt8]) {
        guard let letter = last.withLock(\.self) else { throw BenchmarkFault("no letter came") }
        return letter
    }
}
