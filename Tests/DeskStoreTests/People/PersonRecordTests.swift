import Desk
import DeskStore
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Testing

@Suite("People", .database(template: TestDesk.template))
struct PersonRecordTests {
    @Test("Somebody new whose requests come in all at once becomes one person, under the gateway's role too")
    func newSender() async throws {
        try await TestDesk.playing("meridian_intake") { desk in
            let before = try await TestDatabase.current.first("select count(*) from person", as: Int.self) ?? 0
            let requesters = try await withThrowingTaskGroup(of: PersonID.self) { group in
                for number in 0..<12 {
                    let address =
                        number.isMultiple(of: 3) ? "New.Sender@Customer.Example" : "new.sender@customer.example"
                    group.addTask { try await desk.accept(from: address).requester }
                }
                return try await group.reduce(into: Set<PersonID>()) { $0.insert($1) }
            }
            #expect(requesters.count == 1)
            #expect(try await TestDatabase.current.first("select count(*) from person", as: Int.self) == before + 1)
        }
    }

    @Test("A person is found by each of his addresses, however they are written")
    func addresses() async throws {
        let desk = try TestDesk()
        let kari = try await desk.person("kari.nordmann")
        try await TestDatabase.current.run(
            "insert into person_address (address, person) values ('kari@home.example', \(kari))")
        #expect(try await desk.store.person(at: "Kari@HOME.example")?.id == kari)
        #expect(try await desk.accept(from: "KARI@home.example").requester == kari)
        #expect(try await desk.store.person(at: "nobody@home.example") == nil)
    }

    @Test("Who gives no name goes by his address, in the language of the site")
    func nameless() async throws {
        let desk = try TestDesk()
        let site = try #require(await desk.store.directory().sites["WAW"])
        var submission = TestDesk.submission(from: "ktos@klient.example", at: site)
        submission.requester = Contact(address: "ktos@klient.example")
        let ticket = try await desk.store.accept(submission).ticket
        let person = try #require(await desk.store.person(ticket.requester))
        #expect((person.name, person.language, person.homeSite) == ("ktos@klient.example", "pl", site))
        #expect(ticket.language == "pl")
    }
}
