import Desk
import DeskStore
import DeskTestSupport
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Testing

@Suite("Tickets that belong together, over the API", .database(template: TestDesk.template))
struct TiesOverAPITests {
    @Test("Tickets are linked, made parts, split and merged, and each tells of the others that may be seen")
    func ties() async throws {
        let gateway = try await TestGateway()
        let (one, other) = try await (gateway.open(), gateway.open())
        let (path, otherPath) = ("/api/v1/tickets/\(one)", "/api/v1/tickets/\(other)")
        let linked = await gateway.send(.post, path + "/links", #"{"to": "\#(other)", "kind": "caused_by"}"#)
        #expect(linked.status == .created, "\(linked.text)")
        #expect(linked.document["links"] == [["number": other.json, "kind": "caused_by", "direction": "outgoing"]])
        #expect(try await gateway.ticket(other).json["links"]?[0]?["direction"] == "incoming")
        let event = await gateway.send(.get, path + "/events").document.array?.last
        #expect(event?["kind"] == "linked" && event?["data"]?["ticket"]?.string == other)
        let part = await gateway.send(
            .put, otherPath + "/parent", #"{"number": "\#(one)"}"#,
            fields: [.ifMatch: try await gateway.ticket(other).tag])
        #expect(part.status == .ok && part.document["parent"]?.string == one, "\(part.text)")
        #expect(try await gateway.ticket(one).json["children"] == 1)
        let refused = await gateway.send(.post, path + "/merge", #"{"into": "\#(other)"}"#)
        #expect(refused.status == .conflict && refused.document["reason"] == "has_parts", "\(refused.text)")
        let alone = await gateway.send(
            .delete, otherPath + "/parent", fields: [.ifMatch: try await gateway.ticket(other).tag])
        #expect(alone.status == .ok && alone.document["parent"] == .null, "\(alone.text)")
        let entry = try #require(await gateway.send(.get, path + "/entries").document[0]?["id"]?.string)
        let split = await gateway.send(.post, path + "/split", #"{"entries": ["\#(entry)"], "subject": "Smoke"}"#)
        #expect(split.status == .created && split.document["subject"] == "Smoke", "\(split.text)")
        #expect(split.document["links"]?[0]?["kind"] == "split_from")
        let merged = await gateway.send(.post, otherPath + "/merge", #"{"into": "\#(one)"}"#)
        #expect(merged.status == .created && merged.document["merged_into"]?.string == one, "\(merged.text)")
        #expect(merged.document["state"] == "closed" && merged.document["outcome"] == "duplicate")
        let unlinked = await gateway.send(
            .delete, "\(path)/links/caused_by/\(other)", fields: [.ifMatch: try await gateway.ticket(one).tag])
        #expect(unlinked.status == .ok && unlinked.document["links"]?.array?.count == 1, "\(unlinked.text)")
    }

    @Test("A major incident is declared and stood down by the version that was read; what is wrong is told at once")
    func majorAndFaults() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let path = "/api/v1/tickets/\(number)"
        #expect(await gateway.send(.put, path + "/major").status == .preconditionRequired)
        let tag = try await gateway.ticket(number).tag
        let declared = await gateway.send(.put, path + "/major", fields: [.ifMatch: tag])
        #expect(declared.status == .ok && declared.document["major"] == true, "\(declared.text)")
        #expect(await gateway.send(.delete, path + "/major", fields: [.ifMatch: tag]).status == .preconditionFailed)
        let current = try await gateway.ticket(number).tag
        let over = await gateway.send(.delete, path + "/major", fields: [.ifMatch: current])
        #expect(over.document["major"] == false)
        let faults = await gateway.send(.post, path + "/links", #"{"to": "?", "kind": "split_from", "x": 1}"#)
        #expect(faults.status == .unprocessableContent && faults.pointers.count == 3, "\(faults.text)")
        let unknown = await gateway.send(.post, path + "/merge", #"{"into": "OSL-999999"}"#)
        #expect(unknown.status == .notFound)
        let strange = await gateway.send(
            .post, path + "/split", #"{"entries": ["00000000-0000-4000-8000-000000000000"], "subject": "x"}"#)
        #expect(strange.status == .unprocessableContent && strange.pointers == ["#/entries"], "\(strange.text)")
    }

    @Test("A part of a major incident waits with it by the version that was read, and is taken up again")
    func waitingParts() async throws {
        let gateway = try await TestGateway()
        let (whole, part) = try await (gateway.open(), gateway.open())
        let (path, hold) = ("/api/v1/tickets/\(part)", "/api/v1/tickets/\(part)/parent/hold")
        func tag() async throws -> String { try await gateway.ticket(part).tag }
        #expect(await gateway.send(.put, hold).status == .preconditionRequired)
        let alone = await gateway.send(.put, hold, fields: [.ifMatch: try await tag()])
        #expect(alone.status == .conflict && alone.document["reason"] == "is_no_part", "\(alone.text)")
        _ = await gateway.send(
            .put, "/api/v1/tickets/\(whole)/major", fields: [.ifMatch: try await gateway.ticket(whole).tag])
        _ = await gateway.send(
            .put, path + "/parent", #"{"number": "\#(whole)"}"#, fields: [.ifMatch: try await tag()])
        let before = try await tag()
        let held = await gateway.send(.put, hold, fields: [.ifMatch: before])
        #expect(held.status == .ok && held.document["state"] == "waiting_other", "\(held.text)")
        #expect(held.document["hold"] == ["until": .null, "with_parent": true])
        #expect(await gateway.send(.put, hold, fields: [.ifMatch: before]).status == .preconditionFailed)
        let event = await gateway.send(.get, path + "/events").document.array?.last
        #expect(event?["kind"] == "waits_for_parent")
        let clocks = await gateway.send(.get, path + "/clocks").document.array ?? []
        #expect(!clocks.isEmpty)
        for clock in clocks {
            #expect(clock["state"] == "paused" && clock["due_at"] == .null, "\(clock)")
            #expect(clock["segments"]?.array?.last?["pause"] == "waiting_parent", "\(clock)")
        }
        let resumed = await gateway.send(.delete, path + "/hold", fields: [.ifMatch: try await tag()])
        #expect(resumed.status == .ok && resumed.document["hold"] == .null, "\(resumed.text)")
    }

    @Test("All parts of a major incident are asked to wait, and to go on; how many is told before it is done")
    func allParts() async throws {
        let gateway = try await TestGateway()
        let (whole, part, other) = try await (gateway.open(), gateway.open(), gateway.open())
        let (path, hold) = ("/api/v1/tickets/\(whole)", "/api/v1/tickets/\(whole)/parts/hold")
        func tag(_ number: String) async throws -> String { try await gateway.ticket(number).tag }
        for number in [part, other] {
            _ = await gateway.send(
                .put, "/api/v1/tickets/\(number)/parent", #"{"number": "\#(whole)"}"#,
                fields: [.ifMatch: try await tag(number)])
        }
        #expect(await gateway.send(.put, hold).status == .preconditionRequired)
        let ordinary = await gateway.send(.put, hold, fields: [.ifMatch: try await tag(whole)])
        #expect(ordinary.status == .conflict && ordinary.document["reason"] == "is_not_major", "\(ordinary.text)")
        _ = await gateway.send(.put, path + "/major", fields: [.ifMatch: try await tag(whole)])
        let asked = await gateway.send(.put, hold, fields: [.ifMatch: try await tag(whole)])
        #expect(asked.status == .accepted && asked.document == ["parts": 2], "\(asked.text)")
        let onward = await gateway.send(.delete, hold, fields: [.ifMatch: try await tag(whole)])
        #expect(onward.status == .accepted && onward.document == ["parts": 2], "\(onward.text)")
    }

    @Test("The answer to a report names the disturbance that it may be about")
    func announcements() async throws {
        let gateway = try await TestGateway()
        let store = try TestDesk().store
        let major = try #require(TicketNumber(try await gateway.open()))
        let words = ["en": Announcement.Words(title: "Printers burn", text: "Keep away.")]
        try await store.transaction { (transaction: borrowing Transaction) in
            try await store.announce(major, at: nil, words, Recording(by: .program), using: transaction)
        }
        func report(_ subject: String) async -> JSON? {
            let body = #"{"subject": "\#(subject)", "text": "Help", "requester": {"email": "a@b.example"}}"#
            return await gateway.send(.post, "/api/v1/tickets", body).document["announcements"]
        }
        let told = await report("Our printers do nothing")
        #expect(told?[0]?["title"] == "Printers burn" && told?[0]?["site"] == .null)
        #expect(await report("Nothing of that")?.array?.isEmpty == true)
    }
}
