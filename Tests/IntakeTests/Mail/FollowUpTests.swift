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
}

extension TestMailDoor {
    /// The eyes of somebody who sees the tickets of all sites.
    func everything() async throws -> Sight { try await desk.store.directory().sight(of: nil) }
}
