import DeskTestSupport
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Testing

@Suite("Announcements over the API", .database(template: TestDesk.template))
struct AnnouncementsOverAPITests {
    private static let words = """
        {"words": {"en": {"title": "E-mail is slow", "text": "We look into it."},
                   "nb": {"title": "E-posten er treg", "text": "Vi undersøker."}}}
        """

    @Test("A program announces once under its key, reads, changes by the version that it has read, and ends")
    func life() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let own = "/api/v1/tickets/\(number)/announcements"
        let key: Fields = ["Idempotency-Key": "outage-1"]
        let made = await gateway.send(.post, own, Self.words, fields: key)
        #expect(made.status == .created && made.document["ticket"]?.string == number, "\(made.text)")
        #expect(await gateway.send(.post, own, Self.words, fields: key).document == made.document)
        #expect(await gateway.send(.post, own, Self.words).status == .conflict, "it is announced there")
        #expect(try await gateway.ticket(number).json["major"] == true)
        let place = try #require(made.fields[.location])
        let read = await gateway.send(.get, place)
        #expect(read.document == made.document)
        let tag = try #require(read.fields[.entityTag])
        #expect(await gateway.send(.get, place, fields: ["If-None-Match": tag]).status == .notModified)
        let other = Self.words.replacing("We look into it.", with: "Back at noon.")
        #expect(await gateway.send(.put, place, other).status == .preconditionRequired)
        let changed = await gateway.send(.put, place, other, fields: [.ifMatch: tag])
        #expect(changed.status == .ok, "\(changed.text)")
        #expect(changed.document["words"]?["en"]?["text"] == "Back at noon.")
        #expect(await gateway.send(.put, place, other, fields: [.ifMatch: tag]).status == .preconditionFailed)
        let listed = await gateway.send(.get, "/api/v1/announcements")
        #expect(listed.document.array == [changed.document])
        #expect(await gateway.send(.get, "/api/v1/announcements?site=OSL").document.array?.count == 1)
        let current = try #require(changed.fields[.entityTag])
        let ended = await gateway.send(.delete, place, fields: [.ifMatch: current])
        #expect(ended.status == .ok && ended.document["until"] != .null, "\(ended.text)")
        let over = await gateway.send(.delete, place, fields: [.ifMatch: ended.fields[.entityTag] ?? ""])
        #expect(over.status == .conflict, "\(over.text)")
        #expect(await gateway.send(.get, "/api/v1/announcements").document.array == [])
        #expect(await gateway.send(.get, own).document.array == [ended.document])
        let kinds = await gateway.send(.get, "/api/v1/tickets/\(number)/events").document.array?.compactMap {
            $0["kind"]?.string
        }
        #expect(
            kinds?.suffix(4) == ["declared_major", "announced", "announcement_changed", "announcement_ended"])
    }

    @Test("What is wrong with the words is told at once, each fault at its place; a language must not be left behind")
    func faults() async throws {
        let gateway = try await TestGateway()
        let own = "/api/v1/tickets/\(try await gateway.open())/announcements"
        let wrong = await gateway.send(
            .post, own, #"{"site": "XXX", "words": {"xx": {"title": "", "text": 7}}, "loud": true}"#)
        #expect(wrong.status == .unprocessableContent)
        let places = ["#/site", "#/words/xx", "#/words/xx/title", "#/words/xx/text", "#/loud"]
        #expect(Set(wrong.pointers) == Set(places), "\(wrong.text)")
        #expect(await gateway.send(.post, own, #"{"words": {}}"#).pointers == ["#/words"])
        let made = await gateway.send(.post, own, Self.words)
        let left = await gateway.send(
            .put, try #require(made.fields[.location]), #"{"words": {"en": {"title": "E-mail", "text": "Slow"}}}"#,
            fields: [.ifMatch: try #require(made.fields[.entityTag])])
        #expect(left.status == .unprocessableContent && left.pointers == ["#/words/nb"], "\(left.text)")
        #expect(await gateway.send(.get, "/api/v1/announcements/nonsense").status == .notFound)
    }

    @Test("Whoever does not see the ticket reads the words alone, and changes nothing")
    func elsewhere() async throws {
        let gateway = try await TestGateway()
        let made = await gateway.send(.post, "/api/v1/tickets/\(try await gateway.open())/announcements", Self.words)
        let place = try #require(made.fields[.location])
        let token = try await TestGateway.makeToken(scopes: ["tickets:read", "tickets:write"], at: "SIN")
        let other: Fields = [.authorization: "Bearer \(token)"]
        let told = await gateway.send(.get, "/api/v1/announcements", fields: other)
        #expect(told.document[0]?["ticket"] == .null && told.document[0]?["words"] == made.document["words"])
        #expect(await gateway.send(.get, place, fields: other).status == .notFound)
        var change = other
        change[.ifMatch] = made.fields[.entityTag]
        #expect(await gateway.send(.put, place, Self.words, fields: change).status == .notFound)
        #expect(await gateway.send(.delete, place, fields: change).status == .notFound)
    }
}
