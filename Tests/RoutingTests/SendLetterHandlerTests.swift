import Desk
import DeskMail
import DeskStore
import DeskTestSupport
import Mail
import Moments
import Postgres
import PostgresTestSupport
import Routing
import RoutingTestSupport
import Synchronization
import Testing

@Suite("Sending letters", .database(template: TestDesk.template))
struct SendLetterHandlerTests {
    /// When an acknowledgement goes out though its ticket has not been routed.
    static let whenNothingIsWaitedFor = TestDesk.monday + SendLetterHandler.longestWaitForRouting

    @Test("The requester is told in his language, with a reply address, a link and a Message-ID of ours")
    func acknowledges() async throws {
        let record = try await TestDesk().store.accept(TestDesk.submission(subject: "Skriveren brenner"))
        let desk = try TestDesk(as: "meridian_routing", at: Self.whenNothingIsWaitedFor)
        let catcher = MailTaker()
        try await catcher.run { client in try await RoutingRun(desk, client: client).drain("mail") }

        let caught = catcher.caught.withLock { $0 }
        let message = try #require(caught.first)
        #expect(message.subject.contains("[\(record.ticket.number)]") && message.subject.contains("Skriveren brenner"))
        #expect(message.text.contains("Kari Nordmann"))
        #expect(message.to.first?.specification == "kari@customer.example")
        let sender = message.from.first?.specification ?? ""
        let uuid = try await TestDatabase.current.first("select uuid::text from ticket", as: String.self)
        let address = ReplyAddress(RoutingRun.keys)
        #expect(address.ticket(in: sender).map { "\($0)".lowercased() } == uuid)
        #expect(address.ticket(in: sender.uppercased()).map { "\($0)".lowercased() } == uuid)
        let id = try #require(LetterID(message.messageID ?? ""))
        let returns = try #require(catcher.envelopes.withLock { $0 }.first?.sender)
        #expect(BounceAddress(RoutingRun.keys).letter(in: returns.specification) == id)
        #expect(message.text.contains("https://desk.example/tickets/\(record.ticket.number)?key="))
        #expect(try await settled() == 1)
        await desk.store.database.close()
    }

    @Test("A letter that is refused for good is not tried again, and why is written down")
    func refusals() async throws {
        _ = try await TestDesk().store.accept(TestDesk.submission())
        let desk = try TestDesk(as: "meridian_routing", at: Self.whenNothingIsWaitedFor)
        let catcher = MailTaker { count, _ in count == 1 ? SMTPReply(550, "5.1.1", "nobody here") : nil }
        try await catcher.run { client in try await RoutingRun(desk, client: client).drain("mail") }
        #expect(catcher.recipients.filter { $0 == "kari@customer.example" }.count == 1)
        let refused = try await TestDatabase.current.first("select refused from delivery", as: String.self)
        #expect(refused?.contains("550") == true)
        await desk.store.database.close()
    }

    @Test("While nobody is open the one acknowledgement says, in the requester's language, when to expect an answer")
    func closedDesk() async throws {
        let sunday = TestDesk.monday - .seconds(86_400)
        let door = try TestDesk(at: sunday)
        let oslo = try await door.store.directory().sites["OSL"]
        let record = try await door.store.accept(TestDesk.submission(at: oslo, subject: "Hei"))
        let desk = try TestDesk(as: "meridian_routing", at: sunday)
        let catcher = MailTaker()
        try await catcher.run { client in
            // Before the ticket is routed nothing can be promised, so the letter waits for that.
            try await RoutingRun(desk, client: client).drain("mail")
            #expect(catcher.caught.withLock(\.count) == 0)
            try await RoutingRun(desk).drain("routing")
            try await TestDatabase.current.run("update jobs.job set due = now() where kind = 'letter.send'")
            try await RoutingRun(desk, client: client).drain("mail")
            try await TestDatabase.current.run("update jobs.job set due = now() where kind = 'letter.send'")
            try await RoutingRun(desk, client: client).drain("mail")
        }
        let letters = catcher.caught.withLock { $0 }.filter { $0.to.first?.specification == "kari@customer.example" }
        #expect(letters.count == 1)
        let text = try #require(letters.first).text
        #expect(text.contains("Skranken er stengt nå. Den åpner 2. mars 2026"), "\(text)")
        #expect(text.contains("08:00") && text.contains("12:00"), "opening, and four hours of working time later")
        let view = try #require(await door.store.view(of: record.ticket.number, seeing: .desk, including: true))
        #expect(view.directory.teams.code(of: view.ticket.responsibility.place.team) == "osl-first")
        await desk.store.database.close()
    }

    @Test("Without a smarthost letters wait and nothing is dropped")
    func waits() async throws {
        _ = try await TestDesk().store.accept(TestDesk.submission())
        let desk = try TestDesk(as: "meridian_routing")
        try await RoutingRun(desk).drain("mail")
        let waiting = try await TestDatabase.current.first(
            "select attempt from jobs.job where kind = 'letter.send' and state = 'ready'", as: Int.self)
        #expect(waiting == 0, "and waiting uses up no attempt")
        await desk.store.database.close()
    }

    private func settled() async throws -> Int? {
        try await TestDatabase.current.first("select count(*) from delivery where sent_at is not null", as: Int.self)
    }
}
