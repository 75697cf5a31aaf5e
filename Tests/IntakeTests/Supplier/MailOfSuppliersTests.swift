import Desk
import DeskMail
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import Intake
import Mail
import Postgres
import PostgresTestSupport
import Testing

@Suite("Mail of suppliers", .database(template: TestDesk.template))
struct MailOfSuppliersTests {
    /// A ticket that a supplier has which reads mail, and the gateway to which its answers come.
    private struct Shared {
        let mail: TestMailDoor
        let ticket: Ticket
        let exchange: UUID
        let supplier: SupplierID

        /// Where the supplier's answers go.
        var address: String {
            ExchangeAddress(mail.keys).address(for: exchange, at: "desk.norrsken.example", named: "Desk").specification
        }

        init() async throws {
            let organisation = try TestDesk.organisation { document in
                let suppliers = document["suppliers"] as? [[String: Any]] ?? []
                document["suppliers"] = suppliers.map { supplier in
                    guard supplier["code"] as? String == "printwerk" else { return supplier }
                    var supplier = supplier.merging(
                        [
                            "connector": "email", "address": "service@printwerk.example", "language": "nl",
                            "senders": ["@noc.printwerk.example"], "references": ["PW-#"],
                        ] as [String: Any]
                    ) { $1 }
                    supplier["url"] = nil
                    supplier["secrets"] = nil
                    return supplier
                }
            }
            let desk = try TestDesk()
            _ = try await desk.store.apply(organisation, by: "the test")
            let directory = try await desk.store.directory()
            supplier = try #require(directory.suppliers["printwerk"])
            let ticket = try await desk.store.accept(TestDesk.submission(at: directory.sites["OSL"])).ticket
            try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) {
                .routed($0.ticket.responsibility, rule: "test")
            }
            let id = supplier
            let note = Recording(by: .program, note: Note("Please look.", visibility: .internal))
            self.ticket = try await desk.store.record(on: ticket.number, seeing: .desk, note) {
                .referred(id, note: $0.entry)
            }.ticket
            exchange = try #require(await TestDatabase.current.first("select uuid from supplier_ticket", as: UUID.self))
            mail = try TestMailDoor()
        }

        func deliver(
            _ id: String, from: String = "service@printwerk.example", _ fields: String = "",
            text: String = "On our way.", to recipient: String? = nil
        ) async throws -> String {
            let content = TestMailDoor.mail(id, from: from, fields, text: text)
                .replacing("The printer is on fire", with: "Re: [\(ticket.number)] Nieuwe melding PW-77")
            return try await mail.deliver(content, from: from, to: recipient ?? address)
        }

        func receipts() async throws -> [EmailReceipt] {
            try await TestDatabase.current.all("select body from supplier_receipt order by id", as: String.self)
                .map { try EmailReceipt(reading: $0.utf8) }
        }
    }

    @Test(
        "From its address, or any of its domain, to the address of the exchange, a mail is the supplier's, once",
        arguments: ["service@printwerk.example", "Jan <JAN@noc.printwerk.example>"])
    func answer(from: String) async throws {
        let shared = try await Shared()
        #expect(try await shared.mail.door.accept(try #require(Address(shared.address.uppercased()))) == nil)
        let text = "Question: which floor?\n\n-- \nJan\n\n> Exchange: x\n> Please look."
        for _ in 1...2 {
            #expect(try await shared.deliver("a1", from: from, text: text).hasSuffix("\(shared.ticket.number)"))
        }
        let receipt = try #require(await shared.receipts().first)
        #expect(try await shared.receipts().count == 1)
        #expect(receipt.exchange == shared.exchange && receipt.text == "Question: which floor?")
        #expect(receipt.ourReference == "\(shared.ticket.number)" && !receipt.isAutomatic)
        let jobs = try await TestDatabase.current.first(
            "select count(*) from jobs.job where kind = 'supplier.read'", as: Int.self)
        #expect(jobs == 1)
        #expect(try await TestMailDoor.mails().map(\.kind) == ["follow_up", "duplicate"])
        #expect(try await TestMailDoor.mails().first?.ticket == shared.ticket.id.rawValue)
    }

    @Test(
        "Another sender, another supplier, and the right sender at another address are held for somebody to see",
        arguments: [
            "eve@elsewhere.example", "noc@fjordnett.example", "service@printwerk.example.evil.example",
            "eve@sub.noc.printwerk.example",
        ])
    func forged(from: String) async throws {
        let shared = try await Shared()
        #expect(try await !shared.deliver("e1", from: from).hasSuffix("\(shared.ticket.number)"))
        #expect(try await !shared.deliver("e2", to: "hjelp@oslo.norrsken.example").hasSuffix("\(shared.ticket.number)"))
        #expect(try await shared.receipts().isEmpty)
        #expect(try await TestMailDoor.mails().map(\.kind) == ["claim", "claim"])
    }

    @Test("Whoever made up the token of an address is told that there is no such address")
    func forgedAddress() async throws {
        let (shared, others) = (try await Shared(), try TestMailDoor())
        let forged = ExchangeAddress(others.keys).address(
            for: shared.exchange, at: "desk.norrsken.example", named: "Desk")
        #expect(try await shared.mail.door.accept(forged)?.code == 550)
        let requesters = try #require(Address(others.replyAddress(of: shared.exchange)))
        #expect(ExchangeAddress(others.keys).exchange(in: requesters.key) == nil)
    }

    @Test("A name of the desk at the address of an exchange makes nobody an agent: his mail is held too")
    func forgedAgent() async throws {
        let shared = try await Shared()
        _ = try await shared.deliver("e1", from: "ingrid.solberg@norrsken.example")
        #expect(try await TestMailDoor.mails().map(\.kind) == ["claim"])
    }

    @Test("After the end of the exchange a mail is held for somebody to see, not dropped")
    func late() async throws {
        let shared = try await Shared()
        try await TestDatabase.current.run("update supplier_ticket set ended_at = now()")
        _ = try await shared.deliver("l1")
        #expect(try await shared.receipts().isEmpty)
        #expect(try await TestMailDoor.mails().map(\.kind) == ["claim"])
    }

    @Test("An absence note is no answer; a ticket system's own mail tells its number and no more")
    func automatic() async throws {
        let shared = try await Shared()
        let mark = "Auto-Submitted: auto-replied\n"
        let absent = TestMailDoor.mail("v1", from: "service@printwerk.example", mark, text: "Solved: I am away.")
        #expect(try await shared.mail.deliver(absent, from: "", to: shared.address).hasSuffix("kept auto_reply"))
        #expect(try await shared.receipts().isEmpty)
        _ = try await shared.deliver("v2", mark, text: "Solved.")
        let receipt = try #require(await shared.receipts().first)
        #expect(receipt.isAutomatic)
        let patterns = [try #require(ReferencePattern("PW-#"))]
        #expect(receipt.statements(knowing: patterns).map(\.content) == [.acknowledged(reference: "PW-77")])
        #expect(try await TestMailDoor.mails().map(\.kind) == ["auto_reply", "auto_reply"])
    }

    @Test("Files come along and wait for the supplier's words, and a second copy brings none again")
    func files() async throws {
        let shared = try await Shared()
        let content = """
            From: service@printwerk.example
            To: \(shared.address), hjelp@oslo.norrsken.example
            Subject: Re: [\(shared.ticket.number)]
            Message-ID: <f1@printwerk.example>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            Solved: new roller.
            --b
            Content-Type: text/plain; name=report.txt
            Content-Disposition: attachment; filename=report.txt

            Roller 7.
            --b--

            """
        for recipient in [shared.address, "hjelp@oslo.norrsken.example"] {
            _ = try await shared.mail.deliver(content, from: "service@printwerk.example", to: recipient)
        }
        let waiting = try await TestDatabase.current.all("select id from attachment where entry is null", as: UUID.self)
        #expect(waiting.count == 1)
        #expect(try await shared.receipts().map(\.files) == [waiting])
        #expect(try await TestMailDoor.mails().map(\.kind) == ["follow_up", "duplicate"])
    }
}
