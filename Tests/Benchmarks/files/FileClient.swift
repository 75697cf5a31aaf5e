import BenchmarkSupport
import HTTP
import JSON
import Secrets
import Sockets

/// Sends and fetches files as a program does, piece by piece.
struct FileClient: Sendable {
    let address: SocketAddress
    let token: String
    let number: String

    /// The answer may be of any length: no more than a piece of it is kept.
    private static let limits: MessageLimits = {
        var limits = MessageLimits()
        limits.body = .max
        return limits
    }()

    /// Bytes that do not repeat within a piece of the database, and no compression makes small.
    private static let piece: [UInt8] = {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        return (0..<1_048_573).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }()

    private static func pieces(_ size: Int, _ take: ([UInt8]) async throws -> Void) async throws {
        var left = size
        while left > 0 {
            try await take(left < piece.count ? Array(piece[..<left]) : piece)
            left -= piece.count
        }
    }

    /// The digest of a file of that size.
    static func digest(_ size: Int) async throws -> Digest {
        var digest = DigestStream()
        var left = size
        while left > 0 {
            digest.update(left < piece.count ? Array(piece[..<left]) : piece)
            left -= piece.count
        }
        return digest.finish()
    }

    private func connect() async throws -> ByteStream {
        let stream = try await ByteStream.connect(to: address, within: .seconds(10))
        stream.setReadDeadline(after: .seconds(600))
        stream.setWriteDeadline(after: .seconds(600))
        return stream
    }

    private func head(_ line: String, _ more: String = "") -> String {
        "\(line) HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer \(token)\r\nConnection: close\r\n\(more)\r\n"
    }

    /// Adds a file to the ticket and returns where it is.
    func upload(_ size: Int) async throws -> String {
        let stream = try await connect()
        defer { stream.close() }
        let path = "/api/v1/tickets/\(number)/attachments?name=log"
        try await stream.write(head("POST \(path)", "Content-Length: \(size)\r\n"))
        try await Self.pieces(size) { try await stream.write($0) }
        var parser = ResponseParser(answering: .post, limits: Self.limits)
        var body: [UInt8] = []
        try await read(stream, &parser, .created) { body += $0 }
        guard let href = try JSON.parse(body)["href"]?.string else { throw BenchmarkFault("the file has no address") }
        return href
    }

    /// Fetches a file and returns the digest of what came.
    func download(_ href: String) async throws -> Digest {
        let stream = try await connect()
        defer { stream.close() }
        try await stream.write(head("GET \(href)"))
        var parser = ResponseParser(answering: .get, limits: Self.limits)
        var digest = DigestStream()
        try await read(stream, &parser, .ok) { digest.update($0) }
        return digest.finish()
    }

    private func read(
        _ stream: ByteStream, _ parser: inout ResponseParser, _ status: Status, take: ([UInt8]) -> Void
    ) async throws {
        while true {
            while let event = try parser.next() {
                switch event {
                case .head(let head):
                    guard head.status == status else { throw BenchmarkFault("the answer is \(head.status)") }
                case .body(let bytes): take(bytes)
                case .end: return
                }
            }
            let bytes = try await stream.read()
            guard !bytes.isEmpty else { throw BenchmarkFault("the answer breaks off") }
            parser.feed(bytes)
        }
    }
}
