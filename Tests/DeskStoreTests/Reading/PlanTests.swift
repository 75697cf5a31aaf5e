import Desk
import DeskTestSupport
import Jobs
import Moments
import Postgres
import PostgresTestSupport
import Testing

@testable import DeskStore

@Suite("Plans of the queries that run all day", .database(template: TestDesk.template))
struct PlanTests {
    @Test("An agent's lists go along their indexes under the gateway's role, though he sees a fifth of all tickets")
    func lists() async throws {
        try await fill()
        let desk = try TestDesk()
        let directory = try await desk.store.directory()
        let sight = try await desk.sight(of: "kari.nordmann")
        let requester = try #require(
            await TestDatabase.current.first("select max(requester) from ticket", as: PersonID.self))
        var (ofTeam, ofSite, own) = (TicketFilter(), TicketFilter(), TicketFilter())
        ofTeam.team = directory.teams["osl-first"]
        ofSite.site = directory.sites["OSL"]
        own.requester = requester
        try await TestDesk.playing("meridian_intake") { gateway in
            let team = try await plan(of: Query.workload(ofTeam, after: nil, limit: 50).sql, on: gateway, seeing: sight)
            expect(team, along: "ticket_team_open")
            let site = try await plan(of: Query.workload(ofSite, after: nil, limit: 50).sql, on: gateway, seeing: sight)
            expect(site, along: "ticket_site_open")
            for sight in [sight, Sight(requester: requester)] {
                let list = try await plan(
                    of: Query<TicketSummary>.newest(own, before: nil, limit: 50).sql, on: gateway, seeing: sight)
                expect(list, along: "ticket_requester")
            }
        }
    }

    @Test("Every filter of the newest tickets and every queue has an index, and search follows words, common or rare")
    func filters() async throws {
        try await fill()
        let desk = try TestDesk()
        let directory = try await desk.store.directory()
        let (sight, everywhere) = (try await desk.sight(of: "kari.nordmann"), try await desk.sight(of: "sofie.berg"))
        var (team, site, category, recent, rare, common) = (
            TicketFilter(), TicketFilter(), TicketFilter(), TicketFilter(), TicketFilter(), TicketFilter()
        )
        team.team = directory.teams["osl-staff"]
        site.site = directory.sites["STO"]
        category.category = directory.categories["printing"]
        recent.updatedAfter = TestDesk.monday + .seconds(60)
        (rare.words, common.words) = ("n777", "subj")
        let newest: [(TicketFilter, String)] = [
            (team, "ticket_of_team"), (category, "ticket_of_category"), (recent, "ticket_updated"),
            (rare, "ticket_word_pkey"), (common, "ticket_word_pkey"),
        ]
        try await TestDesk.playing("meridian_intake") { gateway in
            for sight in [sight, everywhere] {
                for (filter, index) in newest {
                    let list = Query<TicketSummary>.newest(filter, before: TicketID(19_000), limit: 50).sql
                    expect(try await plan(of: list, on: gateway, seeing: sight), along: index)
                }
            }
            let all = Query<TicketSummary>.workload(TicketFilter(), after: nil, limit: 50).sql
            expect(try await plan(of: all, on: gateway, seeing: everywhere), along: "ticket_open")
            let list = Query<TicketSummary>.newest(site, before: nil, limit: 50).sql
            expect(try await plan(of: list, on: gateway, seeing: everywhere), along: "ticket_of_site")
        }
    }

    @Test("The names in a note are looked up along two indexes")
    func names() async throws {
        try await fill()
        try await TestDesk.playing("meridian_intake") { gateway in
            let named = SQL.named(["p7", "p8"], at: TestDesk.monday)
            let plan = try await plan(of: named, on: gateway, seeing: .desk)
            expect(plan, along: "person_address_name")
            #expect(
                ["person_address_pkey", "person_address_prefix"].contains { plan.contains(" using \($0) ") }, "\(plan)")
        }
    }

    @Test("Deadlines are claimed by due time, under the routing worker's role")
    func deadlines() async throws {
        try await fill()
        try await TestDesk.playing("meridian_routing") { worker in
            let claim = Query<ClaimedDeadline>.claim(100, at: nil, now: TestDesk.monday).sql
            let plan = try await worker.store.transaction { (transaction: borrowing Transaction) in
                try await transaction.run(.alongIndexes)
                return try await transaction.all("explain \(claim)", as: String.self).joined(separator: "\n")
            }
            expect(plan, along: "deadline_due")
            #expect(!plan.contains("Sort"), "\(plan)")
        }
    }

    private func plan(of query: SQL, on desk: TestDesk, seeing sight: Sight) async throws -> String {
        try await desk.store.transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.all("explain \(query)", as: String.self).joined(separator: "\n")
        }
    }

    /// The tickets are reached along the index, and nothing large is read from end to end.
    private func expect(_ plan: String, along index: String, at place: SourceLocation = #_sourceLocation) {
        let isUsed = [" using", "Bitmap Index Scan on"].contains { plan.contains("\($0) \(index) ") }
        #expect(isUsed, "\(plan)", sourceLocation: place)
        for table in ["ticket t", "ticket", "ticket_access a", "clock c", "deadline d", "person p", "entry"] {
            #expect(!plan.contains("Seq Scan on \(table) "), "\(plan)", sourceLocation: place)
        }
    }

    /// Twenty thousand tickets of five sites and two thousand people, every fifth still open, each with a clock.
    private func fill() async throws {
        let now = TestDesk.monday
        try await TestDatabase.current.transaction { (transaction: borrowing Transaction) in
            try await transaction.run(
                """
                insert into person (name, language, created_at)
                select 'p' || n, 'en', \(now) from generate_series(1, 2000) n
                """
            )
            try await transaction.run(
                """
                with place as (
                    select s.id as site, s.code, t.id as team, t.tier, p.id as position,
                        row_number() over (order by s.id) - 1 as turn, c.id as scope
                    from site s join team t on t.code = lower(s.code) || '-first'
                    join position p on p.code = lower(s.code) || '-first-agent'
                    join scope c on c.kind = 'site' and c.subject = s.id)
                insert into ticket (id, number, site, kind, subject, state, outcome, impact, urgency, priority, channel,
                    category, language, requester, holder, holder_site, tier, team, position, owner, held_since, opened_at, resolved_at,
                    closed_at, updated_at)
                select n, l.code || '-' || n, l.site, 'incident', 'Subject n' || n, case when n % 25 < 5 then 'new' else 'closed' end,
                    case when n % 25 < 5 then null else 'solved' end, 2, 2, 1 + n % 4, 'web',
                    case when n % 500 = 0 then (select id from category where code = 'printing') end, 'en',
                    (select min(id) from person where name like 'p%') + n % 2000, 'team', l.site, l.tier, l.team,
                    l.position, l.position, \(now) - interval '1 minute' * (20000 - n), \(now) - interval '1 minute' * (20000 - n),
                    null, case when n % 25 < 5 then null else \(now)::timestamptz end, \(now)
                from generate_series(1, 20000) n join place l on l.turn = n % 5
                """)
            try await transaction.run(
                """
                insert into leg (ticket, episode, started_at, holder, site, tier, team, position, reason)
                select id, 1, held_since, holder, holder_site, tier, team, position, 'opened' from ticket
                """)
            try await transaction.run(
                """
                insert into ticket_access (ticket, scope) select t.id, c.id from ticket t
                join scope c on c.kind = 'site' and c.subject = t.site
                """)
            try await transaction.run(
                """
                insert into clock (id, ticket, episode, measure, seconds, calendar, pauses, warning_percent, state,
                    started_at, due_at)
                select id, id, 1, 'resolution', 3600, 'holder', '{}', 80, 'running', opened_at, opened_at from ticket
                """)
            try await transaction.run(
                """
                insert into deadline (clock, kind, due_at, fired_at)
                select id, 'breach', due_at + interval '1 day', case when id % 50 = 0 then null else due_at end from clock
                """)
        }
        try await TestDatabase.current.run(
            """
            insert into person_address (address, person) select name || '@customer.example', id from person
            where name ~ '^p[0-9]+$'
            """)
        try await TestDatabase.current.run(script: "analyze")
    }
}
