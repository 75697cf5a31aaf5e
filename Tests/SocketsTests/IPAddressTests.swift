import Sockets
import Testing

@Suite("Addresses")
struct IPAddressTests {
    @Test(
        "Text and address correspond, version 6 in its canonical form",
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
            ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), ("::", "::"), ("::1", "::1"),
            ("::ffff:192.0.2.1", "::ffff:192.0.2.1"), ("fe80::1:2:3:4", "fe80::1:2:3:4"),
        ])
    func text(given: String, canonical: String) {
        #expect(IPAddress(given)?.description == canonical)
    }

    @Test(
        "Names, abbreviations, zones and leading zeros are refused",
        arguments: [
            "", "localhost", "127.1", "2130706433", "0x7f.0.0.1", "192.0.2.256", "01.2.3.4", "::1%lo", "[::1]",
            "1::2::3",
        ])
    func refused(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("Socket addresses are written as people write them")
    func socketAddresses() throws {
        #expect(SocketAddress.ip(.v4(0xC000_0201), port: 25).description == "192.0.2.1:25")
        #expect(SocketAddress.ip(.v6(1), port: 25).description == "[::1]:25")
        #expect(SocketAddress.unix("/run/desk.sock").description == "unix:/run/desk.sock")
    }

    @Test(
        "A block holds what shares its leading bits",
        arguments: [
            ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
            ("10.1.2.3/8", "10.9.9.9", true), ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
            ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "::1", false), ("::/0", "2001:db8::1", true),
            ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::1", false),
            ("10.0.0.0/8", "::ffff:10.1.1.1", true), ("::1/128", "::1", true), ("::/127", "::2", false),
        ])
    func blocks(block: String, address: String, isHeld: Bool) throws {
        #expect(try #require(CIDR(block)).contains(try #require(IPAddress(address))) == isHeld)
    }

    @Test(
        "What is not a block is refused",
        arguments: [
            "", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/", "/8", "10/8", "::/129", "10.0.0.0/8/8",
        ])
    func noBlocks(text: String) {
        #expect(CIDR(text) == nil)
    }

    @Test(
        "Only public addresses may be called without the operator's leave",
        arguments: [
            ("93.184.216.34", true), ("8.8.8.8", true), ("2606:2800:220:1:248:1893:25c8:1946", true),
            ("172.32.0.1", true),
            ("100.128.0.1", true), ("64:ff9b::808:808", true),
            ("127.0.0.1", false), ("127.255.0.1", false), ("10.0.0.1", false), ("172.16.0.1", false),
            ("172.31.255.255", false), ("192.168.1.1", false), ("169.254.169.254", false), ("100.64.0.1", false),
            ("0.0.0.0", false), ("0.1.2.3", false), ("224.0.0.1", false), ("240.0.0.1", false),
            ("255.255.255.255", false),
            ("192.0.2.1", false), ("198.18.0.1", false), ("::1", false), ("::", false), ("fc00::1", false),
            ("fd12::1", false), ("fe80::1", false), ("ff02::1", false), ("2001:db8::1", false),
            ("::ffff:10.0.0.1", false),
            ("::ffff:169.254.169.254", false), ("64:ff9b::a00:1", false), ("64:ff9b::7f00:1", false),
            ("2002:7f00:1::", false), ("2001::1", false), ("::7f00:1", false),
        ])
    func outbound(address: String, isPermitted: Bool) throws {
        #expect(OutboundRules().permits(try #require(IPAddress(address))) == isPermitted)
    }

    @Test("The operator's blocks are permitted as well, and only they are named")
    func allowed() throws {
        let rules = OutboundRules(allowing: [try #require(CIDR("10.1.0.0/16"))])
        let named = try #require(IPAddress("10.1.2.3"))
        #expect(rules.permits(named) && rules.names(named))
        #expect(!rules.permits(try #require(IPAddress("10.2.0.1"))))
        let open = try #require(IPAddress("8.8.8.8"))
        #expect(rules.permits(open) && !rules.names(open))
    }

    @Test(
        "A place to listen is read as people write it",
        arguments: [
            ("8080", ListenAddress.tcp(nil, port: 8_080)), (":8080", .tcp(nil, port: 8_080)),
            ("*:0", .tcp(nil, port: 0)), ("127.0.0.1:25", .tcp(.v4(0x7F00_0001), port: 25)),
            ("localhost:25", .tcp(.v4(0x7F00_0001), port: 25)), ("[::1]:25", .tcp(.v6(1), port: 25)),
            ("unix:/run/desk.sock", .unix("/run/desk.sock")),
        ])
    func listening(text: String, address: ListenAddress) {
        #expect(ListenAddress(text) == address)
        #expect(ListenAddress(address.description) == address)
    }

    @Test(
        "Anything else is not a place to listen",
        arguments: [
            "", ":", "65536", "-1", "+1", "80a", "desk.example:80", "::1:80", "[127.0.0.1]:80", "unix:", "unix:run",
        ])
    func notListening(text: String) {
        #expect(ListenAddress(text) == nil)
    }
}
