import Desk
import DeskStore
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Testing

@Suite("Opening a ticket", .database(template: TestDesk.template))
struct OpeningTests {
    @Test("What a door tells of the ticket that it has opened is what can be read of it")
    func card() async throws {
        try await TestDesk.playing("meridian_intake") { desk in
            for (number, site) in [nil, "AMS", "SIN"].enumerated() {
                let directory = try await desk.store.directory()
                let submission = TestDesk.submission(
                    from: "P\(number / 2)@customer.example", at: site.flatMap { directory.sites[$0] })
                try await desk.store.transaction { (transaction: borrowing Transaction) in
                    let opened = try await desk.store.open(
                        submission, tellsTrouble: true, using: transaction)
                    #expect(try await transaction.card(of: opened.record.ticket.number) == opened.card)
                    #expect(try await transaction.lastEntry(of: opened.record.ticket.id) == opened.entry)
                    #expect(opened.trouble.mentioned.isEmpty)
                    #expect(!opened.card.due.isEmpty)
                }
            }
        }
    }

    @Test("Once it is known who asks, all of a ticket travels with the commit")
    func roundTrips() async throws {
        try await TestDesk.playing("meridian_intake") { desk in
            // The first one has keys of rows fetched.
            _ = try await desk.store.accept(TestDesk.submission())
            let database = desk.store.database
            for address in ["kari@customer.example", "new@customer.example"] {
                await database.untilTold()
                let before = database.roundTrips
                try await desk.store.transaction { (transaction: borrowing Transaction) in
                    _ = try await desk.store.open(
                        TestDesk.submission(from: address), tellsTrouble: true, using: transaction)
                    #expect(database.roundTrips - before == 1)
                }
                await database.untilTold()
                #expect(database.roundTrips - before <= 4)
            }
        }
    }

    @Test("A door that knows the organisation before the one in force opens by that in force, and gives one number")
    func outdated() async throws {
        try await TestDesk.playing("meridian_intake") { desk in
            let oslo = try #require(try await desk.store.directory().sites["OSL"])
            // The cache of the door stays what it is when others put another organisation in force.
            let edited = try TestDesk.organisation { document in
                var sites = document["sites"] as? [[String: Any]] ?? []
                for place in sites.indices where sites[place]["code"] as? String == "OSL" {
                    sites[place]["languages"] = ["sv", "en"]
                }
                document["sites"] = sites
            }
            _ = try await TestDesk().store.apply(edited, by: "the tests")
            let contact = Contact(address: "new@customer.example", name: "", language: nil)
            let submission = Submission(
                from: contact, subject: "Smoke", text: "Help.", channel: .web, site: oslo)
            let opened = try await desk.store.transaction { (transaction: borrowing Transaction) in
                try await desk.store.open(submission, using: transaction)
            }
            #expect(opened.record.ticket.number.description == "OSL-1")
            #expect(opened.record.ticket.language == "sv")
        }
    }
}
