import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import Jobs
import Moments
import Postgres
import PostgresTestSupport
import Testing

@Suite("What suppliers say", .database(template: TestDesk.template), .timeLimit(.minutes(5)))
struct ReadReceiptHandlerTests {
    private func say(_ content: SupplierStatement.Content, in exchange: UUID) -> String {
        CloudEvent(
            id: UUID().uuidString, source: "https://fjordnett.example", subject: nil, time: nil, sequence: nil,
            payload: SupplierStatement(exchange: exchange, content)
        ).text
    }

    /// Hands in what a supplier says, as a door does, and has it read.
    private func receive(_ bodies: [String], on shared: SharedDesk, from code: String = "fjordnett") async throws {
        for body in bodies {
            _ = try await shared.store.receive(body, messageID: UUID().uuidString, from: shared.supplier(code))
        }
        try await shared.workThrough()
    }

    private func results(_ shared: SharedDesk) async throws -> [String?] {
        try await shared.database.all("select result from supplier_receipt order by id", as: String?.self)
    }

    /// A ticket that a supplier has, its exchange, and nothing left to deliver.
    private func shared() async throws -> (SharedDesk, Ticket, UUID) {
        let shared = try await SharedDesk()
        let ticket = try await shared.referred()
        try await shared.database.run("delete from jobs.job where kind = 'supplier.deliver'")
        return (shared, ticket, try #require(await shared.view(ticket).bonds.first).uuid)
    }

    @Test("An acknowledgement, a note, a question and a solution are on the ticket, for the desk's eyes")
    func conversation() async throws {
        let (shared, ticket, exchange) = try await shared()
        try await receive(
            [
                say(.acknowledged(reference: "F-77"), in: exchange), say(.noted("On the way."), in: exchange),
                say(.asked("Which floor?"), in: exchange), say(.resolved("Replaced."), in: exchange),
            ], on: shared)
        let view = try await shared.view(ticket)
        #expect(
            view.log.suffix(4).map(\.recorded.event.kind) == [
                .supplierAcknowledged, .supplierNoted, .supplierAsked, .supplierResolved,
            ])
        #expect(view.bonds.map(\.theirReference) == ["F-77"] && view.bonds.map(\.state) == [.resolved])
        let entries = view.entries.suffix(3)
        #expect(entries.map(\.text) == ["On the way.", "Which floor?", "Replaced."])
        let supplier = try shared.supplier()
        #expect(entries.allSatisfy { $0.visibility == .internal && $0.channel == .supplier && $0.supplier == supplier })
        #expect(try await results(shared) == ["recorded", "recorded", "recorded", "recorded"])
        #expect(try await shared.jobs() == [])
    }

    @Test("A message that comes twice counts once")
    func duplicate() async throws {
        let (shared, ticket, exchange) = try await shared()
        let supplier = try shared.supplier()
        let body = say(.noted("Once"), in: exchange)
        #expect(try await shared.store.receive(body, messageID: "m-1", from: supplier))
        #expect(try await shared.store.receive(body, messageID: "m-1", from: supplier) == false)
        try await shared.workThrough()
        #expect(try await shared.view(ticket).entries.count { $0.text == "Once" } == 1)
    }

    @Test("A receipt that has been read is not read again, whoever asks for it")
    func readAgain() async throws {
        let (shared, ticket, exchange) = try await shared()
        try await receive([say(.noted("Once"), in: exchange)], on: shared)
        let id = try #require(await shared.database.first("select id from supplier_receipt", as: Int64.self))
        try await shared.database.transaction { _ = try await $0.enqueue(ReadSupplierReceipt(receipt: id)) }
        try await shared.workThrough()
        #expect(try await shared.view(ticket).entries.count { $0.text == "Once" } == 1)
        #expect(try await results(shared) == ["recorded"])
    }

    @Test("What cannot be read is kept with the reason, and what comes after it is read")
    func garbage() async throws {
        let (shared, ticket, exchange) = try await shared()
        try await receive(
            [
                "not json", "{}", say(.noted("Hello"), in: UUID()), say(.acknowledged(reference: "F-77"), in: exchange),
            ], on: shared)
        let results = try await results(shared)
        #expect(results[0]?.hasPrefix("refused: it is no JSON") == true)
        #expect(results[1]?.contains("/specversion is required") == true)
        #expect(results[2]?.contains("there is no exchange") == true)
        #expect(results[3] == "recorded")
        #expect(try await shared.view(ticket).bonds.map(\.theirReference) == ["F-77"])
        #expect(try await shared.jobs() == [])
    }

    @Test("A supplier cannot speak in the exchange of another")
    func stranger() async throws {
        let (shared, ticket, exchange) = try await shared()
        try await receive([say(.resolved("Done"), in: exchange)], on: shared, from: "printwerk")
        #expect(try await results(shared).first??.contains("there is no exchange") == true)
        #expect(try await shared.view(ticket).ticket.state == .waitingSupplier)
    }

    @Test("What comes after the end of the exchange changes nothing; its words are kept for the desk")
    func outOfOrder() async throws {
        let (shared, ticket, exchange) = try await shared()
        try await receive([say(.resolved("Replaced."), in: exchange)], on: shared)
        let before = try await shared.view(ticket)
        try await receive(
            [
                say(.asked("Which floor?"), in: exchange), say(.acknowledged(reference: "F-78"), in: exchange),
                say(.returned(nil), in: exchange),
            ], on: shared)
        #expect(try await results(shared).allSatisfy { $0 == "recorded" })
        let after = try await shared.view(ticket)
        #expect(after.ticket.state == before.ticket.state && after.ticket.holder == before.ticket.holder)
        #expect(after.bonds.map(\.state) == before.bonds.map(\.state))
        #expect(after.bonds.map(\.theirReference) == before.bonds.map(\.theirReference))
        let words = after.entries.dropFirst(before.entries.count)
        #expect(words.map(\.text) == ["Which floor?"] && words.map(\.visibility) == [.internal])
    }

    @Test("A state is what the supplier's mapping makes of it; an unknown one changes none and is told")
    func states() async throws {
        let (shared, ticket, exchange) = try await shared()
        try await receive(
            [
                say(.stated("inProgress", text: nil), in: exchange),
                say(.stated("Parked", text: "Later"), in: exchange),
                say(.stated("Parked", text: nil), in: exchange),
            ], on: shared)
        var bond = try #require(await shared.view(ticket).bonds.first)
        #expect(bond.state == .inProgress && bond.theirState == "Parked" && bond.lastHeardAt != nil)
        let told = try await shared.view(ticket).entries.filter { $0.text.contains("Parked") }
        #expect(told.count == 1 && told.allSatisfy { $0.text.contains("Later") && $0.visibility == .internal })
        try await receive(
            [
                say(.stated("pending", text: "Which floor?"), in: exchange),
                say(.stated("resolved", text: nil), in: exchange),
            ],
            on: shared)
        bond = try #require(await shared.view(ticket).bonds.first)
        #expect(bond.state == .resolved && bond.theirState == "resolved" && bond.endedAt != nil)
        #expect(
            try await shared.view(ticket).log.suffix(2).map(\.recorded.event.kind) == [
                .supplierAsked, .supplierResolved,
            ])
        try await receive([say(.stated("closed", text: nil), in: exchange)], on: shared)
        #expect(try await shared.view(ticket).bonds.first?.theirState == "closed")
        #expect(try await results(shared).allSatisfy { $0 == "recorded" })
    }

    @Test("A late word in an old exchange does not touch a new one with the same supplier")
    func oldExchange() async throws {
        let (shared, ticket, exchange) = try await shared()
        let supplier = try shared.supplier()
        try await receive([say(.returned("Not ours."), in: exchange)], on: shared)
        try await shared.record(on: ticket, note: "It is.") { .referred(supplier, note: $0.entry) }
        try await shared.database.run("delete from jobs.job where kind = 'supplier.deliver'")
        try await receive([say(.resolved("Late"), in: exchange)], on: shared)
        let view = try await shared.view(ticket)
        #expect(view.bonds.map(\.state) == [.rejected, .sent])
        #expect(view.ticket.state == .waitingSupplier)
    }
}
