import Desk
import DeskStore
import DeskTestSupport
import HTTP
import JSON
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("What a requester writes, passed on by a program", .database(template: TestDesk.template))
struct RequesterOverAPITests {
    private static let words =
        #"{"text": "It burns again.", "visibility": "public", "author": {"email": "kari@customer.example"}}"#

    private func close(_ number: String, on gateway: TestGateway) async throws {
        for (place, body) in [("resolution", #"{"outcome": "solved", "note": "Out."}"#), ("closure", nil)] {
            let tag = try await gateway.ticket(number).tag
            let done = await gateway.send(
                .put, "/api/v1/tickets/\(number)/\(place)", body, fields: [.ifMatch: tag])
            try #require(done.status == .ok, "\(done.text)")
        }
    }

    @Test("His words reopen a ticket that was closed not long ago")
    func reopens() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        try await TestDesk.apply(process: ["reopens_within_days": 14])
        try await close(number, on: gateway)
        let written = await gateway.send(.post, "/api/v1/tickets/\(number)/entries", Self.words)
        #expect(written.status == .created, "\(written.text)")
        #expect(written.fields[.location] == "/api/v1/tickets/\(number)/entries")
        #expect(written.document["author"]?["email"] == "kari@customer.example")
        #expect(try await gateway.ticket(number).json["state"] == "assigned")
    }

    @Test("Later they open a follow-up, and the answer says where they stand")
    func followsUp() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        try await TestDesk.apply(process: ["reopens_within_days": 14])
        try await close(number, on: gateway)
        gateway.desk.time.advance(by: .seconds(15 * 86_400))
        let written = await gateway.send(
            .post, "/api/v1/tickets/\(number)/entries", Self.words, fields: ["Idempotency-Key": "again"])
        #expect(written.fields[.location] == "/api/v1/tickets/OSL-2/entries", "\(written.text)")
        #expect(try await gateway.ticket(number).json["state"] == "closed")
        #expect(try await gateway.ticket("OSL-2").json["subject"] == "The printer is on fire")
        let events = await gateway.send(.get, "/api/v1/tickets/OSL-2/events").document.array
        #expect(events?.last?["kind"] == "linked")
        let again = await gateway.send(
            .post, "/api/v1/tickets/\(number)/entries", Self.words, fields: ["Idempotency-Key": "again"])
        #expect(again.fields[.location] == "/api/v1/tickets/OSL-2/entries")
        #expect(try await TestGateway.rows()["ticket"] == 2)
    }

    @Test("After a merge they go to the ticket in which his own goes on")
    func merged() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let other = try await gateway.open(
            #"{"subject": "Fire", "text": "Fire!", "site": "OSL", "requester": {"email": "ola@customer.example"}}"#)
        let desk = try TestDesk()
        let (first, second) = try (#require(TicketNumber(number)), #require(TicketNumber(other)))
        let target = try #require(await desk.store.view(of: second, seeing: .desk, including: true)).ticket.id
        try await desk.store.record(on: first, seeing: .desk, Recording(by: .program)) { _ in .merged(into: target) }
        let written = await gateway.send(.post, "/api/v1/tickets/\(number)/entries", Self.words)
        #expect(written.fields[.location] == "/api/v1/tickets/\(other)/entries", "\(written.text)")
        #expect(written.document["visibility"] == "internal")
    }

    @Test("Nobody else's words are passed on, and none that the requester could not read")
    func refused() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        _ = try await gateway.open(
            #"{"subject": "Fire", "text": "Fire!", "site": "OSL", "requester": {"email": "ola@customer.example"}}"#)
        for (body, pointers) in [
            (#"{"text": "A", "visibility": "public", "author": {"email": "ola@customer.example"}}"#, ["#/author"]),
            (#"{"text": "A", "visibility": "public", "author": {"email": "eve@nowhere.example"}}"#, ["#/author"]),
            (
                #"{"text": "A", "visibility": "internal", "author": {"email": "kari@customer.example"}}"#,
                ["#/visibility"]
            ),
            (#"{"text": "A", "visibility": "public", "author": {}}"#, ["#/author/email"]),
        ] {
            let refused = await gateway.send(.post, "/api/v1/tickets/\(number)/entries", body)
            #expect(refused.status == .unprocessableContent && refused.pointers == pointers, "\(body): \(refused.text)")
        }
    }
}
