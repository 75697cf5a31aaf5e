import Desk
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@testable import DeskStore

@Suite("Whoever answers for a ticket sees it", .database(template: TestDesk.template))
struct TicketAccessTests {
    /// Bergen has no team: Oslo's answers for what comes in there. Oslo's also works for Stockholm.
    private func withoutTeam(_ desk: TestDesk) async throws {
        let organisation = try TestDesk.organisation { document in
            var sites = try #require(document["sites"] as? [[String: Any]])
            var bergen = try #require(sites.first { $0["code"] as? String == "OSL" })
            (bergen["code"], bergen["name"], bergen["addresses"]) = ("BGO", "Bergen", [String]())
            bergen["served_by"] = ["OSL", "AMS"]
            sites.append(bergen)
            document["sites"] = sites
            var teams = try #require(document["teams"] as? [[String: Any]])
            for index in teams.indices where teams[index]["code"] as? String == "osl-first" {
                teams[index]["sites"] = ["OSL", "STO"]
            }
            document["teams"] = teams
        }
        _ = try await desk.store.apply(organisation, by: "the tests")
    }

    private func sees(_ name: String, _ ticket: Ticket) async throws -> Bool {
        let sight = try await TestDesk().sight(of: name)
        var isSeen = false
        try await TestDesk.playing("meridian_intake") { gateway in
            isSeen = try await gateway.store.card(of: ticket.number, seeing: sight) != nil
        }
        return isSeen
    }

    @Test(
        "A ticket at a site without a team is seen and worked on by those at whose intake it is, later by its owners"
    )
    func withoutTeam() async throws {
        let desk = try TestDesk()
        try await withoutTeam(desk)
        let ticket = try await desk.accept(at: "BGO")
        #expect(ticket.responsibility.place.site == (try await desk.store.directory().sites["BGO"]))
        #expect(try await sees("kari.nordmann", ticket))
        #expect(try await !sees("anouk.devries", ticket))
        let (kari, sight) = (try await desk.person("kari.nordmann"), try await desk.sight(of: "kari.nordmann"))
        try await TestDesk.playing("meridian_intake") { gateway in
            try await gateway.record(on: ticket, by: .person(kari), seeing: sight) { _ in .taken(kari) }
        }
        let away = try await desk.handOver(ticket, to: "ams-network")
        #expect(try await sees("anouk.devries", away))
        #expect(try await sees("kari.nordmann", away), "Oslo's dispatch owns it from its report to its end")
    }

    @Test("Between two teams that are at home elsewhere, sight goes with the ticket though its site stays the same")
    func betweenTeams() async throws {
        let desk = try TestDesk()
        try await withoutTeam(desk)
        let ticket = try await desk.accept(at: "BGO")
        func give(_ code: String) async throws {
            try await desk.record(on: ticket, note: "Yours") { occasion in
                let directory = occasion.directory
                let (team, site) = try (#require(directory.teams[code]), #require(directory.sites["BGO"]))
                return .handedOver(
                    try #require(directory.responsibility(of: team, at: site)), reason: "skill",
                    note: try #require(occasion.entry))
            }
        }
        try await give("waw-first")
        #expect(try await sees("anouk.devries", ticket) == false)
        let warsaw = try #require(await desk.store.directory().sites["WAW"])
        let amsterdam = try #require(await desk.store.directory().sites["AMS"])
        #expect(try await scopes(of: ticket).contains(warsaw))
        try await give("ams-first")
        #expect(try await sees("anouk.devries", ticket))
        let scopes = try await scopes(of: ticket)
        #expect(!scopes.contains(warsaw) && scopes.contains(amsterdam))
    }

    private func scopes(of ticket: Ticket) async throws -> [SiteID] {
        try await TestDatabase.current.all(
            """
            select c.subject from ticket_access a join scope c on c.id = a.scope
            where a.ticket = \(ticket.id) and c.kind = 'site'
            """, as: SiteID.self)
    }

    @Test("A team that works for two sites sees and works on its tickets at the second as well")
    func secondSite() async throws {
        let desk = try TestDesk()
        try await withoutTeam(desk)
        let ticket = try await desk.accept(at: "STO")
        let (kari, sight) = (try await desk.person("kari.nordmann"), try await desk.sight(of: "kari.nordmann"))
        #expect(try await sees("kari.nordmann", ticket))
        #expect(try await !sees("anouk.devries", ticket))
        try await TestDesk.playing("meridian_intake") { gateway in
            try await gateway.record(on: ticket, by: .person(kari), seeing: sight) { _ in .taken(kari) }
        }
    }

    @Test("Access that was decided while the team became confidential is not written, but decided again")
    func race() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.handOver(desk.accept(at: "OSL"), to: "osl-staff")
        let fault = await #expect(throws: DatabaseError.self) {
            try await TestDatabase.current.run("select set_ticket_access(\(ticket.id), '{}', false)")
        }
        #expect(fault?.isTransient == true, "\(String(describing: fault))")
        #expect(try await sees("marit.dahl", ticket))
    }

    @Test("Of people, those see a ticket who have its scopes, asked for all of them at once or one by one")
    func onlookers() async throws {
        let desk = try TestDesk()
        let people = try await TestDatabase.current.all("select id from person order by id", as: PersonID.self)
        for team in ["osl-first", "ams-network", "osl-staff", "waw-applications"] {
            let ticket = try await desk.handOver(desk.accept(at: team == "osl-first" ? "SIN" : "OSL"), to: team)
            let directory = try await desk.store.directory()
            let keys = Set(directory.scopes(of: ticket).compactMap { directory.key(of: $0) })
            var one: Set<PersonID> = []
            for person in people
            where try await !keys.isDisjoint(with: desk.store.rights(of: person).scopes) { one.insert(person) }
            let all = try await desk.store.transaction { (transaction: borrowing Transaction) in
                try await desk.store.onlookers(of: ticket, among: people, in: directory, using: transaction)
            }
            #expect(all == one && !all.isEmpty, "\(team)")
        }
    }
}
