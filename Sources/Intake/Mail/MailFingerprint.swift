import Mail
import Secrets

/// The SHA-256 of a message without the fields that each server on its way adds, so that the same message is known
/// again when it comes a second time or by another way.
enum MailFingerprint {
    private static let traces: Set<String> = [
        "received", "return-path", "delivered-to", "x-original-to", "x-envelope-to", "envelope-to",
        "authentication-results", "received-spf",
    ]
    private static let tracePrefixes = ["arc-", "x-spam-", "x-virus-", "x-received"]

    static func of(_ content: [UInt8], _ message: Message) -> [UInt8] {
        var stream = DigestStream()
        for field in message.header.fields where !isTrace(field.key) {
            stream.update(Array("\(field.key):".utf8) + field.raw + [0x0A])
        }
        stream.update([0x0A])
        stream.update(Array(content[bodyStart(in: content)...]))
        return stream.finish().bytes
    }

    private static func isTrace(_ name: String) -> Bool {
        traces.contains(name) || tracePrefixes.contains { name.hasPrefix($0) }
    }

    /// Behind the first empty line; a message without one is all header.
    private static func bodyStart(in content: [UInt8]) -> Int {
        var lineStart = 0
        while let end = content[lineStart...].firstIndex(of: 0x0A) {
            let line = content[lineStart..<end]
            if line.isEmpty || line.elementsEqual([0x0D]) { return end + 1 }
            lineStart = end + 1
        }
        return content.count
    }
}
