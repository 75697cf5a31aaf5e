import Desk
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@testable import DeskStore

@Suite("What the desk knows of a person", .database(template: TestDesk.template))
struct PersonCardTests {
    private static let marks = ["marit@firma.example", "marit@home.example"]

    @Test("Addresses are added, chosen and taken away, by the gateway's role; letters go to the primary one")
    func addresses() async throws {
        let marit = try await TestDesk().accept(from: Self.marks[0]).requester
        try await TestDesk.playing("meridian_intake") { desk in
            let store = desk.store
            try await store.add(address: "Marit@HOME.example", to: marit, by: .program)
            try await store.add(address: Self.marks[1], to: marit, by: .program)
            #expect(try await store.card(of: marit)?.addresses == Self.marks)
            try await store.choose(primary: Self.marks[1], of: marit, by: .program)
            #expect(try await store.person(marit)?.address == Self.marks[1])
            let other = try await desk.accept(from: "else@firma.example").requester
            await #expect(throws: UnfitAddress.taken(Self.marks[1])) {
                try await store.add(address: Self.marks[1], to: other, by: .program)
            }
            await #expect(throws: UnfitAddress.notHis("else@firma.example")) {
                try await store.choose(primary: "else@firma.example", of: marit, by: .program)
            }
            try await store.remove(address: Self.marks[1], of: marit, by: .program)
            #expect(try await store.person(marit)?.address == Self.marks[0], "the other one is primary then")
            await #expect(throws: UnfitAddress.last(Self.marks[0])) {
                try await store.remove(address: Self.marks[0], of: marit, by: .program)
            }
            #expect(try await desk.accept(from: Self.marks[1]).requester != marit)
        }
        let kinds = try await TestDatabase.current.all(
            "select kind from person_event where person = \(marit) order by id", as: String.self)
        #expect(kinds == ["address_added", "primary_address_chosen", "address_removed"])
    }

    @Test("Class, home, language, organisation and whether he belongs to it are changed, and the change is kept")
    func changes() async throws {
        let marit = try await TestDesk().accept(from: Self.marks[0]).requester
        try await TestDesk.playing("meridian_intake") { desk in
            var changes = PersonChanges()
            (changes.personClass, changes.language, changes.relation) = ("vip", "pl", .some(.external))
            (changes.organisation, changes.homeSite) = (.some("Finance"), .some(nil))
            try await desk.store.change(marit, changes, by: .person(marit))
            try await desk.store.change(marit, changes, by: .person(marit))
            let card = try #require(await desk.store.card(of: marit))
            #expect((card.personClass, card.language, card.relation) == ("vip", "pl", .external))
            #expect(card.organisation == "Finance" && card.homeSite == nil)
        }
        let data = try await TestDatabase.current.all(
            "select data from person_event where kind = 'changed'", as: String.self)
        #expect(data.count == 1 && data[0].contains("\"class\":\"vip\""))
    }

    @Test("Likely twins have the same name and are not of different organisations; who was merged is none any more")
    func twins() async throws {
        let desk = try TestDesk()
        var people: [PersonID] = []
        for index in 0..<4 {
            var submission = TestDesk.submission(from: "nils\(index)@customer.example")
            submission.requester = Contact(
                address: "nils\(index)@customer.example",
                name: index == 3 ? "Nils Holm" : "Nils \(index == 1 ? "DAHL" : "Dahl")")
            people.append(try await desk.store.accept(submission).ticket.requester)
        }
        var changes = PersonChanges()
        changes.organisation = .some("Finance")
        try await desk.store.change(people[0], changes, by: .program)
        #expect(try await desk.store.twins(of: people[0]).map(\.id) == [people[1], people[2]])
        changes.organisation = .some("Sales")
        try await desk.store.change(people[2], changes, by: .program)
        #expect(try await desk.store.twins(of: people[0]).map(\.id) == [people[1]])
        try await desk.store.merge(people[1], into: people[0], by: .program)
        #expect(try await desk.store.twins(of: people[0]).isEmpty)
        #expect(try await desk.store.twins(of: people[1]).isEmpty)
    }

    @Test("People are found by the beginning of a name or of an address; what looks like a pattern is none")
    func search() async throws {
        let desk = try TestDesk()
        let marit = try await desk.accept(from: Self.marks[0]).requester
        #expect(try await desk.store.cards(beginning: "MARIT@f", limit: 10).map(\.id) == [marit])
        #expect(try await desk.store.cards(beginning: "ingrid s", limit: 10).map(\.name) == ["Ingrid Solberg"])
        #expect(try await desk.store.cards(beginning: "%", limit: 10).isEmpty)
        #expect(try await desk.store.cards(beginning: "_arit", limit: 10).isEmpty)
    }

    @Test("Looking for twins and by name reads an index, not the table")
    func plans() async throws {
        try await TestDatabase.current.run(
            """
            insert into person (name, language, created_at)
            select 'Somebody ' || n, 'en', now() from generate_series(1, 20000) n
            """)
        try await TestDatabase.current.run("analyze person")
        let asks: [SQL] = [
            "select id from person p where p.merged_into is null and lower(p.name) = 'somebody 77'",
            "select id from person p where p.merged_into is null and lower(p.name) like 'somebody 77%' limit 20",
        ]
        for ask in asks {
            let plan = try await TestDatabase.current.all("explain \(ask)", as: String.self).joined(separator: "\n")
            #expect(plan.contains("person_name"), "\(plan)")
        }
    }
}
