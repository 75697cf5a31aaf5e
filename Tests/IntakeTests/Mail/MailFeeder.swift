import Mail
import Runtime
import SeedTestSupport
import Sockets

/// A mail server in front of the desk as bad days make it: its connection breaks at any point, and whatever was not
/// acknowledged is sent again.
struct MailFeeder: Sendable {
    let address: SocketAddress

    /// Where a connection breaks.
    enum Break: CaseIterable, Sendable {
        case afterGreeting, insideMessage, beforeEnd, beforeAnswer
    }

    /// Hands a message over for each of its recipients, as often as it takes.
    ///
    /// - Returns: how often the connection broke on the way.
    func send(
        _ content: [UInt8], from sender: String, to recipients: [String], _ random: inout Seed
    ) async throws -> Int {
        for tries in 0..<50 {
            // The last of many tries gets through.
            let breaks = tries < 40 && Int.random(in: 0..<3, using: &random) == 0
            let point = breaks ? Break.allCases.randomElement(using: &random) : nil
            if try await attempt(content, from: sender, to: recipients, breakingAt: point) { return tries }
        }
        throw Refused(what: "50 tries were not enough")
    }

    struct Refused: Error { let what: String }

    private func attempt(
        _ content: [UInt8], from sender: String, to recipients: [String], breakingAt point: Break?
    ) async throws -> Bool {
        let stream = try await ByteStream.connect(to: address, within: .seconds(20))
        defer { stream.close() }
        stream.setReadDeadline(after: .seconds(60))
        var heard: [UInt8] = []
        try await stream.write("LHLO mx.example\r\n")
        if point == .afterGreeting { return false }
        let envelope = recipients.map { "RCPT TO:<\($0)>\r\n" }.reduce("MAIL FROM:<\(sender)>\r\n", +)
        try await stream.write(envelope + "DATA\r\n")
        // Only then is it sure that what follows is taken for the message.
        while !Self.lines(heard).contains(where: { $0.hasPrefix("354") }) {
            if try await stream.read(into: &heard) == 0 { return false }
        }
        let body = Self.stuffed(content)
        if point == .insideMessage {
            try await stream.write(body.prefix(body.count / 2))
            return false
        }
        try await stream.write(body)
        if point == .beforeEnd { return false }
        try await stream.write(".\r\n")
        if point == .beforeAnswer { return false }
        heard = []
        while Self.lines(heard).count < recipients.count {
            if try await stream.read(into: &heard) == 0 { return false }
        }
        let answers = Self.lines(heard)
        if answers.contains(where: { $0.hasPrefix("5") }) { throw Refused(what: answers.joined(separator: "; ")) }
        return answers.allSatisfy { $0.hasPrefix("250") }
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
    }

    /// With lines that end as mail's do, and dots at their beginning doubled.
    private static func stuffed(_ content: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var isAtStart = true
        for (place, byte) in content.enumerated() where byte != 0x0D {
            if isAtStart, byte == 0x2E { out.append(0x2E) }
            if byte == 0x0A { out.append(0x0D) }
            out.append(byte)
            isAtStart = byte == 0x0A
            if place == content.count - 1, byte != 0x0A { out += [0x0D, 0x0A] }
        }
        return out
    }
}
