import Desk
import DeskStore
import DeskTestSupport
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Testing

@Suite("Requests under an Idempotency-Key", .database(template: TestDesk.template))
struct IdempotencyTests {
    private static let key: FieldName = "Idempotency-Key"

    @Test("The same request again, its key bare or quoted, is answered as before and opens no second ticket")
    func replay() async throws {
        let gateway = try await TestGateway()
        let first = await gateway.send(.post, "/api/v1/tickets", TestGateway.printer, fields: [Self.key: "\"k-1\""])
        #expect(first.status == .created, "\(first.text)")
        // The same JSON, written otherwise.
        let again = try JSON.parse(TestGateway.printer).text
        for spelling in ["k-1", "\"k-1\""] {
            let second = await gateway.send(.post, "/api/v1/tickets", again, fields: [Self.key: spelling])
            #expect(second.status == .created)
            #expect(second.body.bytes == first.body.bytes && second.fields[.location] == first.fields[.location])
            #expect(second.fields[.entityTag] == first.fields[.entityTag] && first.fields[.entityTag] != nil)
        }
        #expect(try await TestGateway.rows()["ticket"] == 1)
    }

    @Test("Another request under the same key is refused; another program's key is its own")
    func mismatch() async throws {
        let gateway = try await TestGateway()
        let other = try await TestGateway()
        let body = TestGateway.printer
        _ = await gateway.send(.post, "/api/v1/tickets", body, fields: [Self.key: "k-1"])
        let changed = body.replacing("fire", with: "ice")
        let refused = await gateway.send(.post, "/api/v1/tickets", changed, fields: [Self.key: "k-1"])
        #expect(refused.status == .unprocessableContent)
        #expect(try await TestGateway.rows()["ticket"] == 1)
        #expect(await other.send(.post, "/api/v1/tickets", changed, fields: [Self.key: "k-1"]).status == .created)
        for bad in ["", "\"\"", "a b", String(repeating: "k", count: 300)] {
            let response = await gateway.send(.post, "/api/v1/tickets", body, fields: [Self.key: bad])
            #expect(response.status == .badRequest, "\(bad)")
        }
    }

    @Test("A refusal is given again under its key, as the problem it was; another key tries anew")
    func failure() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let path = "/api/v1/tickets/\(number)/supplier-tickets"
        let suppliers = try await gateway.desk.store.directory().organisation.suppliers
        let body = #"{"supplier": "\#(suppliers[0].code)", "note": "Please look."}"#
        let tag = try await gateway.ticket(number).tag
        let resolved = await gateway.send(
            .put, "/api/v1/tickets/\(number)/resolution", #"{"outcome": "solved", "note": "Done."}"#,
            fields: [.ifMatch: tag])
        let refused = await gateway.send(.post, path, body, fields: [Self.key: "k-2"])
        #expect(refused.status == .conflict && refused.document["reason"] == "is_resolved", "\(refused.text)")
        let newTag = try #require(resolved.fields[.entityTag])
        let reopened = await gateway.send(
            .delete, "/api/v1/tickets/\(number)/resolution", fields: [.ifMatch: newTag])
        #expect(reopened.status == .ok, "\(reopened.text)")
        let again = await gateway.send(.post, path, body, fields: [Self.key: "k-2"])
        #expect(again.status == .conflict && again.body.bytes == refused.body.bytes)
        #expect(again.fields[.contentType] == "application/problem+json")
        #expect(await gateway.send(.post, path, body, fields: [Self.key: "k-4"]).status == .created)
    }

    @Test("A macro that was refused is refused again under its key, also when it has become possible")
    func refusedMacro() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let path = "/api/v1/tickets/\(number)/macros"
        let resolved = await gateway.send(
            .put, "/api/v1/tickets/\(number)/resolution", #"{"outcome": "solved", "note": "Done."}"#,
            fields: [.ifMatch: try await gateway.ticket(number).tag])
        let body = #"{"name": "network-facts"}"#
        let refused = await gateway.send(.post, path, body, fields: [Self.key: "k-6"])
        #expect(refused.status == .conflict && refused.document["errors"]?.array?.count == 1, "\(refused.text)")
        let tag = try #require(resolved.fields[.entityTag])
        let reopened = await gateway.send(.delete, "/api/v1/tickets/\(number)/resolution", fields: [.ifMatch: tag])
        #expect(reopened.status == .ok, "\(reopened.text)")
        let again = await gateway.send(.post, path, body, fields: [Self.key: "k-6"])
        #expect(again.status == .conflict && again.body.bytes == refused.body.bytes)
        #expect(again.fields[.contentType] == "application/problem+json")
        #expect(await gateway.send(.post, path, body, fields: [Self.key: "k-7"]).status == .created)
    }

    @Test("A request that comes while the first one is at work is told to ask again, and gets nothing done")
    func atWork() async throws {
        let gateway = try await TestGateway()
        let first = await gateway.send(.post, "/api/v1/tickets", TestGateway.printer, fields: [Self.key: "k-5"])
        try #require(first.status == .created)
        let row = try #require(
            try await TestDatabase.current.first("select principal, key from idempotency", as: (String, String).self))
        try await TestDatabase.current.transaction { (transaction: borrowing Transaction) in
            let lock = "\(row.0)\n\(row.1)"
            _ = try await transaction.first(
                "select pg_try_advisory_xact_lock(hashtextextended(\(lock), 0))", as: Bool.self)
            let second = await gateway.send(.post, "/api/v1/tickets", TestGateway.printer, fields: [Self.key: "k-5"])
            #expect(second.status == .conflict && second.fields[.retryAfter] == "1", "\(second.text)")
        }
        let third = await gateway.send(.post, "/api/v1/tickets", TestGateway.printer, fields: [Self.key: "k-5"])
        #expect(third.status == .created && third.body.bytes == first.body.bytes)
    }

    @Test("The same request eight times at once opens one ticket; each gets its answer, or is told to ask again")
    func concurrent() async throws {
        let gateway = try await TestGateway()
        let answers = await withTaskGroup(of: Response.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    await gateway.send(.post, "/api/v1/tickets", TestGateway.printer, fields: [Self.key: "k-3"])
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let (made, waiting) = (answers.filter { $0.status == .created }, answers.filter { $0.status == .conflict })
        #expect(!made.isEmpty && made.count + waiting.count == 8, "\(answers.map(\.text))")
        #expect(Set(made.map(\.text)).count == 1 && waiting.allSatisfy { $0.fields[.retryAfter] == "1" })
        #expect(try await TestGateway.rows()["ticket"] == 1)
    }
}
