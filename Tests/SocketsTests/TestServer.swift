import Runtime
import Sockets
import Testing

/// Runs `body` on a loop while `handle` serves connections at the address that `body` is given.
func withServer<Success: Sendable>(
    _ address: ListenAddress = .tcp(.v4(0x7F00_0001), port: 0), limit: Int = 20_000, loops count: Int = 2,
    handle: @escaping @Sendable (ByteStream) async throws -> Void,
    _ body: @escaping @Sendable (SocketAddress) async throws -> Success
) async throws -> Success {
    let loops = EventLoopGroup(count: count)
    defer { loops.shutdown() }
    let listener = try Listener.bind(address)
    let stop = StopSignal()
    async let served: Void = listener.serve(on: loops, limit: limit, until: stop) { stream in
        do {
            try await handle(stream)
        } catch {
            // The test looks at its own end of the stream.
        }
    }
    let client = loops.next()
    let address = listener.address
    let outcome: Result<Success, any Error>
    do {
        outcome = .success(try await client.run { try await body(address) })
    } catch {
        outcome = .failure(error)
    }
    stop.raise()
    try await served
    return try outcome.get()
}

/// Sends back whatever arrives, until the other side has ended.
@Sendable
func echo(_ stream: ByteStream) async throws {
    while case let bytes = try await stream.read(), !bytes.isEmpty {
        try await stream.write(bytes)
    }
}

extension ByteStream {
    /// Everything up to the end of the other side.
    func readToEnd() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while try await read(into: &bytes) > 0 {}
        return bytes
    }

    /// Reads exactly so many bytes.
    func readExactly(_ count: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let more = try await read(into: &bytes, atMost: count - bytes.count)
            try #require(more > 0, "The stream ended early.")
        }
        return bytes
    }

    static func connect(_ address: SocketAddress) async throws -> ByteStream {
        try await connect(to: address, within: .seconds(30))
    }
}
