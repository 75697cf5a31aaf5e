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
import Runtime
import Testing

@Suite("Answers by mail", .database(template: TestDesk.template))
struct FollowUpTests {
    private func open(_ mail: TestMailDoor) async throws -> (conversation: UUID, letter: UUID, person: PersonID) {
        #expect(try await mail.deliver(TestMailDoor.mail("m1")).hasSuffix("OSL-1"))
        let database = try TestDatabase.current
        return try #require(
            await database.first(
                "select t.uuid, l.uuid, t.requester from ticket t join letter l on l.ticket = t.id",
                as: (UUID, UUID, PersonID).self
            ).map { (conversation: $0.0, letter: $0.1, person: $0.2) })
    }

    @Test("An answer to the reply address of a ticket goes on with it, its files with it")
    func replyAddress() async throws {
        let mail = try TestMailDoor()
        let opened = try await open(mail)
        let address = ReplyAddress(mail.keys).address(
            for: opened.conversation, at: "desk.norrsken.example", named: "Desk"
        ).specification
        #expect(try await mail.door.accept(try #require(Address(address))) == nil)
        let fields = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"
        let answer =
            TestMailDoor.mail("m2", fields)
            + "--b\n\nIt is the third floor.\n--b\nContent-Type: text/csv; name=a.csv\n\n1;2\n--b--\n"
        #expect(try await mail.deliver(answer, to: address.uppercased()).hasSuffix("OSL-1"))
        let number = try #require(TicketNumber("OSL-1"))
        let found = try await mail.desk.store.view(of: number, seeing: mail.everything(), including: true)
        let view = try #require(found)
        #expect(view.entries.count == 2 && view.entries[1].text.contains("third floor"))
        #expect(view.entries[1].attachments.map(\.name) == ["a.csv"])
        #expect(view.log.last?.recorded.event.kind == .requesterReplied)
        #expect(try await TestMailDoor.mails().map(\.kind) == ["request", "follow_up"])
    }

    @Test(
        "An answer that names one of our letters goes on with its ticket, whatever address it is for",
        arguments: [
            "In-Reply-To", "References",
        ])
    func letter(field: String) async throws {
        let mail = try TestMailDoor()
        let opened = try await open(mail)
        let id = LetterID(letter: opened.letter, person: opened.person).text(at: "desk.norrsken.example")
        let answer = TestMailDoor.mail("m2", "\(field): <other@x.example> <\(id)>\n")
        #expect(try await mail.deliver(answer, to: "pomoc@warszawa.norrsken.example").hasSuffix("OSL-1"))
        #expect(try await TestMailDoor.mails().map(\.kind) == ["request", "follow_up"])
    }

    @Test("Somebody else who names the conversation gets a ticket of his own, and sees and adds nothing")
    func claim() async throws {
        let mail = try TestMailDoor()
        let opened = try await open(mail)
        let id = LetterID(letter: opened.letter, person: opened.person).text(at: "desk.norrsken.example")
        let answer = TestMailDoor.mail("m2", from: "eve@elsewhere.example", "In-Reply-To: <\(id)>\n")
        #expect(try await mail.deliver(answer, from: "eve@elsewhere.example").hasSuffix("OSL-2"))
        #expect(try await TestMailDoor.mails().map(\.kind) == ["request", "claim"])
        let entries = try await TestDatabase.current.all(
            "select count(*)::int from entry group by ticket", as: Int.self)
        #expect(entries == [1, 1])
    }

    @Test("A word to a ticket that was resolved opens it again")
    func reopening() async throws {
        let mail = try TestMailDoor()
        let opened = try await open(mail)
        let operating = try TestDesk()
        try await operating.store.record(
            on: #require(TicketNumber("OSL-1")), seeing: .desk, Recording(by: .program)
        ) { _ in .resolved(.solved, note: nil) }
        let address = ReplyAddress(mail.keys).address(
            for: opened.conversation, at: "desk.norrsken.example", named: "Desk")
        #expect(try await mail.deliver(TestMailDoor.mail("m2"), to: address.specification).hasSuffix("OSL-1"))
        let card = try await mail.desk.store.card(of: #require(TicketNumber("OSL-1")), seeing: mail.everything())
        #expect(card?.ticket.state != .resolved && card?.ticket.outcome == nil)
    }

    /// Closes the ticket, in an organisation that reopens tickets for a fortnight.
    private func close() async throws -> TicketNumber {
        try await TestDesk.apply(process: ["reopens_within_days": 14])
        let number = try #require(TicketNumber("OSL-1"))
        for event in [Ticket.Event.resolved(.solved, note: nil), .closed] {
            try await TestDesk().store.record(on: number, seeing: .desk, Recording(by: .program)) { _ in event }
        }
        return number
    }

    @Test("An answer to a ticket that has been closed for too long opens a follow-up, linked to it and acknowledged")
    func followUp() async throws {
        let mail = try TestMailDoor()
        let opened = try await open(mail)
        let number = try await close()
        let address = ReplyAddress(mail.keys).address(
            for: opened.conversation, at: "desk.norrsken.example", named: "Desk"
        ).specification
        mail.desk.time.advance(by: .seconds(15 * 86_400))
        #expect(try await mail.deliver(TestMailDoor.mail("m2"), to: address).hasSuffix("OSL-2"))
        #expect(try await TestMailDoor.mails().map(\.kind) == ["request", "follow_up"])
        #expect(try await TestMailDoor.mails().last?.ticket == 2)
        let links = try await TestDatabase.current.all(
            "select ticket, other, kind from ticket_link", as: (Int64, Int64, String).self)
        #expect(links.count == 1 && links[0] == (2, 1, "follow_up"))
        let letters = try await TestDatabase.current.all(
            "select kind from letter where ticket = 2", as: String.self)
        #expect(letters == ["acknowledgement"])
        let old = try await mail.desk.store.card(of: number, seeing: mail.everything())
        #expect(old?.ticket.state == .closed)
    }

    @Test("Within the days that the organisation reopens tickets, the same answer reopens it")
    func reopensInTime() async throws {
        let mail = try TestMailDoor()
        let opened = try await open(mail)
        let number = try await close()
        let address = ReplyAddress(mail.keys).address(
            for: opened.conversation, at: "desk.norrsken.example", named: "Desk")
        mail.desk.time.advance(by: .seconds(13 * 86_400))
        #expect(try await mail.deliver(TestMailDoor.mail("m2"), to: address.specification).hasSuffix("OSL-1"))
        let card = try await mail.desk.store.card(of: number, seeing: mail.everything())
        #expect(card?.ticket.state == .assigned && card?.ticket.episode == 2)
    }

    @Test("An answer to a ticket that was merged goes along the chain, unread by the other requester")
    func merged() async throws {
        let mail = try TestMailDoor()
        let opened = try await open(mail)
        let operating = try TestDesk()
        var chain = [try #require(TicketNumber("OSL-1"))]
        for name in ["ola", "per"] {
            let next = try await operating.store.accept(TestDesk.submission(from: "\(name)@customer.example")).ticket
            try await operating.store.record(on: chain[chain.count - 1], seeing: .desk, Recording(by: .program)) { _ in
                .merged(into: next.id)
            }
            chain.append(next.number)
        }
        let address = ReplyAddress(mail.keys).address(
            for: opened.conversation, at: "desk.norrsken.example", named: "Desk")
        let answer = try await mail.deliver(TestMailDoor.mail("m2"), to: address.specification)
        #expect(answer.hasSuffix(chain[2].description))
        let view = try #require(await operating.store.view(of: chain[2], seeing: .desk, including: true))
        #expect(view.entries.count == 2 && view.entries[1].authorAddress == "kari@customer.example")
        #expect(view.entries[1].visibility == .internal && view.ticket.state == .new)
        #expect(view.log.last?.recorded.event.kind == .requesterReplied)
    }
}

extension TestMailDoor {
    /// The eyes of somebody who sees the tickets of all sites.
    func everything() async throws -> Sight { try await desk.store.directory().sight(of: nil) }
}
