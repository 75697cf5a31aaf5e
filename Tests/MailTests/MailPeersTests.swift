import Sockets
import Testing

@testable import Mail

@Suite("From whom mail is taken")
struct MailPeersTests {
    private func address(_ text: String) throws -> SocketAddress { .ip(try #require(IPAddress(text)), port: 40_000) }

    @Test(
        "A server on this machine or in a private network may hand mail over",
        arguments: ["127.0.0.1", "::1", "10.1.2.3", "192.168.7.1", "172.20.0.9", "fd00::5", "::ffff:10.0.0.1"])
    func near(text: String) throws {
        #expect(MailPeers().admits(try address(text)))
    }

    @Test(
        "A public address may not, unless it is named",
        arguments: ["8.8.8.8", "2a00:1450:4001:80b::200e", "::ffff:8.8.8.8"])
    func far(text: String) throws {
        #expect(!MailPeers().admits(try address(text)))
        let named = MailPeers(naming: ["8.8.8.0/24", "2a00:1450::/32"].compactMap { CIDR($0) })
        #expect(named.admits(try address(text)))
        #expect(!named.admits(try address("9.9.9.9")))
    }

    @Test("Whoever comes through a socket of this machine may")
    func local() {
        #expect(MailPeers().admits(nil))
    }
}
