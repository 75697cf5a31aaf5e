import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Testing

@Suite("The second lock", .database(template: TestDesk.template))
struct SecondLockTests {
    /// Tables that a foreign key leads from to a ticket, however long the way, and those kept by content or on arrival.
    private func tablesOfTickets() async throws -> [String] {
        try await TestDatabase.current.all(
            """
            with recursive bound as (
                select 'ticket'::regclass::oid as id
                union
                select c.conrelid from pg_constraint c join bound b on c.confrelid = b.id where c.contype = 'f')
            select r.relname from pg_class r where r.relkind in ('r', 'p') and not r.relispartition
                and (r.oid in (select id from bound) or r.relname in ('blob', 'blob_chunk', 'supplier_receipt'))
            order by 1
            """, as: String.self)
    }

    @Test(
        "Every table that hangs on tickets has row-level security, forced, with a policy for each role that may read it"
    )
    func everyTable() async throws {
        let database = try TestDatabase.current
        let tables = try await tablesOfTickets()
        #expect(tables.count >= 17)
        for table in tables {
            let isGuarded = try await database.first(
                """
                select relrowsecurity and relforcerowsecurity from pg_class
                where relname = \(table) and relkind in ('r', 'p')
                """,
                as: Bool.self)
            #expect(isGuarded == true, "\(table)")
            for role in ["meridian_intake", "meridian_routing", "meridian_supplier", "meridian_reporting"] {
                let (mayRead, policies) = try #require(
                    await database.first(
                        """
                        select has_table_privilege(\(role), \(table), 'select'), (select count(*) from pg_policies
                            where tablename = \(table) and \(role) = any (roles) and cmd in ('ALL', 'SELECT'))
                        """, as: (Bool, Int).self))
                if !mayRead { continue }
                let arrivesOnly = role == "meridian_intake" && table == "supplier_receipt"
                #expect((policies > 0) != arrivesOnly, "\(role) on \(table)")
            }
        }
    }

    @Test("Where nobody is set, the gateway's role sees no row of any of them")
    func nothingSet() async throws {
        let desk = try TestDesk()
        try await fill(desk)
        let tables = try await tablesOfTickets()
        try await TestDesk.playing("meridian_intake") { gateway in
            for table in tables where try await Self.mayRead(table) {
                let count: SQL = "select count(*) from \(identifier: table)"
                #expect(try await desk.store.database.first(count, as: Int.self) ?? 0 > 0, "\(table) is empty")
                #expect(try await gateway.store.database.first(count, as: Int.self) == 0, "\(table)")
                // After a transaction with settings they are empty, not absent, in the same session.
                let other = try await gateway.store.transaction(seeing: Sight(scopes: [999_999])) { transaction in
                    try await transaction.first(count, as: Int.self)
                }
                #expect(other == 0, "\(table)")
            }
        }
    }

    @Test("The supplier worker sees the tickets that a supplier shares, and no others")
    func supplierWorker() async throws {
        let desk = try TestDesk()
        let shared = try await desk.accept()
        _ = try await desk.accept(from: "per@customer.example")
        try await desk.refer(shared, to: "fjordnett")
        try await TestDesk.playing("meridian_supplier") { worker in
            let seen = try await worker.store.database.all("select number from ticket", as: String.self)
            #expect(seen == ["OSL-1"])
            #expect(
                try await worker.store.database.first("select count(distinct ticket) from entry", as: Int.self) == 1)
        }
    }

    /// Puts at least one row into each guarded table.
    /// Whether the gateway's role may read a table at all.
    private static func mayRead(_ table: String) async throws -> Bool {
        let right: SQL = "select has_table_privilege('meridian_intake', \(table), 'select')"
        return try await TestDatabase.current.first(right, as: Bool.self) == true
    }

    private func fill(_ desk: TestDesk) async throws {
        let ticket = try await desk.accept(uploads: [Upload(name: "a.txt", type: "text/plain", bytes: [1, 2, 3])])
        try await desk.refer(ticket, to: "fjordnett")
        let other = try await desk.accept(from: "per@customer.example")
        let team = try await desk.store.directory().responsibility(of: "ams-network").place
        try await desk.record(on: other, note: "Seen?") { .inquired(.team(team), question: try #require($0.entry)) }
        try await desk.record(on: other) { _ in .joined(ticket.requester) }
        try await desk.record(on: other) { _ in .linked(ticket.id, .related) }
        var learning = Recording(by: .program)
        learning.draft = ArticleDraft(language: "nb", title: "Fire", text: "Put it out.")
        try await desk.store.record(on: other.number, seeing: .desk, learning) { occasion in
            .resolved(.solved, note: nil, knowledge: occasion.draft.map { .draft($0) })
        }
        try await desk.record(on: ticket) { _ in
            var changes = Changes()
            changes.tags = ["printing"]
            return .changed(changes)
        }
        try await desk.store.database.run(
            "insert into automation_timer (ticket, rule, due_at) values (\(ticket.id), 'Remind', \(TestDesk.monday))")
        let fjordnett = try #require(await desk.store.directory().suppliers["fjordnett"])
        #expect(try await desk.store.receive("{}", messageID: "m-1", from: fjordnett))
        let mail = ReceivedMail(
            recipient: "hjelp@oslo.norrsken.example", sender: "kari@customer.example", messageID: "1@a",
            fingerprint: [1], original: KeptBytes(Array("mail".utf8)))
        let requester = try #require(await desk.store.person(ticket.requester))
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            try await transaction.keep(
                mail, as: .request, ticket: ticket.id, entry: nil, because: "test", now: TestDesk.monday)
            let letter = try #require(await transaction.first("select min(id) from letter", as: Int64.self))
            try await transaction.note(.sent, of: letter, for: requester, at: TestDesk.monday)
            let owed = try #require(await desk.store.letter(letter, using: transaction))
            _ = try await transaction.settleRecipients(of: owed, at: TestDesk.monday)
            let words = ["en": Announcement.Words(title: "E-mail is slow", text: "We look into it.")]
            try await desk.store.announce(
                ticket.number, at: nil, words, Recording(by: .program), using: transaction)
        }
    }
}
