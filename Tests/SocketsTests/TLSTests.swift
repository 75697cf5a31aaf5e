import Runtime
import Sockets
import Testing

@Suite("An encrypted stream")
struct TLSTests {
    private let folder: TemporaryFolder
    private let authority: TestAuthority
    private let trusting: TLSContext

    init() throws {
        folder = try TemporaryFolder()
        authority = try TestAuthority("firm", in: folder)
        trusting = try TLSContext(authorities: authority.certificate)
    }

    /// Runs `body` against a server that speaks TLS with a certificate for `names` and echoes.
    private func withEncryptedServer<Success: Sendable>(
        for names: String, days: Int = 30, _ body: @escaping @Sendable (SocketAddress) async throws -> Success
    ) async throws -> Success {
        let files = try authority.certificate(for: names, days: days)
        let identity = try TLSContext(certificate: files.certificate, key: files.key)
        return try await withServer { stream in
            try await stream.acceptTLS(identity)
            try await echo(stream)
            try await stream.finishWriting()
        } _: { address in
            try await body(address)
        }
    }

    @Test(
        "A server with the right name and a trusted authority is talked to, whatever the size of what is said",
        arguments: [
            ("DNS:desk.example", "desk.example"), ("DNS:*.firm.example", "desk.firm.example"),
            ("IP:127.0.0.1", "127.0.0.1"),
        ])
    func trusted(names: String, name: String) async throws {
        try await withEncryptedServer(for: names) { [trusting] address in
            let stream = try await ByteStream.connect(address)
            try await stream.startTLS(trusting, name: name)
            #expect(stream.isEncrypted)
            for count in [1, 1_000, 16_384, 16_385, 200_000, 3_000_000] {
                let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
                async let written: Void = stream.write(bytes)
                #expect(try await stream.readExactly(count) == bytes)
                try await written
            }
            try await stream.write(Array("head ".utf8), Array("body".utf8))
            try await stream.finishWriting()
            #expect(try await stream.readToEnd() == Array("head body".utf8))
        }
    }

    @Test(
        "A certificate for another name is refused, and the error names the host and the reason",
        arguments: [
            ("DNS:other.example", "desk.example"), ("DNS:*.firm.example", "a.b.firm.example"),
            ("DNS:d*.firm.example", "desk.firm.example"),
            ("DNS:desk.example", "127.0.0.1"), ("IP:127.0.0.2", "127.0.0.1"),
        ])
    func wrongName(names: String, name: String) async throws {
        try await withEncryptedServer(for: names) { [trusting] address in
            let stream = try await ByteStream.connect(address)
            let error = await #expect(throws: TLSError.self) { try await stream.startTLS(trusting, name: name) }
            #expect(error?.isCertificate == true)
            #expect(error?.description.contains(name) == true)
            #expect(error?.description.contains("mismatch") == true)
            stream.close()
        }
    }

    @Test("A certificate of an unknown authority is refused")
    func unknownAuthority() async throws {
        let stranger = try TestAuthority("stranger", in: folder)
        let other = try TLSContext(authorities: stranger.certificate)
        let systemOnly = try TLSContext()
        try await withEncryptedServer(for: "DNS:desk.example") { address in
            for context in [other, systemOnly] {
                let stream = try await ByteStream.connect(address)
                let error = await #expect(throws: TLSError.self) {
                    try await stream.startTLS(context, name: "desk.example")
                }
                #expect(error?.isCertificate == true)
                stream.close()
            }
        }
    }

    @Test("A certificate that has run out is refused")
    func expired() async throws {
        try await withEncryptedServer(for: "DNS:desk.example", days: 0) { [trusting] address in
            let stream = try await ByteStream.connect(address)
            let error = await #expect(throws: TLSError.self) {
                try await stream.startTLS(trusting, name: "desk.example")
            }
            #expect(error?.description.contains("expired") == true)
            stream.close()
        }
    }

    @Test("A plain stream becomes encrypted in the middle of a protocol")
    func upgrade() async throws {
        let files = try authority.certificate(for: "DNS:mail.example")
        let identity = try TLSContext(certificate: files.certificate, key: files.key)
        try await withServer { stream in
            #expect(try await stream.readExactly(10) == Array("STARTTLS\r\n".utf8))
            try await stream.write("220 go\r\n")
            try await stream.acceptTLS(identity)
            try await echo(stream)
        } _: { [trusting] address in
            let stream = try await ByteStream.connect(address)
            try await stream.write("STARTTLS\r\n")
            #expect(try await stream.readExactly(8) == Array("220 go\r\n".utf8))
            try await stream.startTLS(trusting, name: "mail.example")
            try await stream.write("EHLO")
            #expect(try await stream.readExactly(4) == Array("EHLO".utf8))
            await stream.finish(within: .seconds(30))
        }
    }

    @Test("Plain text that was slipped in behind the answer to STARTTLS is never taken for encrypted text")
    func injection() async throws {
        let files = try authority.certificate(for: "DNS:mail.example")
        let identity = try TLSContext(certificate: files.certificate, key: files.key)
        try await withServer { stream in
            try await stream.write("220 go\r\n250 injected\r\n")
            try await stream.acceptTLS(identity)
        } _: { [trusting] address in
            let stream = try await ByteStream.connect(address)
            #expect(try await stream.readExactly(8) == Array("220 go\r\n".utf8))
            await #expect(throws: TLSError.self) { try await stream.startTLS(trusting, name: "mail.example") }
            stream.close()
        }
    }

    @Test("A server that does not speak TLS, and one that never answers, are told apart")
    func notTLS() async throws {
        try await withServer(handle: echo) { [trusting] address in
            let stream = try await ByteStream.connect(address)
            let error = await #expect(throws: TLSError.self) { try await stream.startTLS(trusting, name: "a.example") }
            #expect(error?.isCertificate == false)
            stream.close()
        }
        try await withServer { stream in
            _ = try await stream.readToEnd()
        } _: { [trusting] address in
            let stream = try await ByteStream.connect(address)
            stream.setReadDeadline(after: .milliseconds(20))
            await #expect(throws: TimedOut.self) { try await stream.startTLS(trusting, name: "a.example") }
            stream.close()
        }
    }

    @Test("An encrypted stream that is cut off is not taken for finished")
    func cutOff() async throws {
        let files = try authority.certificate(for: "DNS:desk.example")
        let identity = try TLSContext(certificate: files.certificate, key: files.key)
        try await withServer { stream in
            try await stream.acceptTLS(identity)
            try await stream.write("half a sen")
        } _: { [trusting] address in
            let stream = try await ByteStream.connect(address)
            try await stream.startTLS(trusting, name: "desk.example")
            #expect(try await stream.readExactly(10) == Array("half a sen".utf8))
            await #expect(throws: StreamError.truncated) { try await stream.read() }
        }
    }

    @Test("A missing file of authorities and a key that does not fit are told with the file")
    func badFiles() throws {
        let missing = folder.path("missing.pem")
        let noAuthorities = #expect(throws: TLSError.self) { try TLSContext(authorities: missing) }
        #expect(noAuthorities?.description.contains(missing) == true)
        let first = try authority.certificate(for: "DNS:a.example")
        let second = try authority.certificate(for: "DNS:b.example")
        let noKey = #expect(throws: TLSError.self) {
            try TLSContext(certificate: first.certificate, key: second.key)
        }
        #expect(noKey?.description.contains(second.key) == true)
    }
}
