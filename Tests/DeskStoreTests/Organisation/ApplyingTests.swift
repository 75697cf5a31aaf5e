import Desk
import DeskStore
import DeskTestSupport
import JSON
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("Applying the organisation", .database(template: TestDesk.template))
struct ApplyingTests {
    private func count(_ sql: SQL) async throws -> Int {
        try await TestDatabase.current.first(sql, as: Int.self) ?? -1
    }

    @Test("What is in force already changes nothing, at any time")
    func idempotent() async throws {
        let desk = try TestDesk()
        let rows: SQL = """
            select (select sum(n_live) from (select count(*) as n_live from organisation union all
                select count(*) from site union all select count(*) from calendar_version union all
                select count(*) from position_holder union all select count(*) from role_grant union all
                select count(*) from scope) x)::bigint
            """
        let before = try await count(rows)
        desk.time.advance(by: .seconds(86_400))
        let applied = try await desk.store.apply(TestDesk.exampleOrganisation(), by: "again")
        #expect(applied.changes.isEmpty && applied.version == 1)
        #expect(try await count(rows) == before)
        #expect(try await desk.store.organisation() == TestDesk.exampleOrganisation())
    }

    @Test("A change is told with its place, becomes the next version, and is in force at once")
    func change() async throws {
        let desk = try TestDesk()
        let edited = try TestDesk.organisation { document in
            var sites = try #require(document["sites"] as? [[String: Any]])
            sites[0]["name"] = "Christiania"
            document["sites"] = sites
        }
        _ = try await desk.store.directory()
        let applied = try await desk.store.apply(edited, by: "Ingrid")
        #expect(applied.version == 2)
        #expect(applied.changes.map(\.place) == ["/sites[OSL]/name"])
        #expect(try await desk.store.directory().organisation.site("OSL")?.name == "Christiania")
        let (author, name) = try #require(
            await TestDatabase.current.first(
                "select o.applied_by, s.name from organisation o, site s where o.version = 2 and s.code = 'OSL'",
                as: (String, String).self))
        #expect((author, name) == ("Ingrid", "Christiania"))
    }

    @Test("A calendar gets a version only when it is different, and a moment keeps the version that was in force")
    func calendars() async throws {
        let desk = try TestDesk()
        let before = try await count("select count(*) from calendar_version")
        let ticket = try await desk.accept(at: "OSL")
        desk.time.advance(by: .seconds(7 * 86_400))
        _ = try await desk.store.apply(
            TestDesk.organisation { document in
                var calendars = try #require(document["calendars"] as? [String: [String: Any]])
                calendars["oslo-office"]?["holidays"] = ["2026-03-10"]
                document["calendars"] = calendars
            }, by: "the tests")
        #expect(try await count("select count(*) from calendar_version") == before + 1)
        let directory = try await desk.store.directory()
        let holiday = try #require(Moment(rfc3339: "2026-03-10T10:00:00Z"))
        #expect(!directory.isOpen("oslo-office", at: holiday))
        #expect(directory.isOpen("amsterdam-office", at: holiday))
        #expect(directory.isOpen("oslo-office", at: TestDesk.monday))
        let view = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
        #expect(view.clocks.allSatisfy { $0.clock.segments.count == 1 })
    }

    @Test("What the document no longer names is retired, keeps its key, and comes back with it")
    func retired() async throws {
        let desk = try TestDesk()
        let key = try #require(await desk.store.directory().suppliers["printwerk"])
        let retired: SQL = "select count(*) from supplier where code = 'printwerk' and retired_at is not null"
        let without = try TestDesk.organisation { document in
            let suppliers = try #require(document["suppliers"] as? [[String: Any]])
            document["suppliers"] = suppliers.filter { $0["code"] as? String != "printwerk" }
            // What it costs is named with it.
            var rates = try #require(document["rates"] as? [String: Any])
            let ofSuppliers = try #require(rates["suppliers"] as? [[String: Any]])
            rates["suppliers"] = ofSuppliers.filter { $0["supplier"] as? String != "printwerk" }
            document["rates"] = rates
        }
        _ = try await desk.store.apply(without, by: "the tests")
        #expect(try await count(retired) == 1)
        #expect(try await count("select count(*) from supplier where retired_at is not null") == 1)
        #expect(try await desk.store.directory().suppliers.code(of: key) == "printwerk")
        _ = try await desk.store.apply(TestDesk.exampleOrganisation(), by: "the tests")
        #expect(try await count(retired) == 0)
        #expect(try await desk.store.directory().suppliers["printwerk"] == key)
    }

    @Test("Who is no longer named loses posts, roles, sessions and the way in; who comes back is the same person")
    func leaving() async throws {
        let desk = try TestDesk()
        let customer = try await desk.accept().requester
        let (femke, henrik) = (try await desk.person("femke.smit"), try await desk.person("henrik.lund"))
        for person in [femke, henrik, customer] {
            try await desk.store.setPassword("hash", of: person)
            try await desk.store.startSession(digest: [UInt8(truncatingIfNeeded: person.rawValue)], person: person)
        }
        desk.time.advance(by: .seconds(60))
        let without = try TestDesk.organisation { document in
            let people = try #require(document["people"] as? [[String: Any]])
            document["people"] = people.filter { !["Femke Smit", "Henrik Lund"].contains($0["name"] as? String) }
        }
        _ = try await desk.store.apply(without, by: "the tests")
        for name in ["femke.smit", "henrik.lund"] {
            let rights = try await desk.store.rights(of: desk.person(name))
            #expect(rights.grants.isEmpty && rights.positions.isEmpty && rights.scopes.isEmpty, "\(name)")
            #expect(try await desk.store.account(at: "\(name)@norrsken.example") == nil, "\(name)")
        }
        let sessions = try await TestDatabase.current.all("select person from session", as: PersonID.self)
        #expect(sessions == [customer])
        #expect(try await desk.store.account(at: "kari@customer.example") != nil)

        desk.time.advance(by: .seconds(60))
        _ = try await desk.store.apply(TestDesk.exampleOrganisation(), by: "the tests")
        #expect(try await desk.person("femke.smit") == femke)
        #expect(try await desk.store.rights(of: femke).positions.count == 1)
        #expect(try await desk.store.account(at: "femke.smit@norrsken.example")?.person == femke)
    }

    @Test("A document waits for those who change tickets by the one before, and they for it")
    func amidst() async throws {
        let desk = try TestDesk()
        let database = try TestDatabase.current
        let isWaiting: SQL = """
            select exists (select from pg_stat_activity where datname = current_database() and wait_event = 'advisory')
            """
        let edited = try TestDesk.organisation { document in
            document["targets"] = (document["targets"] as? [[String: Any]] ?? []).map { target in
                target.merging(["within": "90m"]) { $1 }
            }
        }
        let (held, tell) = AsyncStream.makeStream(of: Void.self)
        async let applied = {
            for await _ in held { break }
            return try await desk.store.apply(edited, by: "the tests").version
        }()
        let (early, follower) = try await desk.store.transaction { (transaction: borrowing Transaction) in
            let early = try await desk.store.accept(TestDesk.submission(), using: transaction).ticket
            tell.yield()
            while try await database.first(isWaiting, as: Bool.self) != true { await Task.yield() }
            let jobs = try await database.first(
                "select count(*) from jobs.job where kind = 'clocks.follow-terms'", as: Int.self)
            return (early, jobs)
        }
        #expect(follower == 0, "nobody looks for tickets that are to follow before all are there")
        #expect(try await applied == 2)
        let late = try await desk.store.accept(TestDesk.submission(subject: "Late"), cause: nil).ticket
        let found = try await database.all(
            """
            select c.seconds from clock c where c.ticket = any (\([early.id, late.id]))
                and c.measure = 'first_response' order by c.ticket
            """, as: Int64.self)
        #expect(found.count == 2 && found.last == 90 * 60 && found.first != 90 * 60, "\(found)")
    }

    @Test("Where somebody changes a ticket without an end, a document is refused, and the tickets go on")
    func stuck() async throws {
        let desk = try TestDesk()
        let edited = try TestDesk.organisation { $0["name"] = "Norrsken Two" }
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            _ = try await desk.store.directory(using: transaction)
            await #expect(throws: OrganisationInUse.self) {
                try await desk.store.apply(edited, by: "the tests", within: .milliseconds(1))
            }
        }
        #expect(try await desk.store.apply(edited, by: "the tests").version == 2)
    }

    @Test("Two who apply at once do so one after the other")
    func concurrent() async throws {
        let desk = try TestDesk()
        let versions = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    let edited = try TestDesk.organisation { $0["name"] = "Norrsken Two" }
                    // Beside a hundred other tests each of them takes seconds.
                    return try await desk.store.apply(edited, by: "the tests", within: .seconds(240)).version
                }
            }
            return try await group.reduce(into: [Int64]()) { $0.append($1) }
        }
        #expect(Set(versions) == [2])
    }
}
