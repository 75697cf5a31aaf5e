import Desk
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Testing

@testable import DeskStore

@Suite("Plans of the lists of mail", .database(template: TestDesk.template))
struct InboundMailPlanTests {
    /// Fifty thousand mails of which a hundredth waits for somebody, each with a ticket or without.
    private func fill() async throws {
        let ticket = try await TestDesk().store.accept(TestDesk.submission()).ticket
        try await TestDatabase.current.run("insert into blob (sha256, size) values (sha256('mail'), 4)")
        try await TestDatabase.current.run(
            """
            insert into inbound_mail (received_at, recipient, sender, message_id, fingerprint, original, kind, ticket,
                reason)
            select \(TestDesk.monday) - interval '1 minute' * n, 'hjelp@oslo.norrsken.example', '', 'm' || n, '',
                sha256('mail'), case n % 100 when 0 then 'claim' when 1 then 'parked' else 'request' end,
                case n % 100 when 1 then null else \(ticket.id) end, ''
            from generate_series(1, 50000) n
            """)
        try await TestDatabase.current.run(script: "analyze inbound_mail; analyze ticket; analyze event")
    }

    @Test("All mail and that of one kind is found along an index from where the page begins, whoever looks")
    func lists() async throws {
        try await fill()
        let agent = try await TestDesk().sight(of: "kari.nordmann")
        var everything = agent
        everything.seesUnsortedMail = true
        try await TestDesk.playing("meridian_intake") { gateway in
            for sight in [agent, everything] {
                var filter = MailFilter()
                filter.behind = MailPlace(at: TestDesk.monday + .seconds(-60_000), id: 1_000)
                for kind in [nil, MailKind.claim, .parked] {
                    filter.kind = kind
                    let plan = try await plan(
                        of: Query.inbound(filter, limit: 51, seeing: sight).sql, on: gateway, seeing: sight)
                    #expect(plan.contains(" using mail_access_pkey "), "\(plan)")
                    let isBounded =
                        !plan.contains("Seq Scan on inbound_mail") && !plan.contains("Seq Scan on mail_access")
                    #expect(isBounded, "\(plan)")
                }
            }
        }
    }

    @Test("Whoever sees one old mail among fifty thousand others has it with as few pages read as who sees them all")
    func nextToNone() async throws {
        try await fill()
        let other = try await TestDesk().accept(at: "AMS")
        try await TestDatabase.current.run(
            """
            update inbound_mail set ticket = \(other.id)
            where id = (select id from inbound_mail where kind = 'request' order by received_at limit 1)
            """)
        let scope = try await TestDatabase.current.first(
            """
            select scope from ticket_access where ticket = \(other.id)
                and scope not in (select scope from ticket_access where ticket <> \(other.id))
            """, as: Int64.self)
        let few = Sight(scopes: [try #require(scope)])
        var many = try await TestDesk().sight(of: "kari.nordmann")
        many.seesUnsortedMail = true
        try await TestDesk.playing("meridian_intake") { gateway in
            for (sight, count) in [(few, 1), (many, 51)] {
                let query = Query.inbound(MailFilter(), limit: 51, seeing: sight).sql
                #expect(try await gateway.store.inboundMail(MailFilter(), limit: 51, seeing: sight).count == count)
                let told = try await plan(of: "(analyze, buffers) \(query)", on: gateway, seeing: sight)
                let pages = try #require(told.firstMatch(of: /shared hit=(\d+)/).flatMap { Int($0.1) })
                // All of the mails lie on some thousand.
                #expect(pages < 800, "\(told)")
            }
        }
    }

    @Test("The claims that somebody may decide about are found among the claims alone")
    func claims() async throws {
        try await fill()
        let agent = try await TestDesk().sight(of: "kari.nordmann")
        try await TestDesk.playing("meridian_intake") { gateway in
            let claims = try await plan(of: WaitingClaims.question.sql, on: gateway, seeing: agent)
            #expect(claims.contains("inbound_mail_kind") && !claims.contains("Seq Scan on inbound_mail"), "\(claims)")
        }
    }

    private func plan(of query: SQL, on desk: TestDesk, seeing sight: Sight) async throws -> String {
        try await desk.store.transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.all("explain \(query)", as: String.self).joined(separator: "\n")
        }
    }
}
