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

@Suite("Mail that comes in", .database(template: TestDesk.template))
struct MailDoorTests {
    @Test("A request becomes one ticket at the site it was written to, and the same mail again is answered alike")
    func request() async throws {
        let mail = try TestMailDoor()
        let text = TestMailDoor.mail("m1")
        #expect(try await mail.deliver(text) == "250 2.1.5 <hjelp@oslo.norrsken.example> OSL-1")
        // On its second way it has another trace.
        let again = "Received: from mx2.example by mx1.example; Mon, 2 Mar 2026 10:05:00 +0100\n" + text
        #expect(try await mail.deliver(again) == "250 2.1.5 <hjelp@oslo.norrsken.example> OSL-1")
        #expect(try await TestMailDoor.mails().map(\.kind) == ["request", "duplicate"])
        #expect(try await TestGateway.rows()["ticket"] == 1)
        let other = TestMailDoor.mail("m2").replacing("Smoke", with: "Steam")
        let warsaw = try await mail.deliver(other, to: "pomoc@warszawa.norrsken.example")
        #expect(warsaw.hasSuffix(" WAW-1"))
        let number = try #require(TicketNumber("OSL-1"))
        let found = try await mail.desk.store.view(of: number, seeing: mail.everything(), including: true)
        let view = try #require(found)
        #expect(view.record.subject == "The printer is on fire")
        #expect(view.entries.map(\.text) == ["Smoke comes out of it."])
        #expect(view.requester.name == "Kari Nordmann" && view.ticket.channel == .mail)
    }

    @Test("The same mail from eight connections at once opens one ticket")
    func concurrent() async throws {
        let mail = try TestMailDoor()
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { try await mail.deliver(TestMailDoor.mail("m1")) } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(answers == ["250 2.1.5 <hjelp@oslo.norrsken.example> OSL-1"])
        #expect(try await TestGateway.rows()["ticket"] == 1)
    }

    @Test("A mail whose transaction the server ends for the sake of another one is kept all the same, once")
    func runAgain() async throws {
        let mail = try TestMailDoor()
        // A sequence is not rolled back: the first ticket is refused as in a deadlock, and the next is not.
        try await TestDatabase.current.run(
            script: """
                create sequence meetings;
                create function meet() returns trigger language plpgsql security definer as $$
                begin
                    if nextval('meetings') = 1 then raise exception 'somebody is in the way' using errcode = '40P01'; end if;
                    return new;
                end $$;
                create trigger meet before insert on ticket for each row execute function meet()
                """)
        let answer = try await mail.deliver(TestMailDoor.mail("m1"))
        #expect(answer.hasPrefix("250 ") && answer.contains("OSL-"))
        #expect(try await TestGateway.rows()["ticket"] == 1)
        #expect(try await TestMailDoor.mails().map(\.kind) == ["request"])
    }

    @Test("One message to two addresses of a site, and to another site, is one ticket")
    func severalRecipients() async throws {
        let mail = try TestMailDoor()
        let recipients = ["hjelp@oslo.norrsken.example", "Postmaster", "pomoc@warszawa.norrsken.example"].map {
            Address($0) ?? Address(local: $0, domain: "")
        }
        let envelope = Envelope(sender: Address("kari@customer.example"), recipients: recipients)
        let answers = await mail.door.deliver(envelope, Array(TestMailDoor.mail("m1").utf8))
        #expect(answers.map { $0.text.split(separator: " ").last } == ["OSL-1", "OSL-1", "OSL-1"])
        #expect(try await TestGateway.rows()["ticket"] == 1)
    }

    @Test("Only addresses of the desk are taken")
    func recipients() async throws {
        let mail = try TestMailDoor()
        for (address, isWanted) in [
            ("hjelp@oslo.norrsken.example", true), ("Hjelp@Oslo.Norrsken.example", true),
            ("nobody@norrsken.example", false),
            ("desk+aaaa.bbbb@desk.norrsken.example", false),
        ] {
            let refusal = try await mail.door.accept(try #require(Address(address)))
            #expect((refusal == nil) == isWanted, "\(address)")
            if !isWanted { #expect(refusal?.code == 550 && refusal?.status == "5.1.1") }
        }
        #expect(try await mail.door.accept(Address(local: "postmaster", domain: "")) == nil)
    }

    @Test("Who does not say who he is is known by the envelope; nobody at all opens no ticket")
    func authors() async throws {
        let mail = try TestMailDoor()
        let nameless = "Subject: Help\nMessage-ID: <n1@x.example>\n\nPlease help.\n"
        #expect(try await mail.deliver(nameless, from: "ola@customer.example").hasSuffix("OSL-1"))
        #expect(try await mail.desk.store.person(at: "ola@customer.example") != nil)
        let nobody = "Subject: Help\nMessage-ID: <n2@x.example>\n\nPlease help.\n"
        #expect(try await mail.deliver(nobody, from: nil).hasSuffix("kept auto_reply"))
        #expect(try await mail.deliver("\n", from: "ola@customer.example").hasSuffix("kept unreadable"))
        #expect(try await TestGateway.rows()["ticket"] == 1)
    }

    @Test("A broken charset and a NUL do not keep a mail from becoming a ticket")
    func broken() async throws {
        let mail = try TestMailDoor()
        var bytes = Array(TestMailDoor.mail("b1", "Content-Type: text/plain; charset=klingon-1\n").utf8)
        bytes += [0xFF, 0xFE, 0x00, 0x41, 0xC3]
        #expect(try await mail.deliver(bytes).hasSuffix("OSL-1"))
    }

    @Test("Absence notes and mail of the desk's own addresses open nothing; a program's alarm does, unacknowledged")
    func automatic() async throws {
        let mail = try TestMailDoor()
        let absent = TestMailDoor.mail("a1", "Auto-Submitted: auto-replied\n")
        #expect(try await mail.deliver(absent).hasSuffix("kept auto_reply"))
        let own = TestMailDoor.mail("a2", from: "pomoc@warszawa.norrsken.example")
        #expect(try await mail.deliver(own).hasSuffix("kept auto_reply"))
        #expect(try await TestGateway.rows()["job"] == 0)
        let alarm = TestMailDoor.mail("a3", "Auto-Submitted: auto-generated\n")
        #expect(try await mail.deliver(alarm).hasSuffix("OSL-1"))
        let jobs = try await TestDatabase.current.all("select kind from jobs.job", as: String.self)
        #expect(jobs == ["ticket.route"])
    }

    @Test("With the database away nothing is acknowledged")
    func away() async throws {
        let mail = try TestMailDoor()
        await mail.desk.store.database.close()
        #expect(try await mail.deliver(TestMailDoor.mail("m1")).hasPrefix("451 4.3.0"))
        let address = try #require(Address("hjelp@oslo.norrsken.example"))
        await #expect(throws: DatabaseError.self) { try await mail.door.accept(address) }
        #expect(try await TestGateway.rows()["inbound_mail"] == 0)
    }
}
