import Desk
import DeskStore
import DeskTestSupport
import Foundation
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Secrets
import Testing

@Suite("Files in suppliers' systems that speak TMF621", .database(template: TestDesk.template))
struct TroubleTicketFilesTests {
    private static let plan = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    private static let jsonPatch: Fields = [.contentType: "application/json-patch+json"]

    /// A ticket at a supplier with this allow-list, that came with a plan.
    private func referred(
        _ line: TroubleTicketLine, fields: [String] = ["note", "files", "file_names"]
    ) async throws -> (ticket: Ticket, id: String) {
        let organisation = try TestDesk.organisation { document in
            document["suppliers"] = (document["suppliers"] as? [[String: Any]] ?? []).map {
                $0.merging(["fields": fields]) { $1 }
            }
        }
        _ = try await line.operating.store.apply(organisation, by: "the tests")
        let (ticket, id) = try await line.referred()
        let plan = Upload(name: "plan.pdf", type: "application/pdf; name=plan.pdf", bytes: Self.plan)
        let supplier = line.supplier
        let recording = Recording(by: .program, note: Note("The plan.", visibility: .internal, uploads: [plan]))
        try await line.operating.store.record(on: ticket.number, seeing: .desk, recording) {
            .supplierAnswered(supplier, note: try #require($0.entry))
        }
        return (ticket, id)
    }

    private func path(_ attachment: JSON?, _ version: String) throws -> String {
        let url = try #require(attachment?["url"]?.string)
        return try #require(url.split(separator: "/tmf-api/troubleTicket/\(version)").last.map(String.init))
    }

    private func attachment(_ name: String, _ bytes: [UInt8], _ type: String = "image/png") -> JSON {
        .object(["name": name, "mimeType": type, "content": Base64.encode(bytes)])
    }

    /// Adds files behind those that there are, with a note if there is one.
    private func attach(
        _ files: [JSON], note: String? = nil, to id: String, _ line: TroubleTicketLine, key: String? = nil
    ) async throws -> Response {
        let shown = try await line.ticket(id)
        var body = JSONObject([("attachment", .array((shown["attachment"]?.array ?? []) + files))])
        if let note { body["note"] = .array((shown["note"]?.array ?? []) + [JSON.object(["text": note])]) }
        return await line.patch(id, JSON.object(body).text, fields: key.map { ["Idempotency-Key": $0] } ?? Fields())
    }

    @Test(
        "The supplier has the files that it may have, and their content, until the exchange ends",
        arguments: ["v4", "v5"])
    func shown(version: String) async throws {
        let line = try await TroubleTicketLine(version: version)
        let (_, id) = try await referred(line)
        let file = try await line.ticket(id)["attachment"]?[0]
        #expect(file?["name"] == "plan.pdf" && file?["mimeType"] == "application/pdf" && file?["source"] == "buyer")
        #expect(file?["size"]?["amount"]?.integer == 200_000 && file?["content"] == nil)
        let answer = await line.send(.get, try path(file, version), fields: [.accept: "application/pdf"])
        #expect(answer.status == .ok && answer.fields[.contentType] == "application/pdf")
        #expect(try await answer.read() == Self.plan)
        let other = try await TroubleTicketLine("printwerk", version: version, on: line.gateway)
        #expect(await other.send(.get, try path(file, version)).status == .notFound)
        #expect(
            await line.gateway.send(.get, "/tmf-api/troubleTicket/\(version)\(try path(file, version))").status
                == .unauthorized)
        let list = await line.send(.get, "/troubleTicket").document
        #expect(list.array?.count == 1 && list[0]?["attachment"] == nil)

        #expect(try await line.say("A new cable.", status: "resolved", on: id).status == .ok)
        #expect(try await line.ticket(id)["attachment"] == nil)
        #expect(await line.send(.get, try path(file, version)).status == .notFound)
    }

    @Test("What may not leave is not there", arguments: [["note"], ["files", "description"], ["note", "files"]])
    func withheld(fields: [String]) async throws {
        let line = try await TroubleTicketLine()
        let (_, id) = try await referred(line, fields: fields)
        let file = try await line.ticket(id)["attachment"]?[0]
        #expect(file?["name"]?.string == (fields == ["note", "files"] ? "file" : nil))
        let kept = try await line.operating.store.database.first("select id from attachment", as: UUID.self)
        let place = "/troubleTicket/\(id)/attachment/\(try #require(kept).uuidString.lowercased())"
        #expect(await line.send(.get, place).status == (file == nil ? .notFound : .ok))
    }

    @Test("What the supplier attaches stands at its words, or alone, once", arguments: ["v4", "v5"])
    func attached(version: String) async throws {
        let line = try await TroubleTicketLine(version: version)
        let (ticket, id) = try await referred(line)
        let photo = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        for _ in 1...2 {
            let file = attachment("../the\u{202E} fuse.png", photo)
            let answer = try await attach([file], note: "The fuse.", to: id, line, key: "1")
            #expect(answer.status == .ok, "\(answer.text.prefix(500))")
            #expect(answer.document["attachment"]?.array?.map { $0["source"]?.string } == ["buyer", "seller"])
        }
        let alone = try await attach(
            [attachment("log.txt", [1], "text/plain"), attachment("b.png", [2])], to: id, line)
        #expect(alone.document["attachment"]?.array?.count == 4, "\(alone.text.prefix(500))")
        let entries = try await line.view(ticket).entries.filter { $0.supplier == line.supplier }
        #expect(entries.map(\.text) == ["The fuse.", ""])
        #expect(entries.map { $0.attachments.map(\.name).sorted() } == [["the fuse.png"], ["b.png", "log.txt"]])
        let file = try #require(entries.first?.attachments.first)
        #expect(file.size == 5_000_000 && file.sha256 == Digest(sha256: photo).bytes && file.type == "image/png")
        let longest = try await line.operating.store.database.first(
            "select max(length(body)) from supplier_receipt", as: Int32.self)
        #expect(try #require(longest) < 2_000)

        // Its own it keeps after the end, by JSON Patch too.
        let body =
            #"[{"op": "add", "path": "/note/-", "value": {"text": "Done."}}, "#
            + #"{"op": "add", "path": "/attachment/-", "value": {"name": "c.png", "content": "AAEC"}}, "#
            + #"{"op": "replace", "path": "/status", "value": "resolved"}]"#
        let solved = await line.patch(id, body, fields: Self.jsonPatch)
        let names = ["the fuse.png", "b.png", "log.txt", "c.png"]
        #expect(solved.document["attachment"]?.array?.map { $0["name"]?.string ?? "" } == names, "\(solved.text)")
        let answer = await line.send(.get, try path(solved.document["attachment"]?[3], version))
        #expect(try await answer.read() == [0, 1, 2] && answer.fields[.contentType] == "application/octet-stream")
    }

    @Test("Files that cannot be taken are refused together, and nothing of the request counts")
    func refused() async throws {
        let line = try await TroubleTicketLine()
        let (ticket, id) = try await referred(line)
        let large = attachment("large.bin", [UInt8](repeating: 0, count: (7 << 20) + 1))
        let files: [JSON] = [
            .object(["name": "a.png", "url": "https://files.example/a.png"]),
            .object(["name": "b.png", "content": "!"]), .object(["content": "AAEC"]),
            .object(["name": "c.png", "content": "AAEC", "source": "buyer"]), large,
        ]
        let answer = try await attach(files, note: "Look.", to: id, line)
        #expect(answer.status == .unprocessableContent)
        let faults = answer.document.array?.map { "\($0["code"]?.string ?? "") \($0["propertyPath"]?.string ?? "")" }
        #expect(
            faults == [
                "missingProperty /attachment/1/content", "invalidFormat /attachment/2/content",
                "missingProperty /attachment/3/name", "invalidValue /attachment/4/source",
                "invalidValue /attachment/5/content",
            ])
        let crowd = try await attach((0..<21).map { attachment("\($0)", [0]) }, to: id, line)
        #expect(crowd.document[0]?["propertyPath"] == "/attachment")
        let gone = await line.patch(id, #"{"attachment": []}"#)
        #expect(gone.status == .unprocessableContent && gone.document[0]?["propertyPath"] == "/attachment")
        let question = #"{"status": "pending", "attachment": [{"name": "a", "content": "AAEC"}]}"#
        #expect(await line.patch(id, question).status == .unprocessableContent)
        #expect(try await line.view(ticket).entries.allSatisfy { $0.supplier == nil })
    }
}
