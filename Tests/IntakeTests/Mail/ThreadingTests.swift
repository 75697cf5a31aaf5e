import Desk
import DeskMail
import DeskStore
import DeskTestSupport
import Foundation
import Intake
import Mail
import Postgres
import PostgresTestSupport
import Testing

@Suite("Which ticket a mail goes on with", .database(template: TestDesk.template))
struct ThreadingTests {
    private static let kari = "Kari Nordmann <kari@customer.example>"
    private static let eve = "Eve <eve@elsewhere.example>"
    /// Somebody who works at the desk in Oslo.
    private static let agent = "ingrid.solberg@norrsken.example"

    private func mail(_ id: String, from: String = kari, subject: String = "More of it", _ fields: String = "")
        -> String
    {
        TestMailDoor.mail(id, from: from, fields).replacing("The printer is on fire", with: subject)
            .replacing("Smoke", with: "Now \(id)")
    }

    /// The letter about the first ticket to its requester.
    private func letter() async throws -> LetterID {
        try #require(
            await TestDatabase.current.first(
                "select l.uuid, t.requester from letter l join ticket t on t.id = l.ticket order by l.id limit 1",
                as: (UUID, PersonID).self
            ).map { LetterID(letter: $0.0, person: $0.1) })
    }

    private func entries() async throws -> [(ticket: Int64, visibility: String)] {
        try await TestDatabase.current.all(
            "select ticket, visibility from entry order by id", as: (Int64, String).self
        ).map { (ticket: $0.0, visibility: $0.1) }
    }

    @Test(
        "By a mail of his own that it answers, and by the number in its subject, the requester goes on with his ticket")
    func requester() async throws {
        let mail = try TestMailDoor()
        #expect(try await mail.deliver(self.mail("m1")).hasSuffix("OSL-1"))
        for (id, subject, fields) in [
            ("a1", "More", "In-Reply-To: <m1@customer.example>\n"),
            ("a2", "More", "References: <x@elsewhere.example> <a1@customer.example>\n"),
            ("a3", "Re: [OSL-1] The printer", ""), ("a4", "SV: [osl-1] [urgent]", ""),
        ] {
            #expect(try await mail.deliver(self.mail(id, subject: subject, fields)).hasSuffix("OSL-1"), "\(id)")
        }
        #expect(try await TestMailDoor.mails().map(\.kind) == ["request"] + Array(repeating: "follow_up", count: 4))
        // Words that only look like a number, and numbers of nothing, are none.
        for (id, subject) in [("b1", "OSL-1 without brackets"), ("b2", "[OSL-99] nothing"), ("b3", "[OSL-01]")] {
            #expect(try await !mail.deliver(self.mail(id, subject: subject)).hasSuffix("OSL-1"), "\(id)")
        }
    }

    @Test("By our own first reference, in whatever case, the ticket goes on")
    func reference() async throws {
        let mail = try TestMailDoor()
        _ = try await mail.deliver(self.mail("m1"))
        let uuid = try #require(await TestDatabase.current.first("select uuid from ticket", as: UUID.self))
        let field = "References: <TICKET.\(uuid.uuidString)@desk.norrsken.example>\n"
        #expect(try await mail.deliver(self.mail("a1", field)).hasSuffix("OSL-1"))
    }

    @Test("A stranger's claim is a ticket of his own, linked to what it claims, which is not touched")
    func stranger() async throws {
        let mail = try TestMailDoor()
        _ = try await mail.deliver(self.mail("m1"))
        let answer = "In-Reply-To: <m1@customer.example>\n"
        #expect(try await mail.deliver(self.mail("e1", from: Self.eve, answer)).hasSuffix("OSL-2"))
        #expect(try await mail.deliver(self.mail("e2", from: Self.eve, subject: "Re: [OSL-1] x")).hasSuffix("OSL-3"))
        #expect(try await TestMailDoor.mails().map(\.kind) == ["request", "claim", "claim"])
        let links = try await TestDatabase.current.all(
            "select ticket, other, kind from ticket_link order by ticket", as: (Int64, Int64, String).self)
        #expect(links.map { "\($0.0) \($0.1) \($0.2)" } == ["2 1 related", "3 1 related"])
        #expect(try await entries().map(\.ticket) == [1, 2, 3])
    }

    @Test("What an agent answers to a letter is a note for the desk; with the number alone it is a claim")
    func agent() async throws {
        let mail = try TestMailDoor()
        _ = try await mail.deliver(self.mail("m1"))
        let answer = "In-Reply-To: <\(try await letter().text(at: "desk.norrsken.example"))>\n"
        #expect(try await mail.deliver(self.mail("i1", from: Self.agent, answer)).hasSuffix("OSL-1"))
        #expect(try await mail.deliver(self.mail("i1", from: Self.agent, answer)).hasSuffix("OSL-1"), "once")
        #expect(try await entries().map { "\($0.ticket) \($0.visibility)" } == ["1 public", "1 internal"])
        #expect(try await TestMailDoor.mails().map(\.kind) == ["request", "follow_up", "duplicate"])
        #expect(try await !mail.deliver(self.mail("i2", from: Self.agent, subject: "[OSL-1]")).hasSuffix("OSL-1"))
    }

    @Test("What a follower answers to a letter is a note for the desk")
    func follower() async throws {
        let mail = try TestMailDoor()
        _ = try await mail.deliver(self.mail("m1"))
        _ = try await mail.deliver(self.mail("e1", from: Self.eve))
        try await TestDatabase.current.run(
            "insert into follower (ticket, person, since) select 1, requester, now() from ticket where id = 2")
        let answer = "In-Reply-To: <\(try await letter().text(at: "desk.norrsken.example"))>\n"
        #expect(try await mail.deliver(self.mail("e2", from: Self.eve, answer)).hasSuffix("OSL-1"))
        #expect(try await entries().map { "\($0.ticket) \($0.visibility)" } == ["1 public", "2 public", "1 internal"])
    }

    @Test(
        "A report that returns our letter, and an absence note that answers it, stand at its ticket and touch nothing")
    func reports() async throws {
        let mail = try TestMailDoor()
        _ = try await mail.deliver(self.mail("m1"))
        let id = try await letter().text(at: "desk.norrsken.example")
        let revision = try await TestDatabase.current.first("select revision from ticket", as: Int64.self)
        let report = """
            From: MAILER-DAEMON@mx.elsewhere.example
            Subject: Undelivered
            Message-ID: <b1@mx.elsewhere.example>
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b

            Sorry.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.elsewhere.example

            Final-Recipient: rfc822; kari@customer.example
            Action: ACTION
            Status: 5.1.1

            --b
            Content-Type: text/rfc822-headers

            Message-ID: <\(id)>
            --b--

            """
        let delayed = report.replacing("ACTION", with: "delayed").replacing("b1@", with: "b0@")
        #expect(try await mail.deliver(delayed, from: nil).hasSuffix("kept bounce"))
        #expect(try await mail.deliver(report.replacing("ACTION", with: "failed"), from: nil).hasSuffix("kept bounce"))
        let away = self.mail("a1", "Auto-Submitted: auto-replied\nIn-Reply-To: <\(id)>\n")
        #expect(try await mail.deliver(away).hasSuffix("kept auto_reply"))
        #expect(try await TestMailDoor.mails().map(\.ticket) == [1, 1, 1, 1])
        #expect(try await TestDatabase.current.first("select revision from ticket", as: Int64.self) == revision)

        // The delay is no failure; the failure marks the address, until somebody writes from it.
        let view = try await mail.desk.store.view(
            of: #require(TicketNumber("OSL-1")), seeing: mail.everything(), including: true)
        #expect(view?.returnedLetters.count == 1)
    }

    @Test("An address at which nobody is known is marked when our letter comes back, and free when he writes again")
    func undeliverable() async throws {
        let mail = try TestMailDoor()
        _ = try await mail.deliver(self.mail("m1"))
        let letter = try await letter()
        try await TestDatabase.current.run(
            """
            insert into delivery (letter, person, address, sent_at)
            select id, \(letter.person), 'kari@customer.example', now() from letter where uuid = \(letter.letter)
            """)
        let bounce = """
            From: MAILER-DAEMON@mx.elsewhere.example
            Message-ID: <b1@mx.elsewhere.example>
            In-Reply-To: <\(letter.text(at: "desk.norrsken.example"))>
            Subject: failure notice

            <kari@customer.example>:
            Remote host said: 550 5.1.1 User unknown

            """
        func marked() async throws -> Int {
            try await TestDatabase.current.first(
                "select count(*)::int from person_address where undeliverable_since is not null", as: Int.self) ?? -1
        }
        #expect(try await mail.deliver(bounce, from: nil).hasSuffix("kept bounce"))
        #expect(try await marked() == 1)
        _ = try await mail.deliver(self.mail("m2"))
        #expect(try await marked() == 0)
    }

    @Test("A letter of our own that a program sends back opens nothing")
    func loop() async throws {
        let mail = try TestMailDoor()
        let mark = LoopMark(mail.keys).text
        let back = self.mail("l1", "\(LoopMark.fieldName): \(mark)\n")
        #expect(try await mail.deliver(back).hasSuffix("kept auto_reply"))
        let others = self.mail("l2", "\(LoopMark.fieldName): \(String(mark.reversed()))\n")
        #expect(try await mail.deliver(others).hasSuffix("OSL-1"))
    }
}
