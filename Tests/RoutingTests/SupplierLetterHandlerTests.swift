import Desk
import DeskStore
import DeskTestSupport
import Jobs
import Mail
import Moments
import Postgres
import PostgresTestSupport
import Routing
import RoutingTestSupport
import Synchronization
import Testing

@Suite("Mails of the portal of suppliers", .database(template: TestDesk.template))
struct SupplierLetterHandlerTests {
    private static func apply(
        fields: [String],
        people: [[String: Any]] = [["name": "Ola Nett", "email": "ola@fjordnett.example", "language": "en"]]
    ) async throws {
        let organisation = try TestDesk.organisation { document in
            document["suppliers"] = [
                [
                    "code": "fjordnett", "name": "Fjordnett AS", "connector": "portal", "language": "nb",
                    "contact": "noc@fjordnett.example", "fields": fields,
                    "people": people,
                ],
                [
                    "code": "printwerk", "name": "Printwerk BV", "connector": "portal", "fields": ["subject"],
                    "contact": "service@printwerk.example", "categories": ["printing"],
                ],
            ]
        }
        _ = try await TestDesk().store.apply(organisation, by: "the tests")
    }

    private static func refer() async throws -> Ticket {
        let desk = try TestDesk()
        let ticket = try await desk.store.accept(TestDesk.submission()).ticket
        let recording = Recording(by: .program, note: Note("The code is 4711.", visibility: .internal))
        try await desk.store.record(on: ticket.number, seeing: .desk, recording) {
            .referred(try #require($0.directory.suppliers["fjordnett"]), note: $0.entry)
        }
        return ticket
    }

    private func mails(of desk: TestDesk, _ catcher: MailTaker = MailTaker()) async throws -> [Message] {
        try await catcher.run { client in try await RoutingRun(desk, client: client).drain("mail") }
        return catcher.caught.withLock { $0 }.filter { $0.to.first?.domain == "fjordnett.example" }
    }

    @Test(
        "Everybody of the supplier hears in his language that there is something, and nothing that he may not know",
        arguments: [[], ["subject", "note", "description"]])
    func news(fields: [String]) async throws {
        try await Self.apply(fields: fields)
        let ticket = try await Self.refer()
        let desk = try TestDesk(as: "meridian_routing")
        let mails = try await mails(of: desk)
        #expect(mails.map { $0.to.first?.local ?? "" }.sorted() == ["noc", "ola"])
        for mail in mails {
            let all = mail.subject + mail.text
            #expect(all.contains("\(ticket.number)"))
            #expect(all.contains("https://desk.example/supplier/portal/pass?pass="))
            #expect(all.contains("The printer is on fire") == fields.contains("subject"), "\(all)")
            for hidden in ["4711", "Smoke", "Kari", "kari@"] { #expect(!all.contains(hidden), "\(hidden)") }
        }
        let contact = try #require(mails.first { $0.to.first?.local == "noc" })
        #expect(contact.text.contains("Servicedesken ga dere saken"))
        #expect(try #require(mails.first { $0.to.first?.local == "ola" }).text.contains("Hello Ola Nett"))
        await desk.store.database.close()
    }

    @Test("The link in a mail is the same whenever it is sent, and lets in whom it was sent to")
    func link() async throws {
        try await Self.apply(fields: [])
        _ = try await Self.refer()
        let desk = try TestDesk(as: "meridian_routing")
        let mail = try #require(try await mails(of: desk).first)
        let text = try #require(mail.text.firstMatch(of: /pass\?pass=([a-z0-9.]+)&to=(\S+)/))
        let pass = try #require(PortalPass(text.output.1, RoutingRun.keys))
        #expect(pass.isFor(mail.to.first?.specification ?? ""))
        #expect(pass.expiresAt == TestDesk.monday + PortalPass.lifeWithNews)
        #expect(text.output.2.hasPrefix("/supplier/portal/exchanges/"))
        await desk.store.database.close()
    }

    @Test("Whoever was taken off the document gets no mail any more")
    func gone() async throws {
        try await Self.apply(fields: [])
        _ = try await Self.refer()
        try await Self.apply(fields: [], people: [])
        let desk = try TestDesk(as: "meridian_routing")
        #expect(try await mails(of: desk).map { $0.to.first?.local ?? "" } == ["noc"])
        await desk.store.database.close()
    }

    @Test("A mail that nobody takes is left to a person, and those are told who answer for the ticket")
    func refused() async throws {
        try await Self.apply(fields: [])
        let ticket = try await Self.refer()
        let desk = try TestDesk(as: "meridian_routing")
        let catcher = MailTaker { _, to in to.local == "noc" ? SMTPReply(550, "5.1.1", "nobody here") : nil }
        _ = try await mails(of: desk, catcher)
        let dead = try await TestDatabase.current.first(
            "select count(*) from jobs.job where kind = 'letter.supplier' and state = 'dead'", as: Int.self)
        #expect(dead == 1)
        let told = try await TestDatabase.current.first(
            "select count(*) from event where ticket = \(ticket.id) and kind = 'supplier_unreachable'", as: Int.self)
        #expect(told == 1)
        await desk.store.database.close()
    }

    @Test("A link that was asked for is not sent any more when it would open nothing")
    func late() async throws {
        try await Self.apply(fields: [])
        let letter = SupplierLetter(to: "noc@fjordnett.example", .pass(place: nil), at: TestDesk.monday)
        _ = try await TestDesk().store.transaction { (transaction: borrowing Transaction) in
            try await transaction.enqueue(letter)
        }
        let desk = try TestDesk(as: "meridian_routing", at: TestDesk.monday + PortalPass.lifeWhenAsked)
        #expect(try await mails(of: desk).isEmpty)
        await desk.store.database.close()
    }
}
