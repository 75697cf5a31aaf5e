import DeskTestSupport
import Foundation
import Mail
import PostgresTestSupport
import Runtime
import Sockets

/// A mail server that hands messages to the desk, and keeps each until the desk has answered for it.
struct MailSender: Sendable {
    let client: SMTPClient

    init(port: UInt16) throws {
        client = SMTPClient(
            try Smarthost("lmtp://127.0.0.1:\(port)"), clientName: "mx.customer.example",
            resolver: Resolver(offload: Offload(width: 1)), tls: nil)
    }

    /// A message of the collection; nil where the collection is not at hand.
    static func message(_ name: String) throws -> [UInt8]? {
        let file = TestDesk.root.appending(path: "../shared/data/mail/mikel/\(name)")
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return Array(try Data(contentsOf: file))
    }

    /// Sends once.
    func once(_ message: [UInt8], to recipient: String) async throws -> [SMTPReply] {
        guard let sender = Address("sender@customer.example"), let recipient = Address(recipient) else {
            throw HarnessFault("\(recipient) is no mail address.")
        }
        let envelope = Envelope(sender: sender, recipients: [recipient])
        return try await TestDatabase.loops.next().run {
            try await client.send(message, envelope, within: .seconds(10))
        }
    }

    /// Sends until the desk has taken it; the number of the ticket that it became.
    func send(_ message: [UInt8], to recipient: String) async throws -> String {
        try await until("the desk takes a mail to \(recipient)") { () -> String? in
            do {
                let replies = try await once(message, to: recipient)
                guard let reply = replies.first, reply.isPositive else {
                    throw HarnessFault("The mail to \(recipient) was answered \(replies).")
                }
                return reply.text.split(separator: " ").last.map(String.init)
            } catch let failure as SMTPFailure {
                if case .permanent = failure { throw failure }
                return nil
            }
        }
    }
}
