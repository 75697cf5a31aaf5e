import Desk
import DeskStore
import DeskTestSupport
import Foundation
import HTTP
import JSON
import Moments
import PostgresTestSupport
import Runtime
import Testing

@Suite("Answers to a supplier's question over the API", .database(template: TestDesk.template))
struct AnswersOverAPITests {
    @Test("The one supplier that asked is answered without being named, once per key, and has the ticket again")
    func answer() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.asked(by: "fjordnett")
        let path = "/api/v1/tickets/\(number)"
        let waiting = try await gateway.ticket(number).json
        #expect(waiting["state"] == "assigned" && waiting["supplier_tickets"]?[0]?["state"] == "waiting_for_us")
        let body = #"{"text": "The third floor."}"#
        let first = await gateway.send(.post, path + "/answers", body, fields: ["Idempotency-Key": "a-1"])
        #expect(first.status == .created, "\(first.text)")
        #expect(first.document["state"] == "waiting_supplier")
        #expect(first.document["supplier_tickets"]?[0]?["state"] == "in_progress")
        #expect(try await first.fields[.entityTag] == gateway.ticket(number).tag)
        let again = await gateway.send(.post, path + "/answers", body, fields: ["Idempotency-Key": "a-1"])
        #expect(again.status == .created && again.body.bytes == first.body.bytes)
        let entries = await gateway.send(.get, path + "/entries").document.array ?? []
        #expect(entries.last?["text"] == "The third floor." && entries.last?["visibility"] == "internal")
        #expect(entries.last?["channel"] == "api")
        let events = await gateway.send(.get, path + "/events").document.array ?? []
        #expect(events.count { $0["kind"] == "supplier_answered" } == 1)
        #expect(events.last?["actor"]?["kind"] == "token")
    }

    @Test("Where no supplier asked, where the named one did not, and where the question is answered: a conflict")
    func conflict() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let path = "/api/v1/tickets/\(number)/answers"
        func expectConflict(_ body: String) async {
            let refused = await gateway.send(.post, path, body)
            #expect(refused.status == .conflict, "\(body): \(refused.text)")
            #expect(refused.document["reason"] == "supplier_has_not_asked")
        }
        let before = try await TestGateway.rows()
        await expectConflict(#"{"text": "Here."}"#)
        await expectConflict(#"{"supplier": "fjordnett", "text": "Here."}"#)
        #expect(try await TestGateway.rows() == before)
        try await gateway.refer(number, to: "fjordnett")
        await expectConflict(#"{"text": "Here."}"#)
        try await gateway.ask(as: "fjordnett", about: number)
        await expectConflict(#"{"supplier": "printwerk", "text": "Here."}"#)
        #expect(await gateway.send(.post, path, #"{"text": "Here."}"#).status == .created)
        await expectConflict(#"{"text": "Here."}"#)
    }

    @Test("Where two suppliers wait, the answer must name one, and reaches that one alone")
    func two() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.asked(by: "fjordnett", "printwerk")
        let path = "/api/v1/tickets/\(number)/answers"
        let before = try await TestGateway.rows()
        let unclear = await gateway.send(.post, path, #"{"text": "Here."}"#)
        #expect(unclear.status == .unprocessableContent && unclear.pointers == ["#/supplier"], "\(unclear.text)")
        #expect(unclear.text.contains("fjordnett, printwerk"))
        #expect(try await TestGateway.rows() == before)
        let named = await gateway.send(.post, path, #"{"supplier": "printwerk", "text": "Here."}"#)
        #expect(named.status == .created, "\(named.text)")
        let states = named.document["supplier_tickets"]?.array?.map { [$0["supplier"], $0["state"]] }
        #expect(states == [["fjordnett", "waiting_for_us"], ["printwerk", "in_progress"]])
        #expect(await gateway.send(.post, path, #"{"text": "There."}"#).status == .created)
    }

    @Test("A bad answer is refused with all its faults, one without the right or the ticket is turned away")
    func refusals() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.asked(by: "fjordnett")
        let path = "/api/v1/tickets/\(number)/answers"
        let before = try await TestGateway.rows()
        let faulty = await gateway.send(.post, path, #"{"supplier": "fjordnet", "text": "", "colour": "red"}"#)
        #expect(faulty.status == .unprocessableContent)
        #expect(faulty.pointers == ["#/supplier", "#/text", "#/colour"], "\(faulty.text)")
        #expect(await gateway.send(.post, path, "{}").pointers == ["#/text"])
        let key: Fields = ["Idempotency-Key": "a b"]
        #expect(await gateway.send(.post, path, #"{"text": "Here."}"#, fields: key).status == .badRequest)
        #expect(await gateway.send(.put, path, #"{"text": "Here."}"#).status == .methodNotAllowed)
        let nowhere = await gateway.send(.post, "/api/v1/tickets/OSL-99/answers", #"{"text": "Here."}"#)
        #expect(nowhere.status == .notFound)
        let reader = try await TestGateway(scopes: ["tickets:read"])
        #expect(await reader.send(.post, path, #"{"text": "Here."}"#).status == .forbidden)
        let elsewhere = try await TestGateway(at: "WAW")
        #expect(await elsewhere.send(.post, path, #"{"text": "Here."}"#).status == .notFound)
        #expect(try await TestGateway.rows() == before)
    }

    @Test("A supplier ticket tells what the supplier was given as our reference, and the name of the exchange")
    func references() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.asked(by: "fjordnett")
        let bond = try await gateway.ticket(number).json["supplier_tickets"]?[0]
        #expect(bond?["our_reference"]?.string == number)
        #expect(bond?["their_reference"] == "F-1")
        let key = try #require(TicketNumber(number))
        let kept = try await TestDesk().store.card(of: key, seeing: .desk)?.bonds.first?.uuid
        #expect(kept != nil && bond?["exchange"]?.string == kept?.uuidString.lowercased())
    }
}

extension TestGateway {
    /// A ticket about which each of these suppliers has asked something.
    func asked(by suppliers: String...) async throws -> String {
        let number = try await open()
        for supplier in suppliers {
            try await refer(number, to: supplier)
            try await ask(as: supplier, about: number)
        }
        return number
    }

    func refer(_ number: String, to supplier: String) async throws {
        let referred = await send(
            .post, "/api/v1/tickets/\(number)/supplier-tickets",
            #"{"supplier": "\#(supplier)", "note": "Please look."}"#)
        try #require(referred.status == .created, "\(referred.text)")
    }

    /// The supplier takes the ticket and asks, as the supplier worker records it.
    func ask(as code: String, about number: String) async throws {
        let number = try #require(TicketNumber(number))
        for note in [nil, Note("Which floor?", visibility: .internal)] {
            desk.time.advance(by: .seconds(60))
            let behind = try TestDesk(at: desk.time.now)
            let supplier = try #require(await behind.store.directory().suppliers[code])
            let recording = Recording(by: .supplier(supplier), note: note)
            try await behind.store.record(on: number, seeing: .desk, recording) { occasion in
                guard let entry = occasion.entry else { return .supplierAcknowledged(supplier, reference: "F-1") }
                return .supplierAsked(supplier, note: entry)
            }
        }
    }
}
