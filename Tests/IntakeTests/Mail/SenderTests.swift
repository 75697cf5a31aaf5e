import Desk
import DeskStore
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Testing

@Suite("Who writes a mail", .database(template: TestDesk.template))
struct SenderTests {
    private static let colleague = "kari.nordmann@norrsken.example"

    private func requester(of answer: String) async throws -> PersonRecord {
        let number = String(try #require(answer.split(separator: " ").last))
        let id = try #require(
            try await TestDatabase.current.first(
                "select requester from ticket where number = \(number)", as: PersonID.self))
        return try #require(try await TestDesk().store.person(id))
    }

    private func people() async throws -> Int? {
        try await TestDatabase.current.first("select count(*) from person", as: Int.self)
    }

    @Test("Whichever of his addresses a colleague writes from, and to whichever site, he stays who he is")
    func colleague() async throws {
        let mail = try TestMailDoor()
        let database = try TestDatabase.current
        let kari = try #require(try await TestDesk().store.person(at: Self.colleague))
        try await database.run("insert into person_address (address, person) values ('kari@home.example', \(kari.id))")
        try await database.run("update person set class = 'vip' where id = \(kari.id)")
        let before = try await people()
        for (number, address) in [Self.colleague, "KARI@Home.example"].enumerated() {
            let text = TestMailDoor.mail(
                "m\(number)", from: "K. N. <\(address)>", "Content-Language: pl\n", text: "Words \(number).")
            let answer = try await mail.deliver(text, from: address, to: "hulp@amsterdam.norrsken.example")
            #expect(answer.contains(" AMS-"), "\(answer)")
            let found = try await requester(of: answer)
            #expect((found.id, found.name, found.language) == (kari.id, kari.name, kari.language))
            #expect(found.personClass == "vip" && found.homeSite == kari.homeSite)
        }
        #expect(try await people() == before)
        let languages = try await database.all("select distinct language from ticket", as: String.self)
        #expect(languages == [kari.language])
    }

    @Test(
        "Somebody unknown is a new person by his name, in the language that his program states, else the site's",
        arguments: [
            ("", "nb"), ("Content-Language: pl\n", "pl"), ("Accept-Language: de, sv-FI;q=0.8, en;q=0.2\n", "sv"),
            ("X-Accept-Language: nl-be, en-us\n", "nl"), ("Content-Language: de-DE\n", "nb"),
            ("Accept-Language: ;;q=,,\nContent-Language: en-GB\n", "en"),
        ])
    func stranger(fields: String, language: String) async throws {
        let mail = try TestMailDoor()
        let before = try #require(try await people())
        let found = try await requester(of: mail.deliver(TestMailDoor.mail("m1", fields)))
        #expect((found.name, found.address, found.language) == ("Kari Nordmann", "kari@customer.example", language))
        #expect(found.personClass == "standard")
        #expect(try await people() == before + 1)
        // What he is known by does not change with the next program that he writes with.
        let again = TestMailDoor.mail(
            "m2", "Accept-Language: \(language == "pl" ? "sv" : "pl")\n", text: "Other words.")
        #expect(try await requester(of: mail.deliver(again)).language == language)
        #expect(try await people() == before + 1)
    }
}
