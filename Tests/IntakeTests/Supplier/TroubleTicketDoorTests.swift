import Desk
import DeskStore
import DeskTestSupport
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Testing

@Suite("Suppliers' systems that speak TMF621", .database(template: TestDesk.template))
struct TroubleTicketDoorTests {
    @Test("A ticket is shown with what the supplier may see, in the words of its version", arguments: ["v4", "v5"])
    func shown(version: String) async throws {
        let line = try await TroubleTicketLine(version: version)
        let (ticket, id) = try await line.referred()
        let response = await line.send(.get, "/troubleTicket/\(id)")
        let shown = response.document
        #expect(response.status == .ok && response.fields[.contentType]?.hasPrefix("application/json") == true)
        #expect(shown["id"]?.string == id && shown["@type"] == "TroubleTicket")
        #expect(shown["href"]?.string == "https://desk.example/tmf-api/troubleTicket/\(version)/troubleTicket/\(id)")
        #expect(shown["status"] == "acknowledged" && shown["name"] == "The line is down")
        #expect(shown["description"] == "Smoke comes out of it. Please help." && shown["ticketType"] == "incident")
        #expect(shown["note"]?[0]?["text"] == "Please look at it." && shown["note"]?[0]?["source"] == "buyer")
        // The allow-list names neither who asked nor the impact.
        #expect(!response.text.contains("kari@customer.example") && shown["severity"] == nil)
        let number = ticket.number.description
        let entity = shown["relatedEntity"]?[0]
        #expect((version == "v4" ? entity?["id"] : entity?["entity"]?["id"])?.string == number)
    }

    @Test("Lists are cut into pages, sorted, compared and shown in part")
    func list() async throws {
        let line = try await TroubleTicketLine()
        #expect(await line.send(.get, "/troubleTicket").document == [])
        for number in 1...3 { _ = try await line.referred("Line \(number)") }
        let whole = await line.send(.get, "/troubleTicket?sort=name&fields=name")
        #expect(whole.status == .ok && whole.fields["X-Total-Count"] == "3" && whole.fields["X-Result-Count"] == "3")
        #expect(whole.document.array?.compactMap { $0["name"]?.string } == ["Line 1", "Line 2", "Line 3"])
        #expect(whole.document[0]?.object?.names == ["id", "href", "name", "@type"])
        let page = await line.send(.get, "/troubleTicket?sort=-name&offset=1&limit=1")
        #expect(page.status == .partialContent && page.document[0]?["name"] == "Line 2")
        #expect(page.fields["X-Total-Count"] == "3" && page.fields["X-Result-Count"] == "1")
        let links = try #require(page.fields[.link])
        #expect(links.contains("offset=2>; rel=\"next\"") && links.contains("offset=0>; rel=\"prev\""))
        #expect(await line.send(.get, "/troubleTicket?name=Line%202").document.array?.count == 1)
        let filter = "/troubleTicket?filter=%24%5B%3F%28%40.status%3D%3D%27pending%27%29%5D"
        #expect(await line.send(.get, filter).document == [])
        #expect(await line.send(.get, "/troubleTicket?limit=some").document["code"] == "invalidQuery")
    }

    @Test("It takes a ticket on, asks, gets its answer and solves it, each told once and in order")
    func conversation() async throws {
        let line = try await TroubleTicketLine()
        let (ticket, id) = try await line.referred()
        let taken = await line.patch(id, #"{"status": "acknowledged", "externalId": "F-77"}"#)
        #expect(taken.status == .ok, "\(taken.text)")
        #expect(taken.document["externalIdentifier"]?[0]?["id"] == "F-77")
        #expect(try await line.say("Which floor?", status: "pending", on: id).document["status"] == "pending")
        let supplier = line.supplier
        try await line.record(on: ticket, note: "The third.") {
            .supplierAnswered(supplier, note: try #require($0.entry))
        }
        #expect(try await line.ticket(id)["status"] == "inProgress")
        let notes = try await line.ticket(id)["note"]?.array
        #expect(notes?.compactMap { $0["text"]?.string } == ["Please look at it.", "Which floor?", "The third."])
        #expect(notes?.compactMap { $0["source"]?.string } == ["buyer", "seller", "buyer"])
        let solved = try await line.say("A new cable.", status: "resolved", on: id)
        #expect(solved.status == .ok && solved.document["status"] == "resolved", "\(solved.text)")
        // What has ended shows what was between the two, and nothing of the ticket any more.
        #expect(solved.document["resolutionDate"] != nil && solved.document["name"] == nil)
        #expect(solved.document["externalIdentifier"]?[0]?["id"] == "F-77" && solved.document["note"] == nil)
        #expect(try await line.view(ticket).entries.last?.text == "A new cable.")
        let kinds = try await line.view(ticket).log.suffix(4).map(\.recorded.event.kind)
        #expect(kinds == [.supplierAcknowledged, .supplierAsked, .supplierAnswered, .supplierResolved])
        #expect(await line.send(.post, "/troubleTicket/\(id)/close").status == .noContent)
    }

    @Test("What one supplier has is nowhere for another, nor for the API's tokens")
    func strangers() async throws {
        let line = try await TroubleTicketLine()
        let (_, id) = try await line.referred()
        let other = try await TroubleTicketLine("printwerk", on: line.gateway)
        #expect(await other.send(.get, "/troubleTicket/\(id)").status == .notFound)
        #expect(await other.send(.get, "/troubleTicket").document == [])
        #expect(await other.patch(id, #"{"externalId": "P-1"}"#).status == .notFound)
        #expect(await other.send(.post, "/troubleTicket/\(id)/cancel", #"{"reason": "no"}"#).status == .notFound)
        let wrong = await line.send(.get, "/troubleTicket", fields: [.authorization: "Bearer \(line.gateway.token)"])
        #expect(wrong.status == .unauthorized && wrong.fields[.wwwAuthenticate] != nil)
        #expect(wrong.document["code"] == "invalidCredentials")
        let api = await line.gateway.send(.get, "/api/v1/tickets", fields: [.authorization: "Bearer \(line.token)"])
        #expect(api.status == .unauthorized)
    }

    @Test("A patch under one Idempotency-Key counts once, and a list without the notes that there are is refused")
    func once() async throws {
        let line = try await TroubleTicketLine()
        let (ticket, id) = try await line.referred()
        let body = #"[{"op": "add", "path": "/note/-", "value": {"text": "On the way."}}]"#
        let fields: Fields = [.contentType: "application/json-patch+json", "Idempotency-Key": "k-1"]
        for _ in 0..<2 { #expect(await line.patch(id, body, fields: fields).status == .ok) }
        #expect(try await line.view(ticket).entries.count { $0.text == "On the way." } == 1)
        let lost = await line.patch(id, #"{"note": [{"text": "Another."}]}"#)
        #expect(lost.status == .unprocessableContent && lost.document[0]?["propertyPath"] == "/note")
        #expect(try await line.view(ticket).entries.count == 3)
    }

    @Test("What it may not change, what says too little and what comes too late changes nothing")
    func refused() async throws {
        let line = try await TroubleTicketLine()
        let (ticket, id) = try await line.referred()
        let revision = try await line.view(ticket).ticket.revision
        for body in [
            #"{"description": "Other"}"#, #"{"severity": "minor"}"#, #"{"status": "resolved"}"#, #"{"status": "odd"}"#,
            #"{"status": "pending"}"#,
        ] {
            let answer = await line.patch(id, body)
            #expect(answer.status == .unprocessableContent && answer.document[0]?["code"] != nil, "\(answer.text)")
        }
        #expect(
            await line.send(.post, "/troubleTicket/\(id)/reopen", #"{"reason": "x"}"#).status == .unprocessableContent)
        #expect(await line.send(.post, "/troubleTicket/\(id)/close").status == .unprocessableContent)
        #expect(try await line.view(ticket).ticket.revision == revision)
        let given = await line.send(.post, "/troubleTicket/\(id)/cancel", #"{"reason": "Not ours."}"#)
        #expect(given.status == .noContent)
        #expect(try await line.ticket(id)["status"] == "rejected")
        #expect(await line.patch(id, #"{"externalId": "F-1"}"#).status == .unprocessableContent)
    }
}
