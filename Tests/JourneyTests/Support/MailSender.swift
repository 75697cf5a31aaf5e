import DeskTestSupport
import Foundation
import Mail
import PostgresTestSupport
import Runtime
import SeedTestSupport
import Sockets

/// A mail server that hands messages to the desk, and keeps each until the desk has answered for it.
struct MailSender: Sendable {
    let client: SMTPClient

    init(port: UInt16) throws {
        client = SMTPClient(
            try Smarthost("lmtp://127.0.0.1:\(port)"), clientName: "mx.customer.example",
            resolver: Resolver(offload: Offload(width: 1)), tls: nil)
    }

    /// Mails of the collection that people wrote, each from an address that can be answered.
    private static let mails = [
        "plain_emails/basic_email.eml", "multi_charset/japanese_attachment.eml", "plain_emails/raw_email_simple.eml",
        "mime_emails/raw_email_with_nested_attachment.eml", "multi_charset/ks_c_5601-1987.eml",
        "mime_emails/two_from_in_message.eml", "multi_charset/japanese_attachment_long_name.eml",
        "mime_emails/raw_email7.eml",
    ]

    /// A real mail, another one for each number up to seven. Where the collection is not at hand, a plain one of ours.
    static func message(_ number: Int) throws -> [UInt8] {
        let folder = TestDesk.root.appending(path: "../shared/data/mail/mikel")
        let file = folder.appending(path: mails[number % mails.count])
        guard number >= mails.count || !FileManager.default.fileExists(atPath: file.path) else {
            return Array(try Data(contentsOf: file))
        }
        let lines = [
            "From: Kari <kari@customer.example>", "To: hjelp@oslo.norrsken.example", "Subject: It is broken",
            "Message-ID: <\(number)@customer.example>", "", "Please help.", "",
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    /// Sends once.
    func once(_ message: [UInt8], to recipients: String...) async throws -> [SMTPReply] {
        try await once(message, to: recipients)
    }

    /// Sends once; what the desk says of each recipient, in their order.
    func once(_ message: [UInt8], to recipients: [String]) async throws -> [SMTPReply] {
        let addresses = recipients.compactMap { Address($0) }
        guard let sender = Address("sender@customer.example"), addresses.count == recipients.count else {
            throw HarnessFault("One of \(recipients) is no mail address.")
        }
        let envelope = Envelope(sender: sender, recipients: addresses)
        return try await TestDatabase.loops.next().run {
            try await client.send(message, envelope, within: .seconds(10))
        }
    }

    /// Hands a message over at whichever gateway answers, and repeats for the recipients that are left whatever was
    /// not acknowledged.
    ///
    /// - Returns: what the desk said that it became, by recipient.
    /// - Throws: `HarnessFault` where the desk says that it never will take it.
    static func send(
        _ message: [UInt8], to recipients: [String], by gateways: [MailSender], _ random: inout Seed
    ) async throws -> [String: String] {
        var (answers, order): ([String: String], Seed) = ([:], random)
        try await until("a gateway takes a mail to \(recipients)") { () -> Void? in
            let left = recipients.filter { answers[$0] == nil }
            guard !left.isEmpty, let gateway = gateways.randomElement(using: &order) else { return () }
            do {
                for (recipient, reply) in zip(left, try await gateway.once(message, to: left)) {
                    guard reply.isPositive || reply.isTemporary else {
                        throw HarnessFault("The mail to \(recipient) was answered \(reply).")
                    }
                    if reply.isPositive { answers[recipient] = reply.text.split(separator: " ").last.map(String.init) }
                }
            } catch let failure as SMTPFailure {
                if case .permanent = failure { throw failure }
            }
            return nil
        }
        random = order
        return answers
    }

    /// Sends until the desk has taken it, as a mail server does that is told to come again; the number of the ticket
    /// that it became.
    ///
    /// - Throws: `HarnessFault` where the desk says that it never will.
    func send(_ message: [UInt8], to recipient: String) async throws -> String {
        try await until("the desk takes a mail to \(recipient)") { () -> String? in
            do {
                let replies = try await once(message, to: recipient)
                guard let reply = replies.first, reply.isPositive || reply.isTemporary else {
                    throw HarnessFault("The mail to \(recipient) was answered \(replies).")
                }
                guard reply.isPositive else { return nil }
                return reply.text.split(separator: " ").last.map(String.init)
            } catch let failure as SMTPFailure {
                if case .permanent = failure { throw failure }
                return nil
            }
        }
    }
}
