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

@Suite("Promises, questions, judgements, offers and owners over the API", .database(template: TestDesk.template))
struct UndertakingsOverAPITests {
    /// A ticket of Oslo and what a program does to it.
    struct Work {
        let gateway: TestGateway
        let number: String

        init() async throws {
            gateway = try await TestGateway()
            number = try await gateway.open()
        }

        var path: String { "/api/v1/tickets/\(number)" }

        func send(_ method: HTTP.Method, _ place: String, _ body: String? = nil) async throws -> Response {
            gateway.desk.time.advance(by: .seconds(60))
            let tag = try await gateway.ticket(number).tag
            return await gateway.send(method, path + place, body, fields: [.ifMatch: tag])
        }

        @discardableResult
        func step(_ method: HTTP.Method, _ place: String, _ body: String? = nil, _ status: Status) async throws -> JSON
        {
            let answer = try await send(method, place, body)
            try #require(answer.status == status, "\(method) \(place): \(answer.text)")
            return answer.document
        }

        func events() async -> [String] {
            await gateway.send(.get, path + "/events").document.array?.compactMap { $0["kind"]?.string } ?? []
        }
    }

    @Test("A call-back is promised for a time, kept with a note, and cannot be kept twice or promised for the past")
    func callbacks() async throws {
        let work = try await Work()
        let promised = try await work.step(
            .post, "/callbacks", #"{"at": "2026-03-02T13:00:00Z", "note": "After lunch."}"#, .created)
        #expect(promised["callback"]?["due"] == "2026-03-02T13:00:00Z")
        #expect(promised["callback"]?["promised_at"] == "2026-03-02T09:01:00Z")
        let refused = try await work.step(.post, "/callbacks", #"{"at": "2026-03-02T08:00:00Z"}"#, .conflict)
        #expect(refused["reason"] == "is_in_the_past")
        let kept = try await work.step(.put, "/callbacks/current", #"{"made": true, "note": "All is well."}"#, .ok)
        #expect(kept["callback"] == .null)
        let twice = try await work.step(.put, "/callbacks/current", #"{"made": true}"#, .conflict)
        #expect(twice["reason"] == "nothing_promised")
        #expect(await work.events().suffix(2) == ["callback_promised", "callback_made"])
        let unconditional = await work.gateway.send(.put, work.path + "/callbacks/current", #"{"made": true}"#)
        #expect(unconditional.status == .preconditionRequired)
    }

    @Test("A ticket is put on hold with a reason, until a time or not, and goes on; a hold in the past is refused")
    func hold() async throws {
        let work = try await Work()
        let held = try await work.step(
            .put, "/hold", #"{"until": "2026-03-05T08:00:00Z", "note": "The part comes on Thursday."}"#, .ok)
        #expect(
            held["state"] == "waiting_other" && held["hold"] == ["until": "2026-03-05T08:00:00Z", "with_parent": false])
        let open = try await work.step(.put, "/hold", #"{"note": "It is late."}"#, .ok)
        #expect(open["hold"] == ["until": JSON.null, "with_parent": false])
        let resumed = try await work.step(.delete, "/hold", nil, .ok)
        #expect(resumed["state"] == "assigned" && resumed["hold"] == .null)
        let idle = try await work.step(.delete, "/hold", nil, .conflict)
        #expect(idle["reason"] == "is_not_waiting")
        let past = try await work.step(.put, "/hold", #"{"until": "2026-03-01T08:00:00Z", "note": "?"}"#, .conflict)
        #expect(past["reason"] == "is_in_the_past")
        let faulty = try await work.step(.put, "/hold", #"{"until": "soon"}"#, .unprocessableContent)
        #expect(faulty["errors"]?.array?.count == 2)
        #expect(await work.events().suffix(3) == ["put_on_hold", "put_on_hold", "resumed"])
    }

    @Test("What is needed is chosen with a note or without, again only where it differs, and by its words alone")
    func means() async throws {
        let work = try await Work()
        #expect(try await work.gateway.ticket(work.number).json["means"] == .null)
        let visit = try await work.step(.put, "/means", #"{"means": "visit", "note": "Room 4."}"#, .ok)
        #expect(visit["means"] == "visit" && visit["state"] == "new")
        let same = try await work.step(.put, "/means", #"{"means": "visit"}"#, .conflict)
        #expect(same["reason"] == "changes_nothing")
        let faulty = try await work.step(.put, "/means", #"{"means": "magic", "note": ""}"#, .unprocessableContent)
        #expect(faulty["errors"]?.array?.count == 2)
        let event = await work.gateway.send(.get, work.path + "/events").document.array?.last
        #expect(event?["kind"] == "means_chosen" && event?["data"]?["means"] == "visit")
        #expect(event?["data"]?["note"]?.string?.count == 36)
        let unconditional = await work.gateway.send(.put, work.path + "/means", #"{"means": "remote"}"#)
        #expect(unconditional.status == .preconditionRequired)
    }

    @Test("A team and a supplier are asked without getting the ticket; answers stand at the question, once")
    func questions() async throws {
        let work = try await Work()
        let asked = try await work.step(
            .post, "/questions", #"{"to": {"team": "ams-network"}, "text": "Seen this?"}"#, .created)
        #expect(asked["team"] == "osl-first" && asked["state"] == "new")
        #expect(asked["questions"]?[0]?["to"] == ["site": "AMS", "tier": 2, "team": "ams-network"])
        try await work.step(.post, "/questions", #"{"to": "fjordnett", "text": "A known fault?"}"#, .created)
        let again = try await work.step(.post, "/questions", #"{"to": "ams-network", "text": "Well?"}"#, .conflict)
        #expect(again["reason"] == "is_asked_already")
        let id = try #require(asked["questions"]?[0]?["id"]?.string)
        let answered = try await work.step(.put, "/questions/\(id)/answer", #"{"text": "No, never."}"#, .ok)
        #expect(answered["questions"]?.array?.count == 1)
        #expect(
            try await work.step(.put, "/questions/\(id)/answer", #"{"text": "Or"}"#, .conflict)["reason"]
                == "is_not_asked")
        let list = await work.gateway.send(.get, work.path + "/questions").document
        #expect(list[0]?["text"] == "Seen this?" && list[0]?["answer"]?["text"] == "No, never.")
        #expect(list[1]?["to"] == ["supplier": "fjordnett"] && list[1]?["ended_at"] == .null)
        let second = try #require(list[1]?["id"]?.string)
        #expect(try await work.step(.delete, "/questions/\(second)", nil, .ok)["questions"] == [])
        try await work.step(.delete, "/questions/00000000-0000-0000-0000-000000000000", nil, .notFound)
        let event = await work.gateway.send(.get, work.path + "/events").document.array?.last
        #expect(event?["kind"] == "inquiry_withdrawn" && event?["data"]?["question"]?.string == second)
    }

    @Test("What is missing goes back to the team that handed the ticket over, line by line; no other team, no way back")
    func sufficiency() async throws {
        let work = try await Work()
        let alone = try await work.step(
            .post, "/sufficiency", #"{"sufficient": false, "missing": ["floor"]}"#, .conflict)
        #expect(alone["reason"] == "was_not_handed_over")
        let before = try await work.gateway.ticket(work.number).json
        try await work.step(
            .post, "/handovers", #"{"to": {"tier": 2}, "reason": "expertise", "note": "It smokes."}"#, .created)
        let back = try await work.step(
            .post, "/sufficiency", #"{"sufficient": false, "missing": ["Which floor?", "Which model?"]}"#, .created)
        #expect(back["team"] == before["team"] && back["position"] == before["position"])
        #expect(back["sufficient"] == false && back["returns"] == 1)
        let entries = await work.gateway.send(.get, work.path + "/entries").document.array
        #expect(
            entries?.last?["text"] == "- Which floor?\n- Which model?" && entries?.last?["visibility"] == "internal")
        try await work.step(
            .post, "/handovers", #"{"to": {"tier": 2}, "reason": "expertise", "note": "Third, an X-100."}"#, .created)
        #expect(try await work.step(.post, "/sufficiency", #"{"sufficient": true}"#, .created)["sufficient"] == true)
    }

    @Test("A ticket has an owner, is put back, carried up one level after another, and offered to a team that accepts")
    func others() async throws {
        let work = try await Work()
        let directory = try await work.gateway.desk.store.directory()
        let position = try #require(directory.organisation.positions.first { $0.team == "ams-network" }).code
        #expect(try await work.step(.put, "/owner", #"{"position": "\#(position)"}"#, .ok)["owner"]?.string == position)
        try await work.step(.delete, "/assignment", nil, .conflict)
        let carried = try await work.step(
            .post, "/escalations", #"{"level": "site", "reason": "requester_complained"}"#, .created)
        #expect(carried["escalation"] == "site")
        let lower = try await work.step(
            .post, "/escalations", #"{"level": "lead", "reason": "lacks_people"}"#, .conflict)
        #expect(lower["reason"] == "is_escalated_already")
        let offered = try await work.step(
            .post, "/offers", #"{"to": {"team": "ams-network"}, "note": "Our shift ends."}"#, .created)
        #expect(offered["offer"] == ["site": "AMS", "tier": 2, "team": "ams-network"])
        #expect(
            try await work.step(.put, "/offers/current", #"{"accepted": false, "note": "Full."}"#, .ok)["offer"]
                == .null)
        try await work.step(.post, "/offers", #"{"to": {"team": "ams-network"}}"#, .created)
        let accepted = try await work.step(.put, "/offers/current", #"{"accepted": true}"#, .ok)
        #expect(accepted["team"] == "ams-network" && accepted["offer"] == .null)
        #expect(
            try await work.step(.put, "/offers/current", #"{"accepted": true}"#, .conflict)["reason"]
                == "is_not_offered")
    }

    @Test("Whoever takes a ticket can let go of it again")
    func release() async throws {
        let work = try await Work()
        let directory = try await work.gateway.desk.store.directory()
        let person = try #require(
            directory.organisation.people.first { person in
                person.positions.contains { directory.organisation.position($0)?.team == "osl-first" }
            })
        try await work.step(.put, "/assignment", #"{"team": "osl-first", "person": "\#(person.email)"}"#, .ok)
        let released = try await work.step(.delete, "/assignment", nil, .ok)
        #expect(released["person"] == .null && released["state"] == "assigned")
    }

    @Test("All that is wrong with a body is told at once, each at its place, and nothing is written")
    func faults() async throws {
        let work = try await Work()
        let before = try await TestGateway.rows()
        let wrong: [(HTTP.Method, String, String, [String])] = [
            (.post, "/callbacks", #"{"at": "tomorrow", "note": ""}"#, ["#/at", "#/note"]),
            (.put, "/callbacks/current", #"{"made": false}"#, ["#/made"]),
            (.post, "/questions", #"{"to": {}, "text": ""}"#, ["#/to", "#/text"]),
            (.post, "/questions", #"{"to": "nobody", "text": "A"}"#, ["#/to"]),
            (.post, "/questions", #"{"to": {"supplier": "fjordnett", "site": "OSL"}, "text": "A"}"#, ["#/to/site"]),
            (.post, "/sufficiency", #"{"sufficient": false}"#, ["#/missing"]),
            (.post, "/sufficiency", #"{"sufficient": true, "missing": ["x"]}"#, ["#/missing"]),
            (.post, "/sufficiency", #"{"sufficient": false, "missing": []}"#, ["#/missing"]),
            (.post, "/escalations", #"{"level": "moon", "reason": "why"}"#, ["#/level", "#/reason"]),
            (.put, "/owner", #"{"position": "nobody"}"#, ["#/position"]),
            (.post, "/offers", #"{"to": {"tier": 98}}"#, ["#/to"]),
            (.put, "/offers/current", #"{"accepted": "yes"}"#, ["#/accepted"]),
        ]
        for (method, place, body, pointers) in wrong {
            let refused = try await work.send(method, place, body)
            #expect(refused.status == .unprocessableContent, "\(place) \(body): \(refused.text)")
            #expect(refused.pointers == pointers, "\(place) \(body): \(refused.text)")
        }
        #expect(try await TestGateway.rows() == before)
    }
}
