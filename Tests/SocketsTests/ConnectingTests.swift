import Glibc
import Runtime
import Sockets
import Testing

@Suite("Connecting")
struct ConnectingTests {
    private let resolver = Resolver(offload: Offload(width: 1))
    private let loop = EventLoop(name: "client")

    /// An address on which nobody listens.
    private func closedAddress() throws -> SocketAddress {
        try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0)).address
    }

    @Test("A refused connection is told with the address and the reason")
    func refused() async throws {
        let address = try closedAddress()
        try await loop.run {
            let error = await #expect(throws: StreamError.self) { try await ByteStream.connect(address) }
            #expect(error?.description.contains("\(address): Connection refused") == true)
            let missing = await #expect(throws: StreamError.self) { try await ByteStream.connect(.unix("/no/such")) }
            #expect(missing?.description.contains("unix:/no/such: No such file") == true)
        }
    }

    @Test("A connection that nobody answers times out and can be cancelled")
    func unanswered() async throws {
        // A listening socket whose queue is full lets further callers wait.
        let full = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0), backlog: 0)
        let address = full.address
        try await loop.run { [loop] in
            var waiting: [ByteStream] = []
            await #expect(throws: TimedOut.self) {
                for _ in 0..<20 { waiting.append(try await ByteStream.connect(to: address, within: .milliseconds(30))) }
            }
            let cancelled = loop.spawn { try await ByteStream.connect(to: address, within: .seconds(3_600)) }
            try await loop.sleep(for: .zero)
            cancelled.cancel()
            await #expect(throws: CancellationError.self) { try await cancelled.value }
        }
    }

    @Test("A name is resolved off the loop and its addresses are tried until one answers")
    func byName() async throws {
        try await withServer(handle: echo) { [resolver] address in
            let port = try #require(address.port)
            let stream = try await ByteStream.connect(
                host: "localhost", port: port, resolver: resolver, rules: nil, within: .seconds(30))
            try await stream.write("a")
            #expect(try await stream.read() == [97])
            stream.close()
        }
    }

    @Test("An address that is not public is refused unless the operator has named it")
    func rules() async throws {
        try await withServer(handle: echo) { [resolver] address in
            let port = try #require(address.port)
            for host in ["localhost", "127.0.0.1", "::ffff:127.0.0.1"] {
                let error = await #expect(throws: AddressRefused.self) {
                    try await ByteStream.connect(
                        host: host, port: port, resolver: resolver, rules: OutboundRules(), within: .seconds(30))
                }
                #expect(error?.description.contains(host) == true)
            }
            let rules = OutboundRules(allowing: try [#require(CIDR("127.0.0.0/8"))])
            let stream = try await ByteStream.connect(
                host: "127.0.0.1", port: port, resolver: resolver, rules: rules, within: .seconds(30))
            stream.close()
        }
    }

    @Test("A name without an address is told as such, and an address needs no question")
    func resolution() async throws {
        let error = await #expect(throws: ResolutionError.self) {
            try await resolver.addresses(of: "no-such-host.invalid", port: 1)
        }
        #expect(error?.description.contains("no-such-host.invalid") == true)
        await #expect(throws: ResolutionError.self) { try await resolver.addresses(of: "", port: 1) }
        #expect(try await resolver.addresses(of: "192.0.2.1", port: 25) == [.ip(.v4(0xC000_0201), port: 25)])
        #expect(try await resolver.addresses(of: "::1", port: 25) == [.ip(.v6(1), port: 25)])
    }
}
