import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import RoutingTestSupport
import Runtime
import Testing

@Suite("Sharing out a team's tickets", .database(template: TestDesk.template))
struct SharingOutTests {
    private static let colleagues = ["ane", "bo", "cato"].map { "\($0)@norrsken.example" }

    /// The desk with the first line of Oslo sharing out its tickets among Kari and three colleagues.
    private func desk(_ members: [String: Any]) async throws -> TestDesk {
        let people: [[String: Any]] = Self.colleagues.map {
            ["email": $0, "name": $0, "language": "nb", "site": "OSL", "positions": ["osl-first-agent"]]
        }
        let desk = try TestDesk()
        let organisation = try TestDesk.organisation(team: "osl-first", with: members, people: people)
        _ = try await desk.store.apply(organisation, by: "the test")
        return desk
    }

    private func accept(_ count: Int, on desk: TestDesk) async throws {
        let oslo = try await desk.store.directory().sites["OSL"]
        for _ in 0..<count { _ = try await desk.store.accept(TestDesk.submission(at: oslo, subject: "Hei")) }
    }

    /// Routes what waits, with as many workers at once.
    private func route(workers: Int = 1) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<workers {
                group.addTask {
                    let desk = try TestDesk(as: "meridian_routing")
                    try await RoutingRun(desk).drain("routing")
                    await desk.store.database.close()
                }
            }
            try await group.waitForAll()
        }
    }

    /// How many tickets each person has, by the first part of his address; `queue` for nobody.
    private func shares() async throws -> [String: Int] {
        let rows = try await TestDatabase.current.all(
            """
            select coalesce((select split_part(min(a.address), '@', 1) from person_address a where a.person = t.person),
                'queue'), count(*) from ticket t where t.state <> 'resolved' group by t.person
            """, as: (String, Int).self)
        return Dictionary(rows) { $0 + $1 }
    }

    @Test("Round robin is even to one ticket, though four workers route at the same time")
    func roundRobin() async throws {
        let desk = try await desk(["assignment": "round_robin"])
        try await accept(42, on: desk)
        try await route(workers: 4)
        let shares = try await shares()
        #expect(shares.values.reduce(0, +) == 42 && shares.count == 4, "\(shares)")
        #expect((shares.values.max() ?? 0) - (shares.values.min() ?? 0) <= 1, "\(shares)")
        let reasons = try await TestDatabase.current.first(
            "select count(*) from event where kind = 'routed' and data like '%\"assignment\":\"round_robin\"%'",
            as: Int.self)
        #expect(reasons == 42)
    }

    @Test("Who is busy or away is passed over until the hour he gave, and whoever left gets nothing")
    func availability() async throws {
        let desk = try await desk(["assignment": "round_robin"])
        let people = try await Self.people(on: desk)
        try await desk.store.setAvailability(.busy, of: people[0])
        try await desk.store.setAvailability(.away, of: people[1], until: desk.time.now + .seconds(3600))
        try await accept(4, on: desk)
        try await route()
        #expect(try await shares() == ["cato": 2, "kari.nordmann": 2])
        let later = try TestDesk(as: "meridian_routing", at: desk.time.now + .seconds(3600))
        try await accept(1, on: desk)
        try await RoutingRun(later).drain("routing")
        #expect(try await shares()["bo"] == 1, "the hour is over, and it is his turn")
        await later.store.database.close()
    }

    @Test(
        "The least loaded person is given the next ticket, nobody more than he takes, and the rest waits in the queue")
    func leastLoaded() async throws {
        let desk = try await desk(["assignment": "least_loaded", "person_capacity": 2])
        let people = try await Self.people(on: desk)
        try await desk.store.setAvailability(.away, of: people[2])
        try await accept(1, on: desk)
        try await route()
        let first = try #require(await TestDatabase.current.first("select person from ticket", as: PersonID.self))
        try await accept(2, on: desk)
        try await route()
        let others = try await TestDatabase.current.first(
            "select count(distinct person) from ticket where person <> \(first)", as: Int.self)
        #expect(others == 2, "each of the others had fewer")
        try await accept(5, on: desk)
        try await route(workers: 2)
        let shares = try await shares()
        #expect(shares.filter { $0.key != "queue" }.values.sorted() == [2, 2, 2], "\(shares)")
        #expect(shares["queue"] == 2)
    }

    @Test("A team that has as many tickets as it takes is passed over while another is open")
    func capacity() async throws {
        let desk = try await desk(["capacity": 3])
        try await accept(5, on: desk)
        let waiting = try await TestDatabase.current.all("select id from ticket order by id", as: TicketID.self)
        for ticket in waiting {
            _ = try await desk.store.transaction { (transaction: borrowing Transaction) in
                try await desk.store.route(ticket, cause: "test", using: transaction)
            }
        }
        let teams = try await TestDatabase.current.all(
            "select m.code || ' ' || count(*) from ticket t join team m on m.id = t.team group by m.code order by 1",
            as: String.self)
        #expect(teams == ["ams-first 2", "osl-first 3"])
    }

    @Test(
        "Of two open teams, the one of which somebody is there gets the ticket, then the one with the least of its load"
    )
    func presence() async throws {
        let desk = try TestDesk()
        let organisation = try TestDesk.organisation { document in
            var teams = document["teams"] as? [[String: Any]] ?? []
            let first = try #require(teams.first { $0["code"] as? String == "osl-first" })
            teams = teams.map { $0["code"] as? String == "osl-first" ? $0.merging(["capacity": 10]) { $1 } : $0 }
            teams.append(first.merging(["code": "osl-more", "name": "More", "capacity": 40]) { $1 })
            document["teams"] = teams
            let post = ["code": "osl-more-agent", "name": "More: agent", "team": "osl-more"]
            document["positions"] = (document["positions"] as? [[String: Any]] ?? []) + [post]
            let ane: [String: Any] = [
                "email": Self.colleagues[0], "name": "Ane", "language": "nb", "site": "OSL",
                "positions": ["osl-more-agent"],
            ]
            document["people"] = (document["people"] as? [[String: Any]] ?? []) + [ane]
        }
        _ = try await desk.store.apply(organisation, by: "the test")
        let kari = try #require(await desk.store.person(at: "kari.nordmann@norrsken.example"))
        let ane = try #require(await desk.store.person(at: Self.colleagues[0]))
        func team() async throws -> String? {
            try await accept(1, on: desk)
            try await route()
            return try await TestDatabase.current.first(
                "select m.code from ticket t join team m on m.id = t.team order by t.id desc limit 1", as: String.self)
        }
        #expect(try await team() == "osl-first", "both are there and have nothing: the first in the document")
        try await desk.store.setAvailability(.away, of: kari.id)
        #expect(try await team() == "osl-more", "nobody of the first is there")
        try await desk.store.setAvailability(.away, of: ane.id)
        #expect(try await team() == "osl-more", "nobody is there: 1 of 10 is more than 1 of 40")
        let why = try await TestDatabase.current.first(
            "select data from event where kind = 'routed' order by id desc limit 1", as: String.self)
        #expect(why?.contains("\"staffed\":false") == true && why?.contains("\"load\":2") == true, "\(why ?? "")")
    }

    private static func people(on desk: TestDesk) async throws -> [PersonID] {
        var people: [PersonID] = []
        for address in colleagues { people.append(try #require(await desk.store.person(at: address)).id) }
        return people
    }
}
