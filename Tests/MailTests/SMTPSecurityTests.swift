import Mail
import Runtime
import Sockets
import Testing

@Suite("Encryption and passwords on the way to a smarthost", .timeLimit(.minutes(3)))
struct SMTPSecurityTests {
    private static let transaction: [ScriptedServer.Step] = [
        .hear(1), .say("250 ok"), .hear(1), .say("250 ok"), .hear(1), .say("354 go"), .hearMessage, .say("250 kept"),
        .hear(1), .say("221 bye"),
    ]

    private func outcome(_ steps: [ScriptedServer.Step], _ uri: String, tls: TLSContext?) async throws -> (
        SMTPFailure?, [String]
    ) {
        let server = ScriptedServer(steps)
        let failure = try await server.run { port in
            let client = SMTPClient(
                try Smarthost("\(uri):\(port)"), clientName: "desk", resolver: Resolver(offload: Offload(width: 1)),
                tls: tls)
            do throws(SMTPFailure) {
                let envelope = Envelope(sender: nil, recipients: [Address(local: "a", domain: "x.org")])
                _ = try await client.send(Array("x".utf8), envelope, within: .seconds(60))
                return SMTPFailure?.none
            } catch {
                return error
            }
        }
        return (failure, server.lines)
    }

    @Test("STARTTLS encrypts before the password is sent, and the abilities are asked for anew")
    func startTLS() async throws {
        let contexts = try TestCertificate.contexts()
        let (failure, lines) = try await outcome(
            [
                .say("220 mx"), .hear(1), .say("250-mx\r\n250 STARTTLS"), .hear(1), .say("220 go"),
                .startTLS(contexts.server),
                .hear(1), .say("250-mx\r\n250 AUTH LOGIN PLAIN"), .hear(1), .say("235 2.7.0 welcome"),
            ] + Self.transaction,
            "smtp+starttls://ada:p%40ss@localhost", tls: contexts.client)
        #expect(failure == nil)
        #expect(lines.prefix(4) == ["EHLO desk", "STARTTLS", "EHLO desk", "AUTH PLAIN AGFkYQBwQHNz"])
    }

    @Test("Encryption from the first byte")
    func immediate() async throws {
        let contexts = try TestCertificate.contexts()
        let (failure, _) = try await outcome(
            [.startTLS(contexts.server), .say("220 mx"), .hear(1), .say("250 mx")] + Self.transaction,
            "smtps://localhost",
            tls: contexts.client)
        #expect(failure == nil)
    }

    @Test("A server that drops STARTTLS from its abilities gets no mail")
    func downgrade() async throws {
        let contexts = try TestCertificate.contexts()
        let (failure, lines) = try await outcome(
            [.say("220 mx"), .hear(1), .say("250 mx"), .hear(9)], "smtp+starttls://localhost", tls: contexts.client)
        guard case .misconfigured = failure else { return #expect(failure == nil) }
        #expect(lines == ["EHLO desk"])
    }

    @Test("What came in the clear behind the answer to STARTTLS ends the connection")
    func injection() async throws {
        let contexts = try TestCertificate.contexts()
        let (failure, _) = try await outcome(
            [
                .say("220 mx"), .hear(1), .say("250-mx\r\n250 STARTTLS"), .hear(1), .say("220 go\r\n250 AUTH PLAIN"),
                .startTLS(contexts.server),
            ], "smtp+starttls://localhost", tls: contexts.client)
        guard case .unreachable(let reason) = failure else { return #expect(failure == nil) }
        #expect(reason.contains("before it was encrypted"))
    }

    @Test("A certificate that nobody vouches for is not accepted")
    func untrusted() async throws {
        let contexts = try TestCertificate.contexts()
        let (failure, _) = try await outcome([.startTLS(contexts.server)], "smtps://localhost", tls: try TLSContext())
        guard case .unreachable(let reason) = failure else { return #expect(failure == nil) }
        #expect(reason.contains("could not be trusted"))
    }

    @Test("LOGIN is used where PLAIN is not offered; a wrong password is the operator's to mend")
    func login() async throws {
        let (failure, lines) = try await outcome(
            [
                .say("220 mx"), .hear(1), .say("250-mx\r\n250 AUTH LOGIN"), .hear(1), .say("334 VXNlcm5hbWU6"),
                .hear(1),
                .say("334 UGFzc3dvcmQ6"), .hear(1), .say("535 5.7.8 wrong"),
            ], "smtp://ada:pw@127.0.0.1", tls: nil)
        #expect(lines == ["EHLO desk", "AUTH LOGIN", "YWRh", "cHc="])
        guard case .misconfigured(let reason) = failure else { return #expect(failure == nil) }
        #expect(reason.contains("535 5.7.8 wrong"))
        #expect(!reason.contains("pw"))
    }
}
