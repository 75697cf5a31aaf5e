import Administration
import Desk
import DeskStore
import DeskTestSupport
import HTTP
import Intake
import JSON
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

@Suite("The tiers and the process, played through the API", .database(template: TestDesk.template))
struct TiersAndProcessTests {
    /// A program that acts for the people of the desk.
    private struct Program {
        let scenario: Scenario
        let router: Router
        let token: String
        private(set) var number = ""

        init(_ scenario: Scenario) async throws {
            self.scenario = scenario
            router = Router(API(store: scenario.intake, keys: scenario.keys).door)
            let text = APIToken.random(prefix: "mer")
            token = text.text
            try await TestDesk().store.addToken(
                name: "process", digest: text.digest.bytes, scopes: ["tickets:read", "tickets:write"], site: nil,
                expiresAt: nil)
            let request = """
                {"subject": "The VPN drops every hour", "text": "Since this morning.", "site": "AMS",
                 "channel": "phone", "category": "vpn", "requester": {"email": "joost@customer.example", "name": "Joost", "language": "nl"}}
                """
            let answer = await send(.post, "/api/v1/tickets", request, tag: nil)
            try #require(answer.status == .created, "\(answer.text)")
            number = try #require(JSON.parse(answer.body.bytes)["number"]?.string)
        }

        private func send(_ method: HTTP.Method, _ path: String, _ body: String?, tag: String?) async -> Response {
            var request = Request(method, path)
            request.fields[.authorization] = "Bearer \(token)"
            request.fields[.ifMatch] = tag
            if let body {
                request.body = RequestBody(body)
                request.fields[.contentType] = "application/json"
            }
            return await router.respond(to: request)
        }

        /// Does one step some minutes after the one before it, and answers with the ticket.
        @discardableResult
        func step(
            _ method: HTTP.Method, _ place: String, _ body: String? = nil, after minutes: Int = 5,
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws -> JSON {
            scenario.time.advance(by: .seconds(60 * minutes))
            let path = "/api/v1/tickets/\(number)"
            let tag = await send(.get, path, nil, tag: nil).fields[.entityTag]
            let answer = await send(method, path + place, body, tag: tag)
            try #require(answer.status.isSuccess, "\(place): \(answer.text)", sourceLocation: sourceLocation)
            return try JSON.parse(answer.body.bytes)
        }

        func events() async throws -> [String] {
            let answer = await send(.get, "/api/v1/tickets/\(number)/events", nil, tag: nil)
            return try JSON.parse(answer.body.bytes).array?.compactMap { $0["kind"]?.string } ?? []
        }

        /// The escalations that the deadlines up to some minutes later cause.
        func escalations(after minutes: Int) async throws -> [String] {
            scenario.time.advance(by: .seconds(60 * minutes))
            let before = try await events().count
            _ = try await scenario.fireDeadlines()
            let answer = await send(.get, "/api/v1/tickets/\(number)/events", nil, tag: nil)
            let events = try JSON.parse(answer.body.bytes).array ?? []
            return events.dropFirst(before).filter { $0["kind"] == "escalated" }.compactMap {
                $0["data"]?["level"]?.string
            }
        }
    }

    @Test("From the first line to the supplier and back, each step leaves an event, and every loop is in the journey")
    func flow() async throws {
        try await Scenario.run { scenario in
            let program = try await Program(scenario)
            try await scenario.settle()
            // S48, S49: the first line takes it, does not know it, and must not search for long.
            let person = try await assignee(of: "ams-first")
            try await program.step(.put, "/assignment", #"{"team": "ams-first", "person": "\#(person)"}"#)
            // S50, S51: the second line gets it; nobody there is free, so that a call-back is promised.
            let due = (scenario.time.now + .seconds(3600)).rfc3339
            try await program.step(.post, "/callbacks", #"{"at": "\#(due)"}"#)
            try await program.step(
                .post, "/handovers", #"{"to": {"team": "ams-network"}, "reason": "expertise", "note": "Drops hourly."}"#
            )
            // S54: not enough; back, the requester is asked, and up again.
            let back = try await program.step(
                .post, "/sufficiency", #"{"sufficient": false, "missing": ["Since which update?"]}"#)
            #expect(back["team"] == "ams-first" && back["returns"] == 1)
            try await program.step(
                .post, "/handovers", #"{"to": {"team": "ams-network"}, "reason": "expertise", "note": "Since 7.2."}"#,
                after: 30)
            try await program.step(.post, "/sufficiency", #"{"sufficient": true}"#)
            // S56: it decides what is needed.
            let planned = try await program.step(.put, "/means", #"{"means": "remote", "note": "Over his shoulder."}"#)
            #expect(planned["means"] == "remote")
            try await program.step(.put, "/callbacks/current", #"{"made": true, "note": "Told him."}"#)
            // S55: a supplier is asked, and keeps its hands off the ticket.
            let asked = try await program.step(.post, "/questions", #"{"to": "fjordnett", "text": "A known fault?"}"#)
            #expect(asked["tier"] == 2 && asked["supplier_tickets"]?[0]?["supplier"] == "fjordnett")
            let question = try #require(asked["questions"]?[0]?["id"]?.string)
            try await program.step(.put, "/questions/\(question)/answer", #"{"text": "Yes, in 7.2."}"#)
            // S58, S59: the third line cannot change it either; the outcome says so.
            try await program.step(.post, "/supplier-tickets", #"{"supplier": "fjordnett", "note": "Please mend it."}"#)
            let done = try await program.step(
                .put, "/resolution", #"{"outcome": "too_costly", "note": "The old version stays."}"#)
            #expect(done["outcome"] == "too_costly" && done["returns"] == 1)
            try await program.step(.put, "/closure")
            #expect(
                try await program.events() == [
                    "opened", "routed", "assigned", "callback_promised", "handed_over", "found_insufficient",
                    "handed_over",
                    "found_sufficient", "means_chosen", "callback_made", "inquired", "inquiry_answered", "referred",
                    "resolved",
                    "closed",
                ])
            let number = try #require(TicketNumber(program.number))
            let view = try #require(await scenario.routing.view(of: number, seeing: .desk, including: true))
            let journey = JourneyReport(view, zones: TestDesk.zones).text
            #expect(journey.contains("Returned 1 times for missing information"))
            #expect(journey.contains("  from ams-network to ams-first  "))
            #expect(journey.contains("team 1800 s"))
        }
    }

    @Test("A promised call-back that lapses is carried up, each level once, until it is made")
    func lapses() async throws {
        try await Scenario.run { scenario in
            let program = try await Program(scenario)
            try await scenario.settle()
            let due = (scenario.time.now + .seconds(300 + 3600)).rfc3339
            try await program.step(.post, "/callbacks", #"{"at": "\#(due)"}"#)
            #expect(try await program.escalations(after: 59) == [])
            #expect(try await program.escalations(after: 1) == ["lead"])
            #expect(try await program.escalations(after: 30) == [])
            #expect(try await program.escalations(after: 30) == ["site"])
            try await program.step(.put, "/callbacks/current", #"{"made": true}"#)
            #expect(try await program.escalations(after: 600) == [])
            let events = try await program.events()
            #expect(events.filter { $0 == "escalated" }.count == 2 && events.contains("deadline_missed"))
            let letters = try await TestDatabase.current.all(
                "select audience from letter where kind = 'escalated' order by id", as: String.self)
            #expect(letters == ["leads", "managers"])
        }
    }

    private func assignee(of team: String) async throws -> String {
        let organisation = try await TestDesk().store.directory().organisation
        let person = organisation.people.first { person in
            person.positions.contains { organisation.position($0).map { $0.team == team && !$0.leads } ?? false }
        }
        return try #require(person?.email)
    }
}
