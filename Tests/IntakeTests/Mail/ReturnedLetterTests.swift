import Desk
import DeskMail
import DeskStore
import DeskTestSupport
import Foundation
import Intake
import Mail
import Moments
import Postgres
import PostgresTestSupport
import Testing

@Suite("Letters that come back", .database(template: TestDesk.template))
struct ReturnedLetterTests {
    /// A ticket by mail, resolved, and the address to which reports of its acknowledgement go.
    private func resolved(_ mail: TestMailDoor) async throws -> String {
        #expect(try await mail.deliver(TestMailDoor.mail("m1")).hasSuffix("OSL-1"))
        let (letter, person) = try #require(
            await TestDatabase.current.first(
                "select l.uuid, t.requester from ticket t join letter l on l.ticket = t.id", as: (UUID, PersonID).self))
        try await TestDesk().store.record(
            on: #require(TicketNumber("OSL-1")), seeing: .desk, Recording(by: .program)
        ) { _ in .resolved(.solved, note: nil) }
        return BounceAddress(mail.keys).address(
            for: LetterID(letter: letter, person: person), at: "desk.norrsken.example"
        ).specification
    }

    private func view(_ mail: TestMailDoor, including internalOnes: Bool) async throws -> TicketView {
        let number = try #require(TicketNumber("OSL-1"))
        let found = try await mail.desk.store.view(of: number, seeing: mail.everything(), including: internalOnes)
        return try #require(found)
    }

    private static let report = """
        From: MAILER-DAEMON@mx.elsewhere.example
        To: somebody@desk.norrsken.example
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <b1@mx.elsewhere.example>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b

        I'm sorry to have to inform you.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.elsewhere.example

        Final-Recipient: rfc822; kari@customer.example
        Action: failed
        Status: 5.1.1

        --b--

        """

    @Test("A report stands at the ticket of the letter, told to the desk alone, and nothing else happens to the ticket")
    func report() async throws {
        let mail = try TestMailDoor()
        let address = try await resolved(mail)
        #expect(try await mail.door.accept(try #require(Address(address))) == nil)
        let before = try await view(mail, including: true)
        #expect(try await mail.deliver(Self.report, from: nil, to: address.uppercased()).hasSuffix("kept bounce"))
        #expect(try await mail.deliver(Self.report, from: nil, to: address).hasSuffix("kept bounce"), "the same again")

        let after = try await view(mail, including: true)
        #expect(after.returnedLetters.map(\.address) == ["kari@customer.example"])
        #expect(after.returnedLetters.first?.reason.contains("5.1.1") == true)
        #expect(after.ticket == before.ticket && after.log.count == before.log.count)
        #expect(after.clocks == before.clocks && after.entries.count == before.entries.count)
        #expect(try await view(mail, including: false).returnedLetters.isEmpty)
        let notices = try await TestDatabase.current.all(
            "select audience from letter where kind = 'undelivered'", as: String.self)
        #expect(notices == ["position"])
        #expect(try await TestMailDoor.mails().map(\.kind) == ["request", "bounce", "duplicate"])
    }

    @Test("What comes to that address in nobody's name is a report, in whatever words; an absence note is none")
    func words() async throws {
        let mail = try TestMailDoor()
        let address = try await resolved(mail)
        let odd = TestMailDoor.mail("b2", from: "daemon@mx.elsewhere.example")
        #expect(try await mail.deliver(odd, from: nil, to: address).hasSuffix("kept bounce"))
        try await TestDatabase.current.run("delete from letter where kind = 'undelivered'")
        let absent = TestMailDoor.mail("b3", "Auto-Submitted: auto-replied\n")
        #expect(try await mail.deliver(absent, from: nil, to: address).hasSuffix("kept auto_reply"))
        #expect(try await view(mail, including: true).returnedLetters.count == 1)
        #expect(try await view(mail, including: true).ticket.state == .resolved)
        let attributed = try await TestDatabase.current.first(
            "select count(*) from inbound_mail where letter is not null", as: Int.self)
        #expect(attributed == 2)
        let notices = try await TestDatabase.current.first(
            "select count(*) from letter where kind = 'undelivered'", as: Int.self)
        #expect(notices == 0, "of an absence nobody is told")
    }

    @Test("A forged address is nobody's, and a report to a site's own address is kept without a ticket")
    func forged() async throws {
        let mail = try TestMailDoor()
        let address = try await resolved(mail)
        let others = try TestMailDoor()
        #expect(try await others.door.accept(try #require(Address(address)))?.code == 550)
        #expect(try await mail.deliver(Self.report, from: nil).hasSuffix("kept bounce"))
        #expect(try await view(mail, including: true).returnedLetters.isEmpty)
    }
}
