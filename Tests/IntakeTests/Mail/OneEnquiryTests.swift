import Desk
import DeskStore
import DeskTestSupport
import Foundation
import Intake
import Mail
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("One enquiry, one ticket", .database(template: TestDesk.template))
struct OneEnquiryTests {
    private static let desks = [
        "hjelp@oslo.norrsken.example", "hulp@amsterdam.norrsken.example", "pomoc@warszawa.norrsken.example",
        "hjalp@stockholm.norrsken.example", "help@singapore.norrsken.example",
    ]

    /// Which sites have how many tickets, and which listen to them.
    private func tickets() async throws -> [(number: String, listeners: Set<String>)] {
        let directory = try await TestDesk().store.directory()
        return try await TestDatabase.current.all(
            "select number, listeners from ticket order by id", as: (String, [SiteID]).self
        ).map { (number: $0.0, listeners: Set($0.1.compactMap { directory.site($0)?.code })) }
    }

    @Test("One mail to the desks of five sites is one ticket; the other four listen, see it and are told once")
    func fiveDesks() async throws {
        let mail = try TestMailDoor()
        let envelope = Envelope(
            sender: Address("kari@customer.example"), recipients: Self.desks.compactMap { Address($0) })
        let content = Array(TestMailDoor.mail("m1").utf8)
        let answers = await mail.door.deliver(envelope, content)
        #expect(answers.map { $0.text.split(separator: " ").last } == Array(repeating: "OSL-1", count: 5))
        // The mail system heard no answer and sends it again.
        _ = await mail.door.deliver(envelope, content)
        let found = try await tickets()
        #expect(found.count == 1 && found.first?.listeners == ["AMS", "WAW", "STO", "SIN"])
        let told = try await TestDatabase.current.all(
            """
            select p.code from letter l join position p on p.id = l.subject
            where l.kind = 'listening' and l.audience = 'position' order by p.code
            """, as: String.self)
        #expect(told == ["ams-dispatch", "sin-dispatch", "sto-dispatch", "waw-dispatch"])
        let acknowledged = try await TestDatabase.current.first(
            "select count(*) from letter where kind = 'acknowledgement'", as: Int.self)
        #expect(acknowledged == 1)
        let number = try #require(TicketNumber("OSL-1"))
        let directory = try await mail.desk.store.directory()
        for site in ["OSL", "AMS", "WAW", "STO", "SIN"] {
            let key = try #require(directory.sites[site])
            let scope = try await TestDatabase.current.all(
                "select id from scope where kind = 'site' and subject = \(key)", as: Int64.self)
            let seen = try await mail.desk.store.card(of: number, seeing: Sight(scopes: scope))
            #expect(seen != nil, "\(site)")
        }
    }

    @Test("The same mail that comes to five sites at once, by several gateways, is one ticket")
    func concurrent() async throws {
        let gateways = [try TestMailDoor(), try TestMailDoor()]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for round in 0..<3 {
                for (place, desk) in Self.desks.enumerated() {
                    let gateway = gateways[(round + place) % 2]
                    group.addTask {
                        let answer = try await gateway.deliver(TestMailDoor.mail("m1"), to: desk)
                        #expect(answer.hasPrefix("250"))
                    }
                }
            }
            try await group.waitForAll()
        }
        let found = try await tickets()
        #expect(found.count == 1 && found.first?.listeners.count == 4)
    }

    @Test("The same words under another Message-ID are the same enquiry at another desk within the hour, and not later")
    func sameWords() async throws {
        let mail = try TestMailDoor()
        #expect(try await mail.deliver(TestMailDoor.mail("m1")).hasSuffix("OSL-1"))
        let tagged = TestMailDoor.mail("m2").replacing("Subject: The", with: "Subject: Fwd: [EXTERNAL]  the")
        #expect(try await mail.deliver(tagged, to: Self.desks[2]).hasSuffix("OSL-1"))
        // Somebody who writes to the same desk twice means it, and so does somebody else with the same trouble.
        #expect(try await mail.deliver(TestMailDoor.mail("m3")).hasSuffix("OSL-2"))
        let ola = TestMailDoor.mail("m4", from: "ola@customer.example")
        #expect(try await mail.deliver(ola, to: Self.desks[2]).hasSuffix("WAW-1"))
        mail.desk.time.advance(by: .seconds(7 * 86_400))
        #expect(try await mail.deliver(TestMailDoor.mail("m5"), to: Self.desks[1]).hasSuffix("AMS-1"))
        // The very same message is known however late its other copy comes.
        #expect(try await mail.deliver(TestMailDoor.mail("m1"), to: Self.desks[3]).hasSuffix("OSL-1"))
        #expect(try await tickets().map(\.listeners) == [["WAW", "STO"], [], [], []])
    }

    @Test(
        "A mail that says what its author asked for on the portal within the hour joins that ticket; over the API not")
    func afterPortal() async throws {
        let mail = try TestMailDoor()
        for (address, isPortal) in [("kari@customer.example", true), ("ola@customer.example", false)] {
            let submission = Submission(
                from: Contact(address: address), subject: "The printer is on fire",
                text: "smoke comes out of it.", channel: isPortal ? .web : .api)
            try await mail.desk.store.transaction { (transaction: borrowing Transaction) in
                let record = try await mail.desk.store.accept(submission, using: transaction)
                if isPortal {
                    transaction.keep(
                        Enquiry(submission, at: Enquiry.portal), as: record.ticket.id, now: TestDesk.monday)
                }
            }
        }
        #expect(try await mail.deliver(TestMailDoor.mail("m1")).hasSuffix("OSL-1"))
        #expect(try await mail.deliver(TestMailDoor.mail("m1"), to: Self.desks[1]).hasSuffix("OSL-1"))
        #expect(try await tickets().map(\.listeners) == [["AMS"], []])
        let ola = TestMailDoor.mail("m2", from: "ola@customer.example")
        #expect(try await mail.deliver(ola, from: "ola@customer.example").hasSuffix("OSL-3"))
        mail.desk.time.advance(by: .seconds(3601))
        #expect(try await mail.deliver(TestMailDoor.mail("m3")).hasSuffix("OSL-4"))
        #expect(try await TestMailDoor.mails().map(\.kind) == ["duplicate", "duplicate", "request", "request"])
    }

    @Test(
        "A message that says more than its first copy adds its words to the ticket; a line that a server added does not"
    )
    func otherWords() async throws {
        let mail = try TestMailDoor()
        #expect(try await mail.deliver(TestMailDoor.mail("m1")).hasSuffix("OSL-1"))
        let footer = TestMailDoor.mail("m1") + "\nThis message was checked by the gateway.\n"
        #expect(try await mail.deliver(footer, to: Self.desks[1]).hasSuffix("OSL-1"))
        let alarm = TestMailDoor.mail("m1").replacing("Smoke comes out of it.", with: "Now there are flames.")
        #expect(try await mail.deliver(alarm).hasSuffix("OSL-1"))
        let texts = try await TestDatabase.current.all("select text from entry order by id", as: String.self)
        #expect(texts == ["Smoke comes out of it.", "Now there are flames."])
        // Whoever uses the identifier of somebody else's message gets a ticket of his own.
        let eve = TestMailDoor.mail("m1", from: "eve@elsewhere.example")
        #expect(try await mail.deliver(eve, from: "eve@elsewhere.example").hasSuffix("OSL-2"))
    }

    @Test("An answer that is also sent to two desks is said once, in its ticket, whichever copy comes first")
    func answer() async throws {
        let mail = try TestMailDoor()
        #expect(try await mail.deliver(TestMailDoor.mail("m1")).hasSuffix("OSL-1"))
        let letter = try #require(try await TestDatabase.current.first("select uuid from ticket", as: UUID.self))
        let address = mail.replyAddress(of: letter)
        let answer = TestMailDoor.mail("m2").replacing(
            "To: hjelp@oslo.norrsken.example", with: "To: \(address)\nCc: \(Self.desks[2]), \(Self.desks[1])")
        for recipient in [Self.desks[2], address, Self.desks[1]] {
            #expect(try await mail.deliver(answer, to: recipient).hasSuffix("OSL-1"), "\(recipient)")
        }
        let found = try await tickets()
        #expect(found.count == 1)
        #expect(try await TestGateway.rows()["entry"] == 2)
    }

    @Test("A mail that was a ticket before the one that it answers came stays one where its next copy finds both")
    func beforeItsOriginal() async throws {
        let mail = try TestMailDoor()
        let answer = TestMailDoor.mail("m2", "In-Reply-To: <m1@customer.example>\n", text: "Now there are flames.")
        #expect(try await mail.deliver(answer, to: Self.desks[3]).hasSuffix("STO-1"))
        #expect(try await mail.deliver(TestMailDoor.mail("m1")).hasSuffix("OSL-1"))
        #expect(try await mail.deliver(answer, to: Self.desks[2]).hasSuffix("STO-1"))
        #expect(try await TestMailDoor.mails().map(\.kind) == ["request", "request", "duplicate"])
        // A program that gives all its messages one Message-ID answers the ticket in other words.
        let other = answer.replacing("Now there are flames.", with: "They are out again.")
        #expect(try await mail.deliver(other, to: Self.desks[1]).hasSuffix("OSL-1"))
    }
}
