import DeskTestSupport
import HTTP
import JSON
import Moments
import Postgres
import PostgresTestSupport
import Testing

@Suite("Tickets over the API", .database(template: TestDesk.template))
struct TicketsOverAPITests {
    @Test("A posted request becomes a ticket that can be read where its Location says")
    func open() async throws {
        let gateway = try await TestGateway()
        let response = await gateway.send(.post, "/api/v1/tickets", TestGateway.printer)
        #expect(response.status == .created, "\(response.text)")
        let location = try #require(response.fields[.location])
        #expect(location == "/api/v1/tickets/OSL-1")
        let read = await gateway.send(.get, location)
        #expect(read.status == .ok)
        let ticket = read.document
        // The answer to the post tells of announced disturbances besides.
        for member in try #require(ticket.object).members {
            #expect(response.document[member.name] == member.value, "\(member.name)")
        }
        #expect(ticket["state"] == "new" && ticket["channel"] == "api" && ticket["site"] == "OSL")
        #expect(ticket["kind"] == "incident" && ticket["priority"] == 3)
        #expect(ticket["requester"]?["email"] == "kari@customer.example")
        #expect(ticket["requester"]?["name"] == "Kari Nordmann")
        #expect(ticket["due"]?["resolution"]?.string.flatMap { Moment(rfc3339: $0) } != nil)
        #expect(ticket["supplier_tickets"] == [] && ticket["outcome"] == .null)
        #expect(
            try await TestDatabase.current.all("select kind from jobs.job order by 1", as: String.self)
                == ["letter.send", "ticket.route"])
    }

    @Test("The site is the one given, else the token's, else the requester's home, else the default")
    func site() async throws {
        let everywhere = try await TestGateway()
        let bare = #"{"subject": "S", "text": "T", "requester": {"email": "x@customer.example"}}"#
        #expect(try await everywhere.open(bare).hasPrefix("OSL-"))
        let given = #"{"subject": "S", "text": "T", "site": "WAW", "requester": {"email": "y@customer.example"}}"#
        #expect(try await everywhere.open(given).hasPrefix("WAW-"))
        let home = #"{"subject": "S", "text": "T", "requester": {"email": "y@customer.example"}}"#
        #expect(try await everywhere.open(home).hasPrefix("WAW-"))
        let own = try await TestGateway(at: "SIN")
        #expect(try await own.open(home).hasPrefix("SIN-"))
        let other = await own.send(.post, "/api/v1/tickets", given)
        #expect(other.status == .forbidden)
    }

    @Test("A token of one site does not see tickets of another")
    func sight() async throws {
        let everywhere = try await TestGateway()
        let number = try await everywhere.open()
        let own = try await TestGateway(at: "SIN")
        #expect(await own.send(.get, "/api/v1/tickets/\(number)").status == .notFound)
        #expect(await own.send(.get, "/api/v1/tickets").document == [])
        #expect(await own.send(.get, "/api/v1/tickets/\(number)/events").status == .notFound)
    }

    @Test("A ticket read again with its ETag is not sent again, and one that changed is")
    func notModified() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let (_, tag) = try await gateway.ticket(number)
        let path = "/api/v1/tickets/\(number)"
        let same = await gateway.send(.get, path, fields: [.ifNoneMatch: tag])
        #expect(same.status == .notModified && same.body.bytes.isEmpty && same.fields[.entityTag] == tag)
        let changed = await gateway.send(.patch, path, #"{"urgency": 1}"#, fields: [.ifMatch: tag])
        #expect(changed.status == .ok, "\(changed.text)")
        #expect(await gateway.send(.get, path, fields: [.ifNoneMatch: tag]).status == .ok)
    }

    @Test("A merge patch changes what it names, takes a category away by null, and follows the priority matrix")
    func patch() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let path = "/api/v1/tickets/\(number)"
        let first = await gateway.send(
            .patch, path, #"{"impact": 1, "urgency": 1, "subject": "Fire", "category": "hardware"}"#,
            fields: [.ifMatch: try await gateway.ticket(number).tag, .contentType: "application/merge-patch+json"])
        #expect(first.status == .ok, "\(first.text)")
        #expect(first.document["priority"] == 1 && first.document["subject"] == "Fire")
        #expect(first.document["category"] == "hardware")
        let second = await gateway.send(
            .patch, path, #"{"category": null}"#, fields: [.ifMatch: try #require(first.fields[.entityTag])])
        #expect(second.document["category"] == .null && second.document["priority"] == 1)
        let same = await gateway.send(
            .patch, path, "{}", fields: [.ifMatch: try #require(second.fields[.entityTag])])
        #expect(same.status == .ok && same.fields[.entityTag] == second.fields[.entityTag])
    }

    @Test("A change without If-Match is answered 428, with an old one 412, and neither changes anything")
    func precondition() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let path = "/api/v1/tickets/\(number)"
        let before = try await TestGateway.rows()
        for (method, target, body) in [
            (HTTP.Method.patch, path, #"{"urgency": 1}"#), (.put, path + "/assignment", #"{"team": "osl-first"}"#),
            (.put, path + "/resolution", #"{"outcome": "solved", "note": "Done"}"#),
            (.delete, path + "/resolution", ""),
            (.put, path + "/closure", ""),
        ] {
            let missing = await gateway.send(method, target, body)
            #expect(missing.status == .preconditionRequired, "\(method) \(target)")
        }
        for old in ["\"99\"", "W/\"1\"", "nonsense"] {
            let stale = await gateway.send(.patch, path, #"{"urgency": 1}"#, fields: [.ifMatch: old])
            #expect(stale.status == .preconditionFailed, "\(old)")
        }
        #expect(try await TestGateway.rows() == before)
    }

    @Test("A list is paged by key, newest first, and its links lead through all of it")
    func pages() async throws {
        let gateway = try await TestGateway()
        var opened: [String] = []
        for _ in 0..<5 { opened.append(try await gateway.open()) }
        var path: String? = "/api/v1/tickets?site=OSL&state=new,assigned&limit=2"
        var seen: [String] = []
        var pages = 0
        while let next = path {
            let page = await gateway.send(.get, next)
            try #require(page.status == .ok, "\(page.text)")
            seen += page.document.array?.compactMap { $0["number"]?.string } ?? []
            path = page.fields[.link].flatMap { $0.split(separator: ">").first.map { String($0.dropFirst()) } }
            pages += 1
        }
        #expect(seen == opened.reversed() && pages == 3)
    }

    @Test("A list can be asked by requester, words, team, tier, category and time; what is not understood is refused")
    func filters() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        for (query, count) in [
            ("requester=kari@customer.example", 1), ("requester=nobody@customer.example", 0), ("q=printer", 1),
            ("q=100%25", 0), ("q=\(number)", 1), ("tier=1", 1), ("tier=3", 0), ("category=hardware", 0),
            ("updated_after=2020-01-01T00:00:00Z", 1), ("updated_after=2100-01-01T00:00:00Z", 0), ("state=closed", 0),
        ] {
            let list = await gateway.send(.get, "/api/v1/tickets?\(query)")
            #expect(list.document.array?.count == count, "\(query): \(list.text)")
        }
        for query in [
            "state=sleeping", "site=QQQ", "tier=0", "updated_after=yesterday", "limit=0", "limit=1000", "colour=red",
            "cursor=abc", "q=",
        ] {
            let refused = await gateway.send(.get, "/api/v1/tickets?\(query)")
            #expect(refused.status == .badRequest, "\(query)")
        }
    }
}
