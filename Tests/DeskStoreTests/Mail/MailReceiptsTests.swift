import Desk
import DeskStore
import DeskTestSupport
import Foundation
import Moments
import Postgres
import PostgresTestSupport
import Testing

@Suite("Mail that came in", .database(template: TestDesk.template))
struct MailReceiptsTests {
    private func mail(_ id: String = "1@a", to recipient: String = "Hjelp@oslo.norrsken.example") -> ReceivedMail {
        ReceivedMail(
            recipient: recipient, sender: "kari@customer.example", messageID: id, fingerprint: [1],
            original: KeptBytes(Array("From: kari@customer.example\r\n\r\nHelp".utf8)))
    }

    @Test("The gateway's role recognises a mail that has been here, though it does not see the ticket made of it")
    func earlier() async throws {
        try await TestDesk.playing("meridian_intake") { desk in
            #expect(try await desk.store.earlier(mail()).outcome == nil)
            let number = try await desk.store.transaction { (transaction: borrowing Transaction) in
                let ticket = try await desk.store.accept(TestDesk.submission(), using: transaction).ticket
                try await transaction.keep(
                    mail(), as: .request, ticket: ticket.id, entry: nil, because: "new", now: TestDesk.monday)
                return ticket.number
            }
            let found = try #require(await desk.store.earlier(mail(to: "hjelp@OSLO.norrsken.example")).outcome)
            #expect(found == (ticket: number, kind: .request))
            #expect(try await desk.store.earlier(mail("2@a")).outcome == nil)
            #expect(try await desk.store.earlier(mail(to: "hulp@amsterdam.norrsken.example")).outcome == nil)
        }
    }

    @Test("The same mail twice at once is taken once: the database refuses the second, which then is a duplicate")
    func twice() async throws {
        let desk = try TestDesk()
        let mail = mail()
        func take(as kind: MailKind) async throws {
            try await desk.store.transaction { (transaction: borrowing Transaction) in
                try await transaction.keep(mail, as: kind, ticket: nil, entry: nil, because: "", now: TestDesk.monday)
            }
        }
        try await take(as: .request)
        let error = await #expect(throws: DatabaseError.self) { try await take(as: .request) }
        #expect(error?.constraint == "inbound_mail_once")
        try await take(as: .duplicate)
        try await take(as: .duplicate)
        #expect(try await TestDatabase.current.first("select count(*) from blob", as: Int.self) == 1)
    }

    @Test("A conversation is known by its ticket's identity and by that of any letter about it")
    func conversation() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        let own = try #require(await TestDatabase.current.first("select uuid from ticket", as: UUID.self))
        let letter = try #require(await TestDatabase.current.first("select uuid from letter", as: UUID.self))
        try await TestDesk.playing("meridian_intake") { gateway in
            try await gateway.store.transaction { (transaction: borrowing Transaction) in
                for identity in [own, letter] {
                    let found = try #require(await transaction.conversation(identity))
                    #expect(found == (ticket: ticket.number, requester: ticket.requester))
                }
                #expect(try await transaction.conversation(UUID()) == nil)
            }
        }
    }

    @Test("A mail is in the lists of those who see its ticket, through every change of who does and of what it is")
    func lists() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            try await transaction.keep(
                mail(), as: .request, ticket: ticket.id, entry: nil, because: "", now: TestDesk.monday)
            try await transaction.keep(
                mail("2@a"), as: .parked, ticket: nil, entry: nil, because: "", now: TestDesk.monday)
        }
        func places() async throws -> [String] {
            try await TestDatabase.current.all(
                "select scope || ' ' || kind from mail_access order by scope", as: String.self)
        }
        func scopes() async throws -> [Int64] {
            try await TestDatabase.current.all(
                "select scope from ticket_access where ticket = \(ticket.id) order by scope", as: Int64.self)
        }
        let before = try await scopes()
        #expect(try await places() == ["0 parked"] + before.map { "\($0) request" })
        let all = try await TestDatabase.current.all("select id from scope order by id", as: Int64.self)
        let after = [before[0]] + all.filter { !before.contains($0) }.prefix(1)
        try await TestDatabase.current.run("select set_ticket_access(\(ticket.id), \(after), false)")
        #expect(try await scopes() == after.sorted())
        #expect(try await places() == ["0 parked"] + after.sorted().map { "\($0) request" })
        try await TestDatabase.current.run(
            "update inbound_mail set kind = 'follow_up', ticket = \(ticket.id) where kind = 'parked'")
        try await TestDatabase.current.run("delete from inbound_mail where kind = 'request'")
        #expect(try await places() == after.sorted().map { "\($0) follow_up" })
    }
}
