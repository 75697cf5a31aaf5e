import DeskStore
import DeskTestSupport
import Foundation
import Intake
import Mail
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("Programs that answer each other", .database(template: TestDesk.template))
struct MailLoopTests {
    /// A program that answers every letter it gets, until the desk sends no more.
    ///
    /// - Returns: how many mails it has sent.
    private func play(
        _ mail: TestMailDoor, _ fields: String = "", atMost: Int = 500, to address: @Sendable (UUID) -> String
    ) async throws -> Int {
        var (sent, answered) = (0, Int64(0))
        var recipient = "hjelp@oslo.norrsken.example"
        while sent < atMost {
            let text = TestMailDoor.mail("away-\(UUID().uuidString)", from: "bot@customer.example", fields)
            _ = try await mail.deliver(text, from: "bot@customer.example", to: recipient)
            sent += 1
            let letter = try await TestDatabase.current.first(
                """
                select l.id, t.uuid from letter l join ticket t on t.id = l.ticket
                where l.audience = 'requester' and l.id > \(answered) order by l.id desc limit 1
                """, as: (Int64, UUID).self)
            guard let letter else { return sent }
            answered = letter.0
            recipient = address(letter.1)
        }
        return sent
    }

    @Test("One that marks its answers gets no letter at all")
    func marked() async throws {
        let mail = try TestMailDoor()
        let sent = try await play(mail, "Auto-Submitted: auto-replied\n") { _ in "hjelp@oslo.norrsken.example" }
        #expect(sent == 1)
        #expect(try await TestGateway.rows()["ticket"] == 0)
    }

    @Test("One that hides what it is, and opens a ticket with every answer, hears nothing more after ten")
    func hidden() async throws {
        let mail = try TestMailDoor()
        let sent = try await play(mail) { _ in "hjelp@oslo.norrsken.example" }
        #expect(sent == 11)
        #expect(try await TestGateway.rows()["ticket"] == 11)
    }

    @Test("One that hides what it is and answers into the ticket gets one letter, since words are not acknowledged")
    func intoTicket() async throws {
        let mail = try TestMailDoor()
        #expect(try await play(mail) { mail.replyAddress(of: $0) } == 2)
        #expect(try await TestGateway.rows()["ticket"] == 1)
    }

    @Test("Programs that answer under many names of one domain hear nothing more after its limit; others are answered")
    func manyNames() async throws {
        try await TestDesk.apply(process: ["acknowledgements_per_domain": 3])
        let mail = try TestMailDoor()
        func letters() async throws -> Int? {
            try await TestDatabase.current.first(
                "select count(*) from letter where audience = 'requester'", as: Int.self)
        }
        for number in 1...6 {
            let sender = "bot\(number)@\(number % 2 == 0 ? "Customer" : "customer").example"
            #expect(try await mail.deliver(TestMailDoor.mail("m\(number)", from: sender)).hasSuffix("OSL-\(number)"))
        }
        #expect(try await letters() == 3)
        #expect(try await mail.deliver(TestMailDoor.mail("m7", from: "ola@other.example")).hasSuffix("OSL-7"))
        #expect(try await letters() == 4)
        mail.desk.time.advance(by: .seconds(3600))
        #expect(try await mail.deliver(TestMailDoor.mail("m8", from: "bot8@customer.example")).hasSuffix("OSL-8"))
        #expect(try await letters() == 5)
    }

    @Test(
        "What one address sends beyond the limit of the hour is parked, not lost, and told of; the next hour is another"
    )
    func brake() async throws {
        try await TestDesk.apply(process: ["mails_per_sender": 3])
        let mail = try TestMailDoor()
        var answers: [String] = []
        for number in 1...5 { answers.append(try await mail.deliver(TestMailDoor.mail("m\(number)"))) }
        #expect(answers.map { $0.hasSuffix("kept parked") } == [false, false, false, true, true])
        // Sent again it stays parked, and what has a ticket is known as before.
        #expect(try await mail.deliver(TestMailDoor.mail("m4")).hasSuffix("kept parked"))
        #expect(
            try await mail.deliver(TestMailDoor.mail("m1"), to: "hulp@amsterdam.norrsken.example").hasSuffix("OSL-1"))
        #expect(try await mail.deliver(TestMailDoor.mail("m6", from: "ola@customer.example")).hasSuffix("OSL-4"))
        #expect(try await TestGateway.rows()["ticket"] == 4)
        mail.desk.time.advance(by: .seconds(3600))
        #expect(try await mail.deliver(TestMailDoor.mail("m7")).hasSuffix("OSL-5"))
    }

    @Test("A parked mail that an operator releases becomes a ticket, and one put aside does not; each once")
    func release() async throws {
        try await TestDesk.apply(process: ["mails_per_sender": 1])
        let mail = try TestMailDoor()
        for number in 1...3 {
            let text = TestMailDoor.mail("m\(number)").replacing("Smoke", with: "\(number) times smoke")
            _ = try await mail.deliver(text)
        }
        let store = try TestDesk(time: mail.desk.time).store
        let operating = MailDoor(store: store, keys: mail.keys, log: .silent)
        let parked = try await store.parkedMail(from: "kari@customer.example")
        try #require(parked.count == 2)
        #expect(try await mail.desk.store.parkedMailCount()?.count == 2)
        #expect(try await operating.release(parked[0]) == "OSL-2")
        await #expect(throws: NotParked.self) { try await operating.release(parked[0]) }
        #expect(try await store.discardParked(parked[1].uuid))
        #expect(try await !store.discardParked(parked[1].uuid))
        #expect(try await store.parkedMailCount() == nil)
        let texts = try await TestDatabase.current.all("select text from entry order by id", as: String.self)
        #expect(texts == ["1 times smoke comes out of it.", "2 times smoke comes out of it."])
    }
}
