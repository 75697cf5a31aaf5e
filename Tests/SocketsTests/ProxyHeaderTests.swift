import Sockets
import Testing

@Suite("The header of a proxy")
struct ProxyHeaderTests {
    static let signature: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]

    /// A header with that command and family and that content behind its length.
    static func header(_ command: UInt8, _ family: UInt8, _ content: [UInt8]) -> [UInt8] {
        signature + [0x20 | command, family, UInt8(content.count >> 8), UInt8(content.count & 255)] + content
    }

    static let v4: [UInt8] = [192, 0, 2, 1, 10, 0, 0, 1, 0x30, 0x39, 0x1F, 0x90]
    static let v6: [UInt8] =
        [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [7] + [UInt8](repeating: 1, count: 16)
        + [0x00, 0x50, 0x1F, 0x90]
    static let unix: [UInt8] = Array("/run/x".utf8) + [UInt8](repeating: 0, count: 210)

    static let right: [(String, [UInt8], SocketAddress?)] = [
        ("version 4", header(1, 0x11, v4), .ip(.v4(0xC000_0201), port: 12_345)),
        ("version 6", header(1, 0x21, v6), IPAddress("2001:db8::7").map { .ip($0, port: 80) }),
        ("a socket in the file system", header(1, 0x31, unix), .unix("/run/x")),
        (
            "further values behind the addresses", header(1, 0x11, v4 + [4, 0, 2, 1, 2]),
            .ip(.v4(0xC000_0201), port: 12_345)
        ),
        ("the proxy itself", header(0, 0x11, v4), nil), ("the proxy itself, without more", header(0, 0, []), nil),
        ("an unknown protocol", header(1, 0, [1, 2, 3]), nil),
    ]

    @Test("tells who is behind the proxy, whatever follows and however it is cut")
    func right() throws {
        for (name, bytes, expected) in Self.right {
            for count in 0..<bytes.count {
                let part = try ProxyHeader(Array(bytes.prefix(count)))
                #expect(part == nil, "\(name): \(count) bytes")
            }
            let header = try #require(try ProxyHeader(bytes + Array("GET / HTTP/1.1".utf8)), "\(name)")
            #expect(header.source == expected, "\(name)")
            #expect(header.count == bytes.count, "\(name)")
        }
    }

    static let wrong: [([UInt8], ProxyHeader.Fault)] = [
        (Array("PROXY TCP4 192.0.2.1 10.0.0.1 12345 8080\r\n".utf8), .noSignature),
        (Array("G".utf8), .noSignature), ([0x0D, 0x0A, 0x0D, 0x0A, 1], .noSignature),
        (signature + [0x11, 0x11, 0, 12] + v4, .unknownVersion), (header(2, 0x11, v4), .unknownCommand),
        (header(1, 0x12, v4), .unknownFamily), (header(1, 0x41, v4), .unknownFamily),
        (header(1, 0x11, Array(v4.dropLast())), .tooShort), (header(1, 0x21, v4), .tooShort),
        (header(1, 0x31, v6), .tooShort), (signature + [0x21, 0x11, 0x10, 0x01], .tooLong),
    ]

    @Test("is refused as soon as no further byte could make it one")
    func wrong() throws {
        for (bytes, fault) in Self.wrong {
            #expect(throws: fault, "\(bytes)") { _ = try ProxyHeader(bytes) }
        }
    }
}
