import Desk
import DeskStore
import DeskTestSupport
import Foundation
import HTTP
import Intake
import JSON
import Postgres
import PostgresTestSupport
import Testing

@Suite("What a mail says and how it looked", .database(template: TestDesk.template))
struct MailContentTests {
    private static let mail = """
        From: Kari Nordmann <kari@customer.example>
        To: hjelp@oslo.norrsken.example
        Subject: The printer is on fire
        Message-ID: <h1@customer.example>
        Date: Mon, 2 Mar 2026 10:00:00 +0100
        MIME-Version: 1.0
        Content-Type: multipart/related; boundary=r

        --r
        Content-Type: multipart/alternative; boundary=a

        --a
        Content-Type: text/plain; charset=utf-8

        Røyk kommer ut.

        On 2 March 2026 at 09:00, Desk <hjelp@oslo.norrsken.example> wrote:
        > Which printer?

        --a
        Content-Type: text/html; charset=utf-8

        <p onclick="x()">Røyk <b>kommer</b> ut.<script>alert(1)</script></p><img src="cid:logo@x" alt="Logo">
        <img src="https://spy.example/x.png" alt="Spy">
        --a--

        --r
        Content-Type: image/png; name=logo.png
        Content-ID: <logo@x>
        Content-Transfer-Encoding: base64

        iVBORw0KGgo=
        --r--
        """

    private func entry() async throws -> (TestMailDoor, EntryView) {
        let mail = try TestMailDoor()
        #expect(try await mail.deliver(Self.mail).hasSuffix("OSL-1"))
        let number = try #require(TicketNumber("OSL-1"))
        let view = try await mail.desk.store.view(of: number, seeing: mail.everything(), including: true)
        return (mail, try #require(view?.entries.first))
    }

    @Test("The whole text is kept, and where its quotation stands with it")
    func folds() async throws {
        let (_, entry) = try await entry()
        let fold = try #require(entry.folds.first)
        #expect(entry.folds.count == 1 && fold.kind == .quote)
        let bytes = Array(entry.text.utf8)
        let quoted = String(decoding: bytes[fold.range], as: UTF8.self)
        #expect(quoted.hasPrefix("On 2 March") && quoted.hasSuffix("> Which printer?"))
        #expect(entry.text.hasPrefix("Røyk kommer ut."))
    }

    @Test("The HTML is kept made safe, its pictures by the name of their file")
    func html() async throws {
        let (mail, entry) = try await entry()
        #expect(entry.hasHTML && entry.attachments.map(\.contentID) == ["logo@x"])
        let html = try #require(await mail.desk.store.html(of: entry.id, seeing: mail.everything()))
        #expect(html.contains("<b>kommer</b>") && html.contains("src=\"cid:logo@x\""))
        #expect(!html.contains("script") && !html.contains("onclick") && !html.contains("src=\"https"))
    }

    @Test("The original can be had byte by byte")
    func original() async throws {
        let (mail, entry) = try await entry()
        #expect(entry.hasOriginal)
        let sight = try await mail.everything()
        let file = try #require(await mail.desk.store.original(of: entry, named: "x.eml", seeing: sight))
        let sent = Array(Self.mail.replacing("\n", with: "\r\n").utf8)
        #expect(file.type == "message/rfc822" && file.size == Int64(sent.count))
        #expect(try await mail.desk.store.bytes(of: file, seeing: sight) == sent)
    }
}
