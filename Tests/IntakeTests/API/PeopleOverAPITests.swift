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

@Suite("People over the API", .database(template: TestDesk.template))
struct PeopleOverAPITests {
    private static let scopes = ["tickets:read", "tickets:write", "people:read", "people:write"]

    /// The identity of the person at an address.
    private func id(of email: String, on gateway: TestGateway) async throws -> String {
        let found = await gateway.send(.get, "/api/v1/people?email=\(email)")
        return try #require(found.document.array?.first?["id"]?.string, "\(found.text)")
    }

    private func open(from email: String, on gateway: TestGateway) async throws -> String {
        try await gateway.open(
            #"{"subject": "S", "text": "T", "site": "OSL", "requester": {"email": "\#(email)", "name": "Nils Dahl"}}"#)
    }

    @Test("A person is read, changed and given addresses; what cannot be is told at its member")
    func card() async throws {
        let gateway = try await TestGateway(scopes: Self.scopes)
        _ = try await open(from: "nils@firma.example", on: gateway)
        let place = "/api/v1/people/\(try await id(of: "nils@firma.example", on: gateway))"
        let patch = #"{"class": "vip", "relation": "external", "home_site": "AMS", "organisation": "Finance"}"#
        let patched = await gateway.send(.patch, place, patch)
        #expect(patched.status == .ok, "\(patched.text)")
        #expect(patched.document["class"]?.string == "vip" && patched.document["home_site"]?.string == "AMS")
        let added = await gateway.send(.post, place + "/addresses", #"{"email": "nils@home.example"}"#)
        #expect(added.status == .created)
        #expect(
            added.document["addresses"]?.array?.compactMap(\.string) == ["nils@firma.example", "nils@home.example"])
        let primary = await gateway.send(.patch, place, #"{"email": "nils@home.example"}"#)
        #expect(primary.document["email"]?.string == "nils@home.example")
        let removed = await gateway.send(.delete, place + "/addresses/nils@firma.example")
        #expect(removed.document["addresses"]?.array?.count == 1)
        let last = await gateway.send(.delete, place + "/addresses/nils@home.example")
        #expect(last.status == .conflict)
        let taken = await gateway.send(
            .post, place + "/addresses", #"{"email": "kari.nordmann@norrsken.example"}"#)
        #expect(taken.status == .unprocessableContent && taken.pointers == ["#/email"])
        let wrong = await gateway.send(.patch, place, #"{"relation": "friend", "home_site": "XXX", "nick": "N"}"#)
        #expect(wrong.status == .unprocessableContent)
        #expect(Set(wrong.pointers) == ["#/relation", "#/home_site", "#/nick"])
        #expect(await gateway.send(.get, "/api/v1/people").status == .badRequest)
        await gateway.desk.store.database.close()
    }

    @Test(
        "Twins are told, and merged once under a key; the old identity and a mail from the old address find who stays")
    func merge() async throws {
        let gateway = try await TestGateway(scopes: Self.scopes)
        let number = try await open(from: "nils@old.example", on: gateway)
        _ = try await open(from: "nils@new.example", on: gateway)
        let (old, new) = (
            try await id(of: "nils@old.example", on: gateway), try await id(of: "nils@new.example", on: gateway)
        )
        let twins = await gateway.send(.get, "/api/v1/people/\(old)/twins")
        #expect(twins.document.array?.compactMap { $0["id"]?.string } == [new])
        let key: Fields = ["Idempotency-Key": "once"]
        for _ in 0..<2 {
            let merged = await gateway.send(
                .post, "/api/v1/people/\(old)/merge", #"{"into": "\#(new)"}"#, fields: key)
            #expect(merged.status == .created && merged.document["id"]?.string == new, "\(merged.text)")
        }
        let again = await gateway.send(.post, "/api/v1/people/\(old)/merge", #"{"into": "\#(new)"}"#)
        #expect(again.status == .created && again.document["id"]?.string == new)
        let found = await gateway.send(.get, "/api/v1/people/\(old)")
        #expect(found.document["id"]?.string == new)
        #expect(try await id(of: "nils@old.example", on: gateway) == new)
        #expect(try await gateway.ticket(number).json["requester"]?["email"]?.string == "nils@new.example")
        let events = await gateway.send(.get, "/api/v1/tickets/\(number)/events")
        let last = try #require(events.document.array?.last)
        #expect(last["kind"]?.string == "person_merged" && last["actor"]?["kind"]?.string == "token")
        let count = try await TestDatabase.current.first(
            "select count(*) from event where kind = 'person_merged'", as: Int.self)
        #expect(count == 1)
        await gateway.desk.store.database.close()
    }

    @Test("Two who look like one are told apart, once under a key, and are no twins any more")
    func apart() async throws {
        let gateway = try await TestGateway(scopes: Self.scopes)
        for address in ["nils@old.example", "nils@new.example"] { _ = try await open(from: address, on: gateway) }
        let (old, new) = (
            try await id(of: "nils@old.example", on: gateway), try await id(of: "nils@new.example", on: gateway)
        )
        let place = "/api/v1/people/\(old)/namesakes"
        for _ in 0..<2 {
            let said = await gateway.send(
                .post, place, #"{"person": "\#(new)"}"#, fields: ["Idempotency-Key": "once"])
            #expect(said.status == .created && said.document["id"]?.string == old, "\(said.text)")
        }
        for person in [old, new] {
            let twins = await gateway.send(.get, "/api/v1/people/\(person)/twins")
            #expect(twins.document.array?.isEmpty == true)
        }
        #expect(await gateway.send(.post, place, #"{"person": "\#(old)"}"#).pointers == ["#/person"])
        let kari = try await id(of: "kari.nordmann@norrsken.example", on: gateway)
        #expect(await gateway.send(.post, place, #"{"person": "\#(kari)"}"#).status == .forbidden)
        await gateway.desk.store.database.close()
    }

    @Test(
        "Without the scope nothing is told; a token of one site knows its own people; colleagues are not merged"
    )
    func rights() async throws {
        let all = try await TestGateway(scopes: Self.scopes)
        _ = try await open(from: "nils@old.example", on: all)
        let nils = try await id(of: "nils@old.example", on: all)
        let kari = try await id(of: "kari.nordmann@norrsken.example", on: all)
        let none = try await TestGateway(scopes: ["tickets:read", "tickets:write"])
        #expect(await none.send(.get, "/api/v1/people/\(nils)").status == .forbidden)
        let reader = try await TestGateway(scopes: ["people:read"])
        #expect(await reader.send(.patch, "/api/v1/people/\(nils)", #"{"class": "vip"}"#).status == .forbidden)
        let far = try await TestGateway(scopes: Self.scopes, at: "SIN")
        #expect(await far.send(.get, "/api/v1/people/\(nils)").status == .notFound)
        #expect(await far.send(.get, "/api/v1/people?email=nils@old.example").document.array?.isEmpty == true)
        let body = #"{"into": "\#(nils)"}"#
        #expect(await far.send(.post, "/api/v1/people/\(kari)/merge", body).status == .notFound)
        #expect(await all.send(.post, "/api/v1/people/\(kari)/merge", body).status == .forbidden)
        #expect(
            await all.send(.post, "/api/v1/people/\(nils)/merge", #"{"into": "\#(kari)"}"#).status == .forbidden)
        #expect(await all.send(.patch, "/api/v1/people/\(kari)", #"{"class": "vip"}"#).status == .forbidden)
        for gateway in [all, none, reader, far] { await gateway.desk.store.database.close() }
    }

    @Test("Absences and rosters are entered, told and ended; faults are told at their members")
    func absences() async throws {
        let gateway = try await TestGateway(scopes: Self.scopes)
        let kari = try await id(of: "kari.nordmann@norrsken.example", on: gateway)
        let place = "/api/v1/people/\(kari)/absences"
        let body = #"{"reason": "holiday", "until": "2026-03-09T07:00:00Z", "deputy": "ola.hansen@norrsken.example"}"#
        let entered = await gateway.send(.post, place, body)
        #expect(entered.status == .created, "\(entered.text)")
        let listed = await gateway.send(.get, place)
        #expect(listed.document.array?.count == 1 && listed.document.array?[0] == entered.document)
        let holders = await gateway.send(.get, "/api/v1/positions/osl-first-agent/holders")
        #expect(holders.document.array?.isEmpty == true, "\(holders.text)")
        let wrong = await gateway.send(.post, place, #"{"reason": "fun", "until": "soon", "deputy": "x"}"#)
        #expect(Set(wrong.pointers) == ["#/reason", "#/until", "#/deputy"])
        let over = await gateway.send(.post, place, #"{"reason": "other", "until": "2026-03-01T07:00:00Z"}"#)
        #expect(over.status == .unprocessableContent && over.pointers == ["#/until"])
        let absence = try #require(entered.document["id"]?.string)
        gateway.desk.time.advance(by: .seconds(60))
        #expect(await gateway.send(.delete, "/api/v1/absences/\(absence)").status == .noContent)
        #expect(await gateway.send(.delete, "/api/v1/absences/\(absence)").status == .notFound)

        let roster = "/api/v1/positions/osl-first-agent/roster"
        let swap = #"""
            {"person": "daan.bakker@norrsken.example", "instead_of": "kari.nordmann@norrsken.example",
             "until": "2026-03-02T12:00:00Z"}
            """#
        let made = await gateway.send(.post, roster, swap)
        #expect(made.status == .created, "\(made.text)")
        let present = await gateway.send(.get, "/api/v1/positions/osl-first-agent/holders")
        #expect(present.document.array?.compactMap { $0["email"]?.string } == ["daan.bakker@norrsken.example"])
        let later = await gateway.send(
            .get, "/api/v1/positions/osl-first-agent/holders?at=2026-03-02T12:00:00Z")
        #expect(later.document.array?.compactMap { $0["email"]?.string } == ["kari.nordmann@norrsken.example"])
        let entry = try #require(made.document["id"]?.string)
        #expect(await gateway.send(.get, roster).document.array?.count == 1)
        gateway.desk.time.advance(by: .seconds(60))
        #expect(await gateway.send(.delete, "/api/v1/roster-entries/\(entry)").status == .noContent)
        let stranger = await gateway.send(
            .post, roster, #"{"person": "nobody@x.example", "until": "2026-03-02T12:00:00Z"}"#)
        #expect(stranger.pointers == ["#/person"])
        let secret = try #require(
            await gateway.desk.store.directory().organisation.teams.first { $0.isConfidential })
        let post = try #require(
            await gateway.desk.store.directory().organisation.positions.first { $0.team == secret.code })
        let spy = await gateway.send(.post, "/api/v1/positions/\(post.code)/roster", swap)
        #expect(spy.status == .unprocessableContent && spy.pointers == ["#/person"])
        await gateway.desk.store.database.close()
    }
}
