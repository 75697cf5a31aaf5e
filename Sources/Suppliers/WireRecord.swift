import HTTP
import Synchronization

/// What was said to a supplier's system and what it answered, for people who look for a fault later. Fields of a head
/// are left out, for they hold credentials, and so is every secret and token that the wire has given out.
final class WireRecord: Sendable {
    private struct Content {
        var sent: [String] = []
        var received: [String] = []
        var concealed: [String] = []
    }

    private let content = Mutex(Content())

    /// How many bytes are kept of each side.
    static let most = 16 * 1024

    /// Keeps a text out of the record.
    func conceal(_ text: String) {
        guard text.utf8.count > 3 else { return }
        content.withLock { $0.concealed.append(text) }
    }

    /// - Parameter words: what is kept in place of the body.
    func note(_ request: Request, as words: String? = nil) {
        let address = request.authority.map { "\(request.scheme.rawValue)://\($0)" } ?? ""
        let line = "\(request.method) \(address)\(request.target.path)"
        let body = (words ?? request.body.whole.map { Self.text(of: $0, request) }).map { "\n" + $0 } ?? ""
        content.withLock { $0.sent.append(line + body) }
    }

    /// What stands for a file in the record.
    static func words(for name: String? = nil, type: String, bytes: Int) -> String {
        "[" + [name, type, "\(bytes) bytes"].compactMap(\.self).joined(separator: ", ") + "]"
    }

    /// A body as it was sent, or what stands for one that is no text.
    private static func text(of body: [UInt8], _ request: Request) -> String {
        String(validating: body, as: UTF8.self)
            ?? words(type: request.fields[.contentType] ?? "of no type", bytes: body.count)
    }

    func note(_ response: Response) {
        // A secret at the end of what is kept has to be whole to be known as one.
        let text = String(decoding: response.body.bytes.prefix(2 * Self.most), as: UTF8.self)
        content.withLock { $0.received.append("\(response.status)\n\(text)") }
    }

    func note(_ error: HTTPClientError) {
        content.withLock { $0.received.append("\(error)") }
    }

    var sent: String { content.withLock { Self.text($0.sent, without: $0.concealed) } }
    var received: String { content.withLock { Self.text($0.received, without: $0.concealed) } }

    private static func text(_ parts: [String], without concealed: [String]) -> String {
        var text = parts.joined(separator: "\n\n")
        for secret in concealed { text = text.replacing(secret, with: "[secret]") }
        text = text.replacing("\0", with: "\u{FFFD}")
        guard text.utf8.count > most else { return text }
        return String(decoding: text.utf8.prefix(most), as: UTF8.self) + "…"
    }
}
