import DeskMail
import DeskStore
import DeskTestSupport
import Foundation
import Intake
import Mail
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

/// The mail door of a gateway, acting under the database role that the gateway has.
struct TestMailDoor: Sendable {
    let desk: TestDesk
    let keys = MasterKeys(id: "test", key: .random())
    let door: MailDoor

    init(offload: Offload = Offload(width: 1)) throws {
        desk = try TestDesk(as: "meridian_intake")
        door = MailDoor(store: desk.store, keys: keys, log: .silent, offload: offload)
    }

    /// What became of a message for one recipient, as the mail server hears it.
    func deliver(
        _ content: [UInt8], from sender: String? = "kari@customer.example",
        to recipient: String = "hjelp@oslo.norrsken.example"
    ) async throws -> String {
        let envelope = Envelope(
            sender: sender.flatMap { Address($0) }, recipients: [try #require(Address(recipient))])
        let answers = await door.deliver(envelope, content)
        try #require(answers.count == 1)
        return "\(answers[0].code) \(answers[0].status ?? "") \(answers[0].text)"
    }

    func deliver(
        _ text: String, from sender: String? = "kari@customer.example",
        to recipient: String = "hjelp@oslo.norrsken.example"
    ) async throws -> String {
        try await deliver(Array(text.replacing("\n", with: "\r\n").utf8), from: sender, to: recipient)
    }

    /// Where answers about a conversation go.
    func replyAddress(of conversation: UUID) -> String {
        ReplyAddress(keys).address(for: conversation, at: "desk.norrsken.example", named: "Desk").specification
    }

    static func mails() async throws -> [(kind: String, ticket: Int64?)] {
        try await TestDatabase.current.all(
            "select kind, ticket from inbound_mail order by id", as: (String, Int64?).self
        ).map { (kind: $0.0, ticket: $0.1) }
    }

    /// A mail from Kari; further fields may be given.
    static func mail(
        _ id: String, from: String = "Kari Nordmann <kari@customer.example>", _ fields: String = "",
        text: String = "Smoke comes out of it."
    ) -> String {
        """
        From: \(from)
        To: hjelp@oslo.norrsken.example
        Subject: The printer is on fire
        Message-ID: <\(id)@customer.example>
        Date: Mon, 2 Mar 2026 10:00:00 +0100
        \(fields)
        \(text)

        """
    }
}
