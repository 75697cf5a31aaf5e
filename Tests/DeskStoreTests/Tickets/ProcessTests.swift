import Desk
import DeskSchema
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Testing

@Suite("What is promised, asked and offered is kept with the ticket", .database(template: TestDesk.template))
struct ProcessTests {
    @Test("Owner, call-back, questions, offer, judgement and escalation are read back as they were")
    func readsBack() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept(at: "OSL")
        let directory = try await desk.store.directory()
        let network = try directory.responsibility(of: "ams-network")
        let supplier = try #require(directory.suppliers["fjordnett"])
        try await desk.record(on: ticket) { _ in .ownerChanged(network.position) }
        try await desk.record(on: ticket) { _ in .callbackPromised(due: TestDesk.monday + .seconds(90_000)) }
        try await desk.record(on: ticket, note: "Seen this?") {
            .inquired(.team(network.place), question: try #require($0.entry))
        }
        try await desk.record(on: ticket, note: "Known fault?") {
            .inquired(.supplier(supplier), question: try #require($0.entry))
        }
        try await desk.record(on: ticket) { _ in .offered(network, note: nil) }
        try await desk.record(on: ticket) { _ in .foundSufficient }
        try await desk.record(on: ticket) { _ in .meansChosen(.visit, note: nil) }
        try await desk.record(on: ticket) { _ in .escalated(.site, .lacksPeople) }
        let after = try await desk.record(on: ticket) { _ in .declaredMajor }
        let read = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true)).ticket
        #expect(read == after)
        #expect(read.undertakings.inquiries.count == 2 && read.ties.isMajor)
    }

    @Test("No ticket is kept without an owner, and one of the time before there were owners has got one")
    func owner() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        let database = try TestDatabase.current
        let error = await #expect(throws: DatabaseError.self) {
            try await database.run("update ticket set owner = null")
        }
        #expect(error?.constraint == "ticket_has_owner")
        try await database.run("alter table ticket drop constraint ticket_has_owner")
        try await database.run("update ticket set owner = null")
        for name in ["owners of tickets", "owners of all tickets"] {
            let migration = try #require(deskSchema.first { $0.name == name })
            try await database.transaction { transaction in try await transaction.run(script: migration.script) }
        }
        #expect(try await database.first("select owner from ticket", as: PositionID.self) == ticket.owner)
        let isKnown: SQL = "select convalidated from pg_constraint where conname = 'ticket_has_owner'"
        #expect(try await database.first(isKnown, as: Bool.self) == true)
    }

    @Test("A team of another site sees a ticket while it is asked about it, under the gateway's role, and not after")
    func sight() async throws {
        let plain = try TestDesk()
        let ticket = try await plain.accept(at: "OSL")
        let directory = try await plain.store.directory()
        let network = try directory.responsibility(of: "ams-network")
        let eyes = directory.sight(of: network.place.site)
        func sees() async throws -> Bool {
            var view: TicketView?
            try await TestDesk.playing("meridian_intake") { desk in
                view = try await desk.store.view(of: ticket.number, seeing: eyes, including: true)
            }
            return view != nil
        }
        #expect(try await !sees())
        let asked = try await plain.record(on: ticket, note: "Seen this?") {
            .inquired(.team(network.place), question: try #require($0.entry))
        }
        #expect(try await sees())
        let question = try #require(asked.undertakings.inquiries.first?.question)
        try await plain.record(on: ticket, note: "No") {
            .inquiryAnswered(question: question, answer: try #require($0.entry))
        }
        #expect(try await !sees())
    }

    @Test("A question to a supplier is a bond of its own kind, which a referral makes a whole one")
    func questionToSupplier() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        let supplier = try #require(await desk.store.directory().suppliers["fjordnett"])
        let asked = try await desk.record(on: ticket, note: "Known fault?") {
            .inquired(.supplier(supplier), question: try #require($0.entry))
        }
        #expect(asked.suppliers.isEmpty)
        func bonds() async throws -> [Bool] {
            try await TestDatabase.current.all(
                "select question is not null from supplier_ticket where ended_at is null", as: Bool.self)
        }
        #expect(try await bonds() == [true])
        let referred = try await desk.refer(ticket, to: "fjordnett")
        #expect(try await bonds() == [false])
        #expect(referred.suppliers == [supplier] && referred.undertakings.inquiries.isEmpty)
        let sequence = try await TestDatabase.current.all(
            "select kind from supplier_message order by sequence", as: String.self)
        #expect(sequence == ["question", "referral"])
    }

    @Test("Those who follow are told that it is solved, but are not let into the ticket of another")
    func followers() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        let other = try await desk.accept(from: "ola@customer.example")
        try await desk.record(on: ticket) { _ in .joined(other.requester) }
        try await desk.record(on: ticket) { _ in .resolved(.solved, note: nil) }
        let letter = try await desk.store.transaction { (transaction: borrowing Transaction) in
            let id = try await transaction.first("select id from letter where audience = 'followers'", as: Int64.self)
            return try await desk.store.letter(#require(id), using: transaction)
        }
        #expect(letter?.kind == .followedSolved && letter?.recipients.map(\.id) == [other.requester])
        let view = try await desk.store.view(
            of: ticket.number, seeing: Sight(scopes: [], requester: other.requester), including: false)
        #expect(view == nil || view?.ticket.requester == ticket.requester)
    }
}
