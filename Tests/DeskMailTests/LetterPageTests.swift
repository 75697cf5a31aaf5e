import Catalogue
import Desk
import DeskTestSupport
import Foundation
import Mail
import Postgres
import PostgresTestSupport
import Secrets
import Testing

@testable import DeskMail
@testable import DeskStore

@Suite("Letters as HTML", .database(template: TestDesk.template))
struct LetterPageTests {
    private static let keys = MasterKeys(id: "1", key: SecretKey(bytes: Array(repeating: 1, count: 32)))
    private let composer = LetterComposer(keys: keys, publicURL: "https://desk.example")
    /// What stands in a subject, in a text and in a name to become more than text.
    private static let hostile =
        "\"><script>alert(1)</script></title><img src=x onerror=a()>'{number} & <style>*{}</style></blockquote>\u{202E}"

    private func letter(of submission: Submission) async throws -> OwedLetter {
        let desk = try TestDesk()
        _ = try await desk.store.accept(submission)
        return try await desk.store.transaction { (transaction: borrowing Transaction) in
            let id = try await transaction.first("select id from letter order by id desc limit 1", as: Int64.self)
            let letter = try await desk.store.letter(try #require(id), using: transaction)
            return try #require(letter)
        }
    }

    @Test("What people wrote stays text in every letter of every language, in its HTML, its text and its header")
    func hostileValues() async throws {
        let name = "<b>Kari</b> \"Q\" \r\nBcc: all@customer.example"
        let sample = try await letter(
            of: Submission(
                from: Contact(address: "kari@customer.example", name: name), subject: Self.hostile,
                text: Self.hostile + "\n.\nFrom here\nhttps://evil.example/?a=1&b=\"><x", channel: .web, site: nil))
        for kind in Letter.allCases {
            for language in Language.allCases {
                let person = try #require(sample.recipients.first).speaking(language.rawValue)
                let draft = try #require(composer.draft(sample.copy(as: kind), for: person, at: TestDesk.monday))
                let place = "\(kind.rawValue) in \(language.rawValue)"
                LetterMarkup(try #require(draft.html)).check(
                    holding: "&lt;script&gt;alert(1)&lt;/script&gt;&lt;/title&gt;&lt;img src=x", place)
                #expect(draft.html?.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language.tag)\">") == true)
                let message = MessageParser().parse(try MessageWriter.write(draft))
                #expect(message.header["Bcc"] == nil && message.to.count == 1, "\(place)")
                #expect(message.subject.contains("<script>alert(1)</script>"), "\(place)")
                #expect(message.attachments.isEmpty, "both forms are alternatives of one another: \(place)")
            }
        }
    }

    @Test("A letter marks itself, in lower-case digits, as one of this desk, and other desks' letters are told from it")
    func loopMark() async throws {
        let sample = try await letter(of: TestDesk.submission())
        let person = try #require(sample.recipients.first)
        let draft = try #require(composer.draft(sample, for: person, at: TestDesk.monday))
        let message = MessageParser().parse(try MessageWriter.write(draft))
        let value = try #require(message.header["X-Meridian-Loop"])
        #expect(value.count == 32 && value.allSatisfy { $0.isHexDigit && !$0.isUppercase })
        #expect(LoopMark(Self.keys).isOn(message))
        let others = MasterKeys(id: "1", key: SecretKey(bytes: Array(repeating: 2, count: 32)))
        #expect(!LoopMark(others).isOn(message))
        #expect(!LoopMark(Self.keys).isOn(MessageParser().parse(Array("X-Meridian-Loop: yes\r\n\r\n".utf8))))
    }

    @Test("Only what goes to requesters says that it went to many; all of it asks not to be answered by programs")
    func precedence() async throws {
        let sample = try await letter(of: TestDesk.submission())
        let person = try #require(sample.recipients.first)
        for kind in Letter.allCases {
            let draft = try #require(composer.draft(sample.copy(as: kind), for: person, at: TestDesk.monday))
            #expect(draft.fields.contains { $0.name == "Precedence" } == kind.isForRequester, "\(kind.rawValue)")
            #expect(draft.fields.contains { $0.name == "X-Auto-Response-Suppress" }, "\(kind.rawValue)")
        }
    }

    @Test("A letter answers the recipient's last mail and names the mails before it, the first and the last of many")
    func thread() async throws {
        let sample = try await letter(of: TestDesk.submission())
        let person = try #require(sample.recipients.first)
        let pseudo = "ticket.\(sample.conversation.uuidString.lowercased())@reply.example"
        func thread(_ mails: [ThreadMail]) -> LetterThread {
            LetterThread(of: sample.copy(as: .message, mails: [person.id: mails]), to: person.id, at: "reply.example")
        }
        #expect(thread([]).references == [pseudo] && thread([]).inReplyTo == nil)
        let sent = LetterID(letter: sample.uuid, person: person.id).text(at: "reply.example")
        let short = thread([.received("a@x"), .sent(sample.uuid), .received("b@x")])
        #expect(short.inReplyTo == "b@x" && short.references == [pseudo, "a@x", sent, "b@x"])
        let answered = thread([.received("a@x"), .received("b@x"), .sent(sample.uuid), .received("b@x")])
        #expect(answered.references == [pseudo, "a@x", sent, "b@x"], "a mail that came twice is named once")
        let last = thread([.received("a@x"), .sent(sample.uuid)])
        #expect(last.inReplyTo == "a@x" && last.references == [pseudo, sent, "a@x"])
        let long = thread((1...30).map { .received("\($0)@x") })
        #expect(long.references == [pseudo] + [1, 2, 3, 4, 25, 26, 27, 28, 29, 30].map { "\($0)@x" })
        let bad = thread(
            [
                "none:00ff", "a b@x", "<a@x>", "å@x", "a\r\nBcc: b@x", "", "no-host",
                String(repeating: "a", count: 400) + "@x",
            ]
            .map { .received($0) })
        #expect(bad.references == [pseudo] && bad.inReplyTo == nil)
    }
}
