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

    @Test("All mail and that of one kind is walked along an index from where the page begins, whoever looks")
    func lists() async throws {
        try await fill()
        let agent = try await TestDesk().sight(of: "kari.nordmann")
        var everything = agent
        everything.seesUnsortedMail = true
        try await TestDesk.playing("meridian_intake") { gateway in
            for sight in [agent, everything] {
                var filter = MailFilter()
                filter.behind = MailPlace(at: TestDesk.monday + .seconds(-60_000), id: 1_000)
                let all = try await plan(of: Query.inbound(filter, limit: 51).sql, on: gateway, seeing: sight)
                expect(all, along: "inbound_mail_received")
                for (kind, index) in [(MailKind.claim, "inbound_mail_kind"), (.parked, "inbound_mail_parked")] {
                    filter.kind = kind
                    let some = try await plan(of: Query.inbound(filter, limit: 51).sql, on: gateway, seeing: sight)
                    expect(some, along: index)
                }
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

    private func expect(_ plan: String, along index: String, at place: SourceLocation = #_sourceLocation) {
        #expect(plan.contains(" using \(index) "), "\(plan)", sourceLocation: place)
        // Within one mail the events of its ticket may be sorted, never the mails.
        let isWalked = !plan.contains("Seq Scan on inbound_mail") && !plan.contains("Sort Key: m.")
        #expect(isWalked, "\(plan)", sourceLocation: place)
    }
}
