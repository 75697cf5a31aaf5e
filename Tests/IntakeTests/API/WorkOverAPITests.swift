import Desk
import DeskStore
import DeskTestSupport
import HTTP
import JSON
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

@Suite("Work on a ticket over the API", .database(template: TestDesk.template))
struct WorkOverAPITests {
    @Test("Entries are written and read, public and internal, with files that were sent before them")
    func entries() async throws {
        let gateway = try await TestGateway()
        let path = "/api/v1/tickets/\(try await gateway.open())"
        let bytes = String(repeating: "smoke ", count: 100_000)
        let file = await gateway.send(
            .post, path + "/attachments?name=..%2Fphoto.txt", bytes, fields: [.contentType: "text/plain"])
        #expect(file.status == .created, "\(file.text)")
        #expect(file.document["name"] == "photo.txt" && file.document["size"] == 600_000)
        #expect(file.document["sha256"]?.string == Digest(sha256: bytes).hex)
        let id = try #require(file.document["id"]?.string)
        let written = await gateway.send(
            .post, path + "/entries", #"{"text": "See here.", "visibility": "internal", "attachments": ["\#(id)"]}"#)
        #expect(written.status == .created, "\(written.text)")
        let twice = await gateway.send(
            .post, path + "/entries", #"{"text": "Again.", "visibility": "public", "attachments": ["\#(id)"]}"#)
        #expect(twice.status == .unprocessableContent && twice.pointers == ["#/attachments"])
        let entries = await gateway.send(.get, path + "/entries").document
        #expect(entries.array?.compactMap { $0["text"]?.string } == ["Smoke comes out of it.", "See here."])
        #expect(entries[1] == written.document)
        #expect(entries[0]?["author"]?["email"] == "kari@customer.example")
        let href = try #require(entries[1]?["attachments"]?[0]?["href"]?.string)
        let sent = await gateway.send(.get, href)
        #expect(try await sent.read() == Array(bytes.utf8))
        #expect(sent.fields[.contentDisposition] == "attachment; filename*=UTF-8''photo.txt")
        #expect(await gateway.send(.get, path + "/attachments/\(id)x").status == .notFound)
        try await resumes(href, Array(bytes.utf8), gateway)
    }

    /// Asks for parts of a file, also across the borders of the pieces in which it is kept.
    private func resumes(_ href: String, _ bytes: [UInt8], _ gateway: TestGateway) async throws {
        let tag = "\"\(Digest(sha256: bytes).hex)\""
        for range in [0..<1, 262_143..<262_145, 100..<524_300, 524_288..<600_000, 262_144..<524_288] {
            let field = "bytes=\(range.lowerBound)-\(range.upperBound - 1)"
            let part = await gateway.send(.get, href, fields: [.range: field, .ifRange: tag])
            #expect(part.status == .partialContent)
            #expect(part.fields[.contentRange] == "bytes \(range.lowerBound)-\(range.upperBound - 1)/600000")
            #expect(try await part.read() == Array(bytes[range]))
        }
        let end = await gateway.send(.get, href, fields: [.range: "bytes=600000-"])
        #expect(end.status == .rangeNotSatisfiable && end.fields[.contentRange] == "bytes */600000")
        #expect(await gateway.send(.get, href, fields: [.ifNoneMatch: tag]).status == .notModified)
    }

    @Test("A ticket goes to the second line, to a supplier, is resolved, reopened, resolved again and closed")
    func life() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let path = "/api/v1/tickets/\(number)"
        let directory = try await gateway.desk.store.directory()
        func step(_ method: HTTP.Method, _ place: String, _ body: String? = nil, _ status: Status) async throws -> JSON
        {
            gateway.desk.time.advance(by: .seconds(60))
            let tag = try await gateway.ticket(number).tag
            let answer = await gateway.send(method, path + place, body, fields: [.ifMatch: tag])
            try #require(answer.status == status, "\(method) \(place): \(answer.text)")
            #expect((answer.fields[.entityTag] != nil) == status.isSuccess)
            return answer.document
        }
        let team = try #require(directory.organisation.teams.first { $0.tier == 1 && $0.serves("OSL") })
        let person = try #require(
            directory.organisation.people.first { person in
                person.positions.contains { directory.organisation.position($0)?.team == team.code }
            })
        let assigned = try await step(
            .put, "/assignment", #"{"team": "\#(team.code)", "person": "\#(person.email)"}"#, .ok)
        #expect(assigned["team"]?.string == team.code && assigned["person"]?.string == person.email)
        let second = try await step(
            .post, "/handovers", #"{"to": {"tier": 2}, "reason": "skill", "note": "Needs a technician."}"#, .created)
        #expect(second["tier"] == 2 && second["state"] == "assigned")
        let supplier = directory.organisation.suppliers[0].code
        let referred = try await step(
            .post, "/supplier-tickets", #"{"supplier": "\#(supplier)", "note": "Please look."}"#, .created)
        #expect(referred["state"] == "waiting_supplier")
        #expect(referred["supplier_tickets"]?[0]?["supplier"]?.string == supplier)
        let resolved = try await step(.put, "/resolution", #"{"outcome": "solved", "note": "It is out."}"#, .ok)
        #expect(resolved["state"] == "resolved" && resolved["outcome"] == "solved")
        #expect(resolved["supplier_tickets"]?[0]?["state"] == "withdrawn")
        #expect(try await step(.delete, "/resolution", nil, .ok)["outcome"] == .null)
        _ = try await step(.put, "/resolution", #"{"outcome": "worked_around", "note": "Water."}"#, .ok)
        let closed = try await step(.put, "/closure", nil, .ok)
        #expect(closed["state"] == "closed" && closed["closed_at"] != .null)
        _ = try await step(.put, "/closure", nil, .conflict)
    }

    @Test("The history of a ticket tells codes and addresses, never the database's own keys")
    func history() async throws {
        let gateway = try await TestGateway()
        let path = "/api/v1/tickets/\(try await gateway.open())"
        let event = await gateway.send(.get, path + "/events").document[0]
        #expect(event?["kind"] == "opened" && event?["revision"] == 1)
        #expect(event?["actor"] == ["kind": "token", "name": .null])
        #expect(event?["data"]?["requester"] == "kari@customer.example" && event?["data"]?["origin"] == "OSL")
        #expect(event?["data"]?["entry"]?.string?.count == 36)
        let leg = await gateway.send(.get, path + "/legs").document[0]
        #expect(leg?["holder"] == "team" && leg?["site"] == "OSL" && leg?["ended_at"] == .null)
        gateway.desk.time.advance(by: .seconds(600))
        let clocks = await gateway.send(.get, path + "/clocks").document
        #expect(clocks.array?.compactMap { $0["measure"]?.string } == ["first_response", "resolution"])
        let segment = clocks[1]?["segments"]?[0]
        #expect(segment?["zone"]?.string == "Europe/Oslo" && segment?["counting"] == true)
        #expect(clocks[1]?["about"]?.string == "ticket" && clocks[1]?["target"]?.string == "Solve incidents")
        #expect(clocks[0]?["elapsed_seconds"] == 600 && clocks[0]?["segments"]?.array?.count == 1)
    }

    @Test("A ticket is neither resolved without an outcome nor closed before it is resolved")
    func outcome() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let path = "/api/v1/tickets/\(number)"
        let fields: Fields = [.ifMatch: try await gateway.ticket(number).tag]
        for body in [
            #"{"note": "Done."}"#, #"{"outcome": "done", "note": "Done."}"#, #"{"outcome": null, "note": "D"}"#,
        ] {
            let refused = await gateway.send(.put, path + "/resolution", body, fields: fields)
            #expect(refused.status == .unprocessableContent && refused.pointers == ["#/outcome"], "\(refused.text)")
        }
        let closed = await gateway.send(.put, path + "/closure", nil, fields: fields)
        #expect(closed.status == .conflict && closed.document["reason"] == "is_not_resolved")
        let patched = await gateway.send(.patch, path, #"{"state": "closed"}"#, fields: fields)
        #expect(patched.status == .unprocessableContent)
        #expect(try await gateway.ticket(number).json["state"] == "new")
    }

    @Test("Assignments and hand-overs that cannot be are refused with the place of the fault")
    func impossible() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let path = "/api/v1/tickets/\(number)"
        let before = try await TestGateway.rows()
        for (body, pointers) in [
            ("{}", ["#"]), (#"{"team": "nobody"}"#, ["#/team"]), (#"{"person": "x@nowhere.example"}"#, ["#/person"]),
            (#"{"person": "kari@customer.example"}"#, ["#/person"]),
        ] {
            let tag = try await gateway.ticket(number).tag
            let refused = await gateway.send(.put, path + "/assignment", body, fields: [.ifMatch: tag])
            #expect(refused.status == .unprocessableContent && refused.pointers == pointers, "\(body): \(refused.text)")
        }
        for (body, pointers) in [
            (#"{"to": {}, "reason": "skill", "note": "N"}"#, ["#/to"]),
            (#"{"to": {"tier": 98}, "reason": "skill", "note": "N"}"#, ["#/to"]),
            (#"{"to": {"tier": 2}, "reason": "skill"}"#, ["#/note"]),
        ] {
            let refused = await gateway.send(.post, path + "/handovers", body)
            #expect(refused.status == .unprocessableContent && refused.pointers == pointers, "\(body): \(refused.text)")
        }
        #expect(try await TestGateway.rows() == before)
    }
}

extension Response {
    /// The whole body, of a stream too.
    func read() async throws -> [UInt8] {
        guard case .stream(_, let write) = body else { return body.bytes }
        let (pieces, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        try await write(BodyWriter { continuation.yield($0) })
        continuation.finish()
        return await pieces.reduce(into: []) { $0 += $1 }
    }
}
